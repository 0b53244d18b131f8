import { randomUUID } from 'node:crypto';
import { valueWords } from '../src/cards/pairing-words.js';
import { type Param, param, UserError, worded } from '../src/chat/index.js';
import { CREDENTIAL_LIMITS, CREDENTIALS } from '../src/core/pairing/credentials.js';
import { MOST_CAPACITY, MOST_WORDS } from '../src/core/pairing/facts.js';
import { readLanguages, withCredential, withFacts } from '../src/core/pairing/mentor/draft.js';
import { dayIn, todayIn } from '../src/core/pairing/mentor/profile.js';
import {
  EXPERIENCES,
  GENDERS,
  OTHER_PATHWAYS,
  PACES,
  RECOVERIES,
  SLOTS,
  STEP_PATHWAYS,
  TONES,
  TOPICS,
  WAYS,
} from '../src/core/pairing/vocabulary.js';
import type { Key } from '../src/words/index.js';
import { languagesLike } from '../src/words/languages.js';
import { defineCommand, defineUnheldCommand, tapped } from './define.js';
import { draftFor, draftRef, preview } from './mentor-preview.js';

type List = Parameters<typeof valueWords>[0];

/** A question of the profile, with its words and those of the values that it offers. */
const ask = <T>(name: string, one: Param<T>, list?: List): Param<T> =>
  worded(one, {
    label: `mentor.asks.${name}.label` as Key,
    help: `mentor.asks.${name}.help` as Key,
    ...(list && one.values && { choices: valueWords(list, one.values) }),
  });

const mentorBasics = defineCommand({
  path: ['mentor', 'basics'],
  ...tapped,
  title: 'mentor.forms.basics',
  params: {
    languages: ask('languages', param.text({ shown: 'asked', required: true, max: 120, suggest: languagesLike })),
    capacity: ask('capacity', param.int({ required: true, min: 1, max: MOST_CAPACITY })),
    topics: ask('topics', param.choices(TOPICS, {}), 'topics'),
    ways: ask('ways', param.choices(WAYS, {}), 'ways'),
    story: ask('story', param.long({ shown: 'others', max: MOST_WORDS.story })),
    draft: draftRef,
  },
  async run({ languages, capacity, topics = [], ways = [], story, draft }, ctx) {
    const facts = { languages: readLanguages(languages), topics, ways, story };
    return preview(ctx, { ...withFacts(await draftFor(ctx, draft), facts), capacity });
  },
});

const mentorPath = defineCommand({
  path: ['mentor', 'path'],
  ...tapped,
  title: 'mentor.forms.path',
  params: {
    steps: ask('steps', param.choices(STEP_PATHWAYS, {}), 'pathways'),
    others: ask('others', param.choices(OTHER_PATHWAYS, {}), 'pathways'),
    experiences: ask('experiences', param.choices(EXPERIENCES, {}), 'experiences'),
    recovery: ask('recovery', param.choice(RECOVERIES, {}), 'recoveries'),
    hours: ask('hours', param.int({ min: 0, max: 100_000 })),
    draft: draftRef,
  },
  async run({ steps = [], others = [], experiences = [], recovery, hours, draft }, ctx) {
    const facts = { pathways: [...steps, ...others], experiences, recovery, hoursOfExperience: hours };
    return preview(ctx, withFacts(await draftFor(ctx, draft), facts));
  },
});

const mentorTalk = defineCommand({
  path: ['mentor', 'talk'],
  ...tapped,
  title: 'mentor.forms.talk',
  params: {
    slots: ask('slots', param.choices(SLOTS, {}), 'slots'),
    zone: ask('zone', param.zone({})),
    pace: ask('pace', param.choice(PACES, {}), 'paces'),
    tone: ask('tone', param.choice(TONES, {}), 'tones'),
    gender: ask('gender', param.choice(GENDERS, {}), 'genders'),
    draft: draftRef,
  },
  async run({ slots = [], zone, pace, tone, gender, draft }, ctx) {
    const facts = { slots, zone: zone ?? ctx.scope.member.zone, pace, tone, gender };
    return preview(ctx, withFacts(await draftFor(ctx, draft), facts));
  },
});

const mentorLimits = defineCommand({
  path: ['mentor', 'limits'],
  ...tapped,
  title: 'mentor.forms.limits',
  params: {
    able: ask('able', param.long({ shown: 'others', max: MOST_WORDS.able })),
    limits: ask('limits', param.long({ shown: 'others', max: MOST_WORDS.limits })),
    medication: ask('medication', param.bool({})),
    only: ask('only', param.choices(GENDERS, {}), 'genders'),
    cost: ask('cost', param.text({ shown: 'others', max: MOST_WORDS.cost })),
    draft: draftRef,
  },
  async run({ able, limits, medication = false, only = [], cost, draft }, ctx) {
    const facts = { able, limits, medicationFriendly: medication, onlyGenders: only, cost };
    return preview(ctx, withFacts(await draftFor(ctx, draft), facts));
  },
});

const mentorTraining = defineCommand({
  path: ['mentor', 'training'],
  ...tapped,
  title: 'mentor.forms.training',
  params: {
    code: ask('code', param.choice(CREDENTIALS, { required: true }), 'credentials'),
    name: ask('name', param.text({ shown: 'others', max: CREDENTIAL_LIMITS.name })),
    issuer: ask('issuer', param.text({ shown: 'others', max: CREDENTIAL_LIMITS.issuer })),
    number: ask('number', param.text({ shown: 'team', max: CREDENTIAL_LIMITS.number })),
    expires: ask('expires', param.when({})),
    draft: draftRef,
  },
  async run({ code, name, issuer, number, expires, draft: text }, ctx) {
    const draft = await draftFor(ctx, text);
    if (code === 'none') return preview(ctx, { ...draft, credentials: [] });
    const on = expires?.at(ctx.scope.community.zone, ctx.now, true);
    if (expires && !on) throw new UserError('chat.problems.when');
    const one = {
      ...{ id: randomUUID(), code },
      ...(name !== undefined && { name }),
      ...(issuer !== undefined && { issuer }),
      ...(number !== undefined && { number }),
      ...(on && { expiresOn: dayIn(ctx.scope, on.instant) }),
    };
    return preview(ctx, withCredential(draft, one, todayIn(ctx.scope)));
  },
});

/** Takes a training or certificate off the draft. */
const mentorUntrain = defineUnheldCommand({
  path: ['mentor', 'untrain'],
  ...tapped,
  params: { credential: param.ref({ required: true }), draft: draftRef },
  async run({ credential, draft: text }, ctx) {
    const draft = await draftFor(ctx, text);
    return preview(ctx, { ...draft, credentials: draft.credentials.filter(({ id }) => id !== credential) });
  },
});

export const mentorForms = [mentorBasics, mentorPath, mentorTalk, mentorLimits, mentorTraining, mentorUntrain];
