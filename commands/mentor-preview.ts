import { mentorCard, sayCredential } from '../src/cards/mentor-card.js';
import { type Block, type Button, param, type Reply, shorten, type Tap } from '../src/chat/index.js';
import { draftOf, type MentorDraft, mentorDraftSchema, newDraft } from '../src/core/pairing/mentor/draft.js';
import { mentorPage } from '../src/core/pairing/mentor/profile.js';
import type { MentorView } from '../src/core/pairing/mentor-view.js';
import { OTHER_PATHWAYS, STEP_PATHWAYS } from '../src/core/pairing/vocabulary.js';
import { languageName } from '../src/words/languages.js';
import type { AppCtx } from './define.js';

/** A draft with everything in it, as JSON, every character escaped. */
const MOST = 20_000;
export const draftRef = param.ref({ max: MOST });

/** What a form begins from: what was said so far, else what is saved, else nothing. */
export async function draftFor(ctx: AppCtx, text: string | undefined): Promise<MentorDraft> {
  if (text !== undefined) return mentorDraftSchema.parse(JSON.parse(text));
  const page = await mentorPage(ctx.scope, ctx.scope.member.id);
  return page ? draftOf(page.view, page.profile.capacity) : newDraft(ctx.scope.member.zone);
}

/** The forms that make up a profile, filled in with the draft. */
export function formButtons(ctx: AppCtx, { facts, capacity, credentials }: MentorDraft): Block<Tap>[] {
  const draft = JSON.stringify({ facts, capacity, credentials });
  const form = (name: 'basics' | 'path' | 'talk' | 'limits' | 'training', input: object = {}): Button<Tap> => ({
    label: ctx.t(`mentor.forms.${name}`),
    act: { path: ['mentor', name], input: { ...input, draft }, does: 'form' },
  });
  const { languages, topics, ways, story, pathways, experiences, recovery, hoursOfExperience: hours } = facts;
  const [steps, others] = [STEP_PATHWAYS, OTHER_PATHWAYS].map((some) => pathways.filter((one) => some.includes(one)));
  const { slots, zone, pace, tone, gender, able, limits, medicationFriendly, onlyGenders: only, cost } = facts;
  const spoken = languages.map((code) => languageName(ctx.language, code)).join(', ');
  return [
    {
      kind: 'buttons',
      buttons: [
        form('basics', { languages: spoken, capacity, topics, ways, story }),
        form('path', { steps, others, experiences, recovery, hours }),
        form('talk', { slots, zone, pace, tone, gender }),
        form('limits', { able, limits, medication: medicationFriendly ? 'yes' : 'no', only, cost }),
        form('training'),
      ],
    },
    ...(credentials.length === 0
      ? []
      : [
          {
            kind: 'select' as const,
            placeholder: ctx.t('mentor.untrain'),
            act: { path: ['mentor', 'untrain'] as const, input: { draft }, does: 'edit' as const },
            param: 'credential',
            options: credentials.map((one) => ({
              value: one.id,
              label: shorten(sayCredential(ctx, { ...one, isVerified: false }), 75),
            })),
          },
        ]),
  ];
}

/** A draft as somebody who asks would see it. What is as it was saved is shown with who saw it. */
function viewOf({ facts, credentials }: MentorDraft, saved: MentorView | undefined): MentorView {
  const isSeen = (id: string) => saved?.credentials.some((one) => one.id === id && one.isVerified) ?? false;
  return {
    facts,
    credentials: credentials.map((one) => ({ ...one, isVerified: isSeen(one.id) })),
    ...(saved?.knownSince !== undefined && { knownSince: saved.knownSince }),
    vouches: saved?.vouches ?? 0,
  };
}

/** All of it, exactly as an asker would see it. Nothing is saved yet. */
export async function preview(ctx: AppCtx, draft: MentorDraft): Promise<Reply> {
  const page = await mentorPage(ctx.scope, ctx.scope.member.id);
  const text = ctx.t('mentor.preview');
  const save = { draft: JSON.stringify(draft) };
  return {
    summary: text,
    blocks: [
      { kind: 'heading', text },
      ...mentorCard(ctx, viewOf(draft, page?.view)),
      { kind: 'note', text: `${ctx.t('mentor.capacity', { capacity: draft.capacity })} ${ctx.t('mentor.unsaved')}` },
      {
        kind: 'buttons',
        buttons: [
          { label: ctx.t('mentor.save'), style: 'primary', act: { path: ['mentor', 'save'], input: save, does: 'edit' } },
          { label: ctx.t('mentor.cancel'), act: { path: ['mentor', 'drop'], does: 'edit' } },
        ],
      },
      ...formButtons(ctx, draft),
    ],
  };
}
