import { randomUUID } from 'node:crypto';
import { codeOf, writeId } from '../../src/chat/ids.js';
import type { Input, Path } from '../../src/chat/index.js';
import type { Scope } from '../../src/core/scope.js';
import { type Actor, commandNamed, type Direct, type KeptTap } from './direct.js';
import type { Inhabited } from './inhabited.js';
import { bringServices } from './services.js';
import { inputFor } from './typed.js';

const MINUTE = 60_000;

/** The draft behind a button, as that of something new. */
const anew = (tap: KeptTap | undefined): Input => {
  const { draft } = tap?.input ?? {};
  return typeof draft === 'string' ? { draft: JSON.stringify({ ...JSON.parse(draft), id: randomUUID() }) } : {};
};

/**
 * What stands behind forms that nobody was shown so far, where people live (test/support/inhabited.ts): a second session, services,
 * questions of one's own, an attendance.
 * @returns by command
 */
export async function behindForms(
  direct: Direct,
  { people, taps }: Inhabited,
  scopes: Readonly<Record<string, Scope>>,
): Promise<ReadonlyMap<string, KeptTap>> {
  const { ana, finn, marta } = people as Record<'ana' | 'finn' | 'marta', Actor>;
  const { db, community, now, member } = scopes.ana as Scope;
  const call = (actor: Actor, path: Path, input: Input) => direct.run(actor, { kind: 'call', path, input });
  /** The newest button that does this. */
  async function press(actor: Actor, path: Path): Promise<void> {
    const tap = await db.tap.findFirst({ where: { path: path.join('.') }, orderBy: { createdAt: 'desc' } });
    await direct.run(actor, { kind: 'press', id: writeId({ code: codeOf(path), mode: 'r', n: 0, token: tap?.id ?? '' }) });
  }

  const date = await db.occurrence.findFirstOrThrow({ where: {}, orderBy: { startsAt: 'asc' } });
  await call(finn, ['session', 'create'], { title: 'Steps', when: 'every Sunday 10:00' });
  await press(finn, ['session', 'save']);
  await call(marta, ['support', 'oncall'], { days: 'daily', from: '00:00', to: '23:59' });

  const [id] = await bringServices(db, [{ id: 'r', name: 'Harbour House', phones: [{ number: '860-555-0101' }] }], now);
  const save = { path: 'resource.save', input: { id } };
  await direct.run(ana, { kind: 'press', id: await direct.buttonFor(scopes.ana as Scope, save) });
  const saved = await db.savedResource.findFirst({ where: {} });
  await call(ana, ['resource', 'suggest'], inputFor(commandNamed('resource.suggest')));
  await press(ana, ['resource', 'hand-in']);
  const suggested = await db.resourceSuggestion.findFirst({ where: {} });

  const attendance = { id: randomUUID(), communityId: community.id, occurrenceId: date.id, memberId: member.id };
  const leftAt = new Date(date.startsAt.getTime() + date.minutes * MINUTE);
  await db.attendance.create({ data: { ...attendance, cameAt: date.startsAt, leftAt } });

  const own: Record<string, Input> = {};
  for (const count of [1, 2, 3, 4, 5]) {
    const form = writeId({ code: codeOf(['checkin', 'write']), mode: 'm', n: 0, token: '' });
    const questions = Array.from({ length: count }, (_, i) => `Question ${i}?`).join('\n');
    await direct.run(ana, { kind: 'submit', id: form, input: { title: `Own ${count}`, questions } });
    const template = await db.checkInTemplate.findFirst({ where: {}, orderBy: { createdAt: 'desc' } });
    own[`checkin.answer-own-${count}`] = { template: template?.id };
  }

  const service = { id, seen: '0', from: 'list' };
  const nextWeek = { id: date.sessionId, local: '2035-03-20T19:00' };
  const all: Readonly<Record<string, Input>> = {
    ...own,
    ...{ 'resource.note': { id: saved?.id }, 'resource.tell-words': { id, what: 'moved' } },
    ...{ 'resource.fix': service, 'resource.care-note': service, 'resource.accept-as': { id: suggested?.id } },
    ...{ 'session.change-date': nextWeek, 'session.cancel-words': nextWeek, 'session.sign': { id: attendance.id } },
    ...{ 'session.more': anew(taps.get('session.more')), 'sponsor.basics': anew(taps.get('sponsor.basics')) },
    ...{ 'live.script': { id: randomUUID() }, 'checkin.plan-step': {}, 'support.begin-words': { language: 'en' } },
  };
  return new Map(Object.entries(all).map(([path, input]) => [path, { path, input }]));
}
