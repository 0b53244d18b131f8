import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { UserError } from '../../../chat/errors.js';
import type { CheckInTemplate } from '../../../db/generated/client.js';
import type { SealedAt } from '../../../db/sealed.js';
import { note } from '../../audit/note.js';
import type { Scope } from '../../scope.js';
import { ownTemplateSchema } from '../own-template.js';
import { TEMPLATE_LIMITS } from '../templates.js';

/** Questions of a member's own, or of their community. */
export interface OwnTemplate {
  /** Of the row; a UUID, so that it is never the name of a built-in one. */
  readonly id: string;
  readonly title: string;
  readonly questions: readonly { readonly id: string; readonly ask: string }[];
  readonly whose: 'mine' | 'community';
  /** Offered no more; what was answered with it can still be read. */
  readonly isRetired: boolean;
}

export interface NewTemplate {
  readonly title: string;
  /** One question a line. */
  readonly questions: string;
}

/** A member's own, or a community's. */
export const MOST_TEMPLATES = 10;

export const contentBinding = (id: string): SealedAt => `CheckInTemplate.content:${id}`;

type Content = z.infer<typeof ownTemplateSchema>;

function open({ cipher }: Pick<Scope, 'cipher'>, { id, memberId, content, retiredAt }: CheckInTemplate): OwnTemplate {
  const { title, questions } = ownTemplateSchema.parse(JSON.parse(cipher.open(content, contentBinding(id))));
  return {
    id,
    title,
    questions: questions.map(({ id: question, ask }) => ({ id: question, ask })),
    whose: memberId ? 'mine' : 'community',
    isRetired: retiredAt !== null,
  };
}

const visible = ({ member }: Pick<Scope, 'member'>) => ({ OR: [{ memberId: member.id }, { memberId: null }] });

/** The member's own and their community's, in the order in which they were made. Retired ones too. */
export async function ownTemplates(scope: Scope): Promise<OwnTemplate[]> {
  const rows = await scope.db.checkInTemplate.findMany({ where: visible(scope), orderBy: { createdAt: 'asc' } });
  return rows.map((row) => open(scope, row));
}

const isId = (id: string) => /^[0-9a-f-]{36}$/u.test(id);

/** @throws UserError when it is gone, or somebody else's */
export async function ownTemplate(scope: Scope, id: string): Promise<OwnTemplate> {
  const row = isId(id) ? await scope.db.checkInTemplate.findFirst({ where: { id, ...visible(scope) } }) : null;
  if (!row) throw new UserError('questions.gone');
  return open(scope, row);
}

function contentOf({ title, questions }: NewTemplate): Content {
  const lines = questions
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const { questions: most, ask, title: longest } = TEMPLATE_LIMITS;
  if (title.length > longest) throw new UserError('questions.longTitle', { most: longest });
  if (lines.length === 0 || lines.length > most) throw new UserError('questions.count', { most });
  const long = lines.find((line) => line.length > ask);
  if (long !== undefined) throw new UserError('questions.long', { question: long, most: ask });
  const asked = lines.map((line, i) => ({ id: `q${i + 1}`, kind: 'long', ask: line }));
  return ownTemplateSchema.parse({ id: 'own', title, about: title, questions: asked });
}

async function keep(scope: Scope, content: Content, memberId: string | null): Promise<string> {
  const { db, cipher, community } = scope;
  const count = await db.checkInTemplate.count({ where: { memberId, retiredAt: null } });
  if (count >= MOST_TEMPLATES) throw new UserError('questions.tooMany', { most: MOST_TEMPLATES });
  const id = randomUUID();
  const sealed = cipher.seal(JSON.stringify(content), contentBinding(id));
  await db.checkInTemplate.create({ data: { id, communityId: community.id, memberId, content: sealed } });
  return id;
}

/** Saves questions of the member's own, encrypted. @returns their id @throws UserError that says what is too long or too many */
export async function saveTemplate(scope: Scope, template: NewTemplate): Promise<string> {
  return keep(scope, contentOf(template), scope.member.id);
}

/** Offers a copy of somebody's questions to everyone in the community, for as long as it lives. For facilitators. */
export async function publishTemplate(scope: Scope, id: string): Promise<string> {
  const { title, questions } = await ownTemplate(scope, id);
  const published = await keep(scope, contentOf({ title, questions: questions.map(({ ask }) => ask).join('\n') }), null);
  await note(scope.db, scope, 'checkin.template.publish');
  return published;
}

/** Offers a member's own questions no more. @throws UserError when they are not the member's own */
export async function retireTemplate({ db, member, now }: Scope, id: string): Promise<void> {
  const which = { id, memberId: member.id, retiredAt: null };
  const { count } = await db.checkInTemplate.updateMany({ where: which, data: { retiredAt: now } });
  if (count === 0) throw new UserError('questions.gone');
}

/** The same for a community's. For facilitators. */
export async function retireShared(scope: Scope, id: string): Promise<void> {
  const { db, now } = scope;
  await db.checkInTemplate.updateMany({ where: { id, memberId: null, retiredAt: null }, data: { retiredAt: now } });
  await note(db, scope, 'checkin.template.retire');
}
