import { volunteer } from '../support/mentors.js';
import type { Person } from '../support/stage.js';
import { screenOf } from '../support/stages.js';
import { openTwoPlatforms, type TwoPlatforms } from '../support/two-platforms.js';

/** Nel is on Discord, Mira on Slack, in one community. They are introduced and talk through the bot. */

let both: TwoPlatforms;
let nel: Person;
let mira: Person;

const prisma = () => both.world.database.prisma;
const memberOf = async ({ id }: Person) => (await prisma().identity.findFirstOrThrow({ where: { externalId: id } })).memberId;
const letters = (person: Person, words: string) =>
  person.sees().filter(({ where, text }) => where === 'direct' && text.includes(words)).length;
const lapse = (ms = 2_000) => both.world.passes(ms);

beforeAll(async () => {
  both = await openTwoPlatforms();
  nel = await both.discord.person('Nel', { locale: 'en-GB' });
  mira = await both.slack.person('Mira', { locale: 'es-ES', zone: 'Europe/Madrid' });
  for (const person of [nel, mira]) await person.type('/help');
  await volunteer(
    both.world.world,
    { communityId: both.community, memberId: await memberOf(mira), now: both.world.clock.now() },
    { languages: ['es', 'en'], story: 'I have been there too.', topics: ['housing'] },
  );
});
afterAll(async () => {
  expect(both.discord.faults()).toEqual([]);
  expect(both.slack.faults()).toEqual([]);
  expect(both.world.logged).toEqual([]);
  await both.close();
});

test('she asks on Discord, and somebody on Slack is asked in her own language, without learning who it is', async () => {
  await nel.type('/sponsor request');
  await nel.fill({ urgency: 'today', topic: ['housing'], language: 'Spanish', words: 'I need a place' });
  await nel.press('Ask whoever fits best');
  await lapse();
  expect(letters(mira, 'Alguien quisiera preguntarte algo')).toBe(1);
  await mira.press('Verlo');
  expect(screenOf(mira)).toContain('I need a place');
  expect(screenOf(mira)).not.toContain('Nel');
  await mira.press('Sí, preséntanos');
  expect(screenOf(mira)).toContain('Estáis en plataformas distintas');
  await mira.press('Sí, preséntanos');
  await mira.fill({ pace: 'weekly' });
  await lapse();
});

test('each sees of the other what they agreed to, and no account', async () => {
  await nel.press('See it');
  expect(screenOf(nel)).toContain('I have been there too.');
  expect(screenOf(nel)).toContain('You are on different platforms');
  await nel.press('Yes, let us meet');
  await nel.fill({ pace: 'weekly' });
  await lapse();
  expect(letters(nel, 'You both said yes. You write to each other through me')).toBe(1);
  expect(letters(mira, 'Ambas personas dijisteis que sí. Os escribís a través de mí')).toBe(1);
  await nel.press('Write to them');
  await nel.fill({ words: 'Hello from over here' });
  await lapse();
  expect(letters(mira, 'Hello from over here')).toBe(1);
  expect(letters(mira, 'De la persona que pidió')).toBe(1);
  await mira.press('Responder');
  await mira.fill({ words: 'Hola' });
  await lapse();
  expect(letters(nel, 'Hola')).toBe(1);
  expect(screenOf(nel)).not.toMatch(/Mira|U\d/u);
  expect(screenOf(mira)).not.toContain('Nel');
  for (const wire of both.slack.wire()) expect(wire).not.toContain(nel.id);
  for (const wire of both.discord.wire()) expect(wire).not.toContain(mira.id);
});

test('a report stops what passes between them at once, and says nothing of itself', async () => {
  await nel.type('/sponsor status');
  await nel.press('Report');
  await nel.fill({ words: 'They asked for money' });
  expect(nel.answer().text).toContain('Thank you for telling');
  await lapse();
  expect(letters(mira, 'Lo que teníais ha terminado')).toBe(1);
  await mira.press('Responder');
  await mira.fill({ words: 'Are you angry' });
  await lapse();
  expect(letters(nel, 'Are you angry')).toBe(0);
  expect(mira.answer().text).toContain('terminó');
  expect(screenOf(mira)).not.toMatch(/money|aviso/iu);
});
