import { randomUUID } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { PROMPT } from '../../../src/core/checkins/kinds.js';
import { putPromptAside } from '../../../src/core/checkins/prompts/put-aside.js';
import { snoozePrompt } from '../../../src/core/checkins/prompts/snooze.js';
import { recordCheckIn } from '../../../src/core/checkins/record.js';
import { listSchedules } from '../../../src/core/checkins/schedules/list.js';
import { pauseSchedules, resumeSchedules } from '../../../src/core/checkins/schedules/pause.js';
import { setQuietHours } from '../../../src/core/checkins/schedules/quiet.js';
import { removeSchedule } from '../../../src/core/checkins/schedules/remove.js';
import { MOST_SCHEDULES, saveSchedule } from '../../../src/core/checkins/schedules/save.js';
import { skipOne } from '../../../src/core/checkins/schedules/skip.js';
import { changeZone } from '../../../src/core/checkins/schedules/zone.js';
import {
  contentBinding,
  ownTemplates,
  publishTemplate,
  retireTemplate,
  saveTemplate,
} from '../../../src/core/checkins/templates/own.js';
import { enter } from '../../../src/core/members/enter.js';
import type { Scope } from '../../../src/core/scope.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';

let home: TestWorld;
beforeAll(async () => {
  home = await makeTestWorld();
});
afterAll(() => home.close());

const at = (text: string) => new Date(Temporal.ZonedDateTime.from(text).epochMilliseconds);
/** Ten in the morning in Madrid. */
const NOW = at('2027-05-04T10:00[Europe/Madrid]');
const scopeOf = (userId: string, now = NOW): Promise<Scope> =>
  enter(home.world, { platform: 'slack', userId, zone: 'Europe/Madrid', space: { id: 'T1' } }, now);
const add = (scope: Scope, when: string, zone = 'Europe/Madrid') => saveSchedule(scope, { when, template: 'quick', zone });
const only = async (scope: Scope) => {
  const [first] = (await listSchedules(scope)).schedules;
  if (!first) throw new Error('no schedule');
  return first;
};
const dueOf = async (id: string) =>
  (await home.database.prisma.dueWork.findFirst({ where: { kind: PROMPT, subjectId: id } }))?.dueAt;

/** A prompt of the member's only schedule, as the engine makes it. */
async function prompted(scope: Scope, dueAt = NOW): Promise<string> {
  const { id: scheduleId } = await only(scope);
  const { community, member } = scope;
  const row = { id: randomUUID(), communityId: community.id, memberId: member.id, scheduleId, local: randomUUID(), zone: 'UTC' };
  return (await home.database.prisma.checkInPrompt.create({ data: { ...row, dueAt } })).id;
}
const stateOf = async (id: string) => (await home.database.prisma.checkInPrompt.findUnique({ where: { id } }))?.state;

test('flying west, what was asked is not asked again; flying east, nothing is lost', async () => {
  const scope = await scopeOf('traveller', at('2027-05-04T08:05[Europe/Madrid]'));
  await add(scope, 'every day at 8:00 and 9:00');
  const { id } = await only(scope);
  expect(await dueOf(id)).toEqual(at('2027-05-04T09:00[Europe/Madrid]'));
  await changeZone(scope, 'America/New_York');
  expect(await dueOf(id)).toEqual(at('2027-05-04T09:00[America/New_York]'));
  const later = await scopeOf('traveller', at('2027-05-04T08:30[America/New_York]'));
  await changeZone(later, 'Asia/Tokyo');
  // It is past nine there: what was promised for nine comes now.
  expect(await dueOf(id)).toEqual(later.now);
});

test('paused until a day, it goes on by itself with what is promised for then', async () => {
  const scope = await scopeOf('pauser');
  await add(scope, 'every day at 0:00 and 12:00');
  const { id } = await only(scope);
  const waiting = await prompted(scope);
  await pauseSchedules(scope, { until: at('2027-05-08T00:00[Europe/Madrid]') });
  expect(await stateOf(waiting)).toBe('dropped');
  expect(await dueOf(id)).toEqual(at('2027-05-08T00:00[Europe/Madrid]'));
  expect((await only(scope)).paused?.until).toEqual(at('2027-05-08T00:00[Europe/Madrid]'));
  await pauseSchedules(scope, {});
  expect(await dueOf(id)).toBeUndefined();
  expect(await resumeSchedules(scope, {})).toBe(1);
  expect(await dueOf(id)).toEqual(at('2027-05-04T12:00[Europe/Madrid]'));
});

test('the same button pressed twice skips one', async () => {
  const scope = await scopeOf('skipper');
  await add(scope, 'every day at 12:00');
  const { id, next } = await only(scope);
  await skipOne(scope, id, next?.local ?? '');
  await skipOne(scope, id, next?.local ?? '');
  expect(await dueOf(id)).toEqual(at('2027-05-05T12:00[Europe/Madrid]'));
});

test('put off, put aside and answered: whatever comes last holds', async () => {
  const scope = await scopeOf('snoozer');
  await add(scope, 'every day at 9:00');
  const id = await prompted(scope);
  expect(await snoozePrompt(scope, id, 'hour')).toEqual(at('2027-05-04T11:00[Europe/Madrid]'));
  await putPromptAside(scope, id);
  expect(await stateOf(id)).toBe('skipped');
  await recordCheckIn(scope, { mood: 4 }, { promptId: id });
  expect(await stateOf(id)).toBe('answered');
  await expect(snoozePrompt(scope, id, 'hour')).rejects.toMatchObject({ key: 'prompt.answered' });
  await recordCheckIn(scope, { mood: 5 }, { promptId: id });
  expect(await home.database.prisma.checkIn.count({ where: { memberId: scope.member.id } })).toBe(2);
});

test('nobody reaches the schedules, prompts and questions of somebody else', async () => {
  const [ana, ben] = [await scopeOf('ana'), await scopeOf('ben')];
  await add(ana, 'every day at 12:00');
  const { id, next } = await only(ana);
  const prompt = await prompted(ana);
  const template = await saveTemplate(ana, { title: 'Mine', questions: 'Did I call Maria?' });
  const refused = { name: 'UserError' };
  await expect(removeSchedule(ben, id)).rejects.toMatchObject(refused);
  await expect(pauseSchedules(ben, { id })).rejects.toMatchObject(refused);
  await expect(skipOne(ben, id, next?.local ?? '')).rejects.toMatchObject(refused);
  await expect(saveSchedule(ben, { id, when: '8:00', template: 'quick', zone: 'UTC' })).rejects.toMatchObject(refused);
  await expect(snoozePrompt(ben, prompt, 'hour')).rejects.toMatchObject(refused);
  await expect(putPromptAside(ben, prompt)).rejects.toMatchObject(refused);
  await expect(publishTemplate(ben, template)).rejects.toMatchObject(refused);
  await expect(retireTemplate(ben, template)).rejects.toMatchObject(refused);
  await recordCheckIn(ben, { mood: 1 }, { promptId: prompt });
  expect(await stateOf(prompt)).toBe('waiting');
  expect((await only(ana)).next).toEqual(next);
  expect(await ownTemplates(ben)).toEqual([]);
});

test('questions are encrypted, counted, and published as a copy', async () => {
  const scope = await scopeOf('author');
  const id = await saveTemplate(scope, { title: 'Evening', questions: ' Did I eat? \n\nWhom did I call?' });
  const row = await home.database.prisma.checkInTemplate.findUniqueOrThrow({ where: { id } });
  expect(Buffer.from(row.content).toString('latin1')).not.toContain('eat');
  expect(home.world.cipher.open(row.content, contentBinding(id))).toContain('Did I eat?');
  await publishTemplate(scope, id);
  await retireTemplate(scope, id);
  const shared = (await ownTemplates(await scopeOf('reader'))).filter(({ whose }) => whose === 'community');
  expect(shared.map(({ questions }) => questions.map(({ ask }) => ask))).toEqual([['Did I eat?', 'Whom did I call?']]);
  const long = { title: 'T', questions: 'x'.repeat(46) };
  await expect(saveTemplate(scope, long)).rejects.toMatchObject({ key: 'questions.long' });
  await expect(saveTemplate(scope, { title: 'T', questions: '1\n2\n3\n4\n5\n6' })).rejects.toMatchObject({
    key: 'questions.count',
  });
});

test('there is an end to schedules, and quiet hours leave an hour of the day', async () => {
  const scope = await scopeOf('eager');
  for (let i = 0; i < MOST_SCHEDULES; i++) await add(scope, `every day at ${i + 8}:00`);
  await expect(add(scope, 'every day at 20:00')).rejects.toMatchObject({ key: 'schedule.tooMany' });
  expect(await setQuietHours(scope, { from: '10pm', to: '7' })).toEqual({ from: '22:00', to: '07:00' });
  await expect(setQuietHours(scope, { from: '10:00', to: '10:00' })).rejects.toMatchObject({ key: 'schedule.quiet.always' });
  await expect(setQuietHours(scope, { from: 'dusk', to: '7' })).rejects.toMatchObject({ key: 'schedule.quiet.unread' });
  await expect(add(scope, 'whenever I like')).rejects.toMatchObject({ key: 'schedule.problems.word' });
});
