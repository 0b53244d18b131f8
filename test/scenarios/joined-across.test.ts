import { enter } from '../../src/core/members/enter.js';
import { platformsOf } from '../../src/core/members/reach.js';
import { saveLine } from '../../src/core/support/local/save.js';
import { volunteer } from '../support/mentors.js';
import type { Person } from '../support/stage.js';
import { screenOf } from '../support/stages.js';
import { openTwoPlaces, type TwoPlaces } from '../support/two-platforms.js';

/** A group meets on Discord (Olga coordinates, Nel is a member) and opens a Slack workspace (Rosa administers it, Mira is there). */

let both: TwoPlaces;
let olga: Person;
let nel: Person;
let rosa: Person;
let mira: Person;

const MINUTE = 60_000;
const prisma = () => both.world.database.prisma;
const accountOf = ({ id }: Person) => prisma().identity.findFirstOrThrow({ where: { externalId: id } });
const actions = async () => (await prisma().auditEvent.findMany({ orderBy: { at: 'asc' } })).map(({ action }) => action);
const lettersTo = (person: Person, words: string) =>
  person.sees().filter(({ where, text }) => where === 'direct' && text.includes(words)).length;

/** Olga has a code made, and reads it. */
async function codeOf(person: Person): Promise<string> {
  await person.type('/community link');
  const found = /\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}\b/u.exec(person.answer().text)?.[0];
  if (!found) throw new Error('There is no code.');
  return found;
}

beforeAll(async () => {
  both = await openTwoPlaces();
  olga = await both.discord.person('Olga', { locale: 'en-GB', admin: true });
  nel = await both.discord.person('Nel', { locale: 'en-GB' });
  rosa = await both.slack.person('Rosa', { locale: 'es-ES', zone: 'Europe/Madrid', admin: true });
  mira = await both.slack.person('Mira', { locale: 'es-ES', zone: 'Europe/Madrid' });
  for (const person of [olga, nel, rosa, mira]) await person.type('/help');
  await olga.type('/community setup zone:Europe/Dublin language:en country:IE');
  await rosa.type('/community setup zone:Europe/Madrid language:es country:ES');
  const scopeOf = async (person: Person, platform: 'discord' | 'slack') => {
    const { externalId } = await prisma().space.findFirstOrThrow({ where: { platform } });
    return enter(both.world.world, { platform, userId: person.id, space: { id: externalId } }, both.world.clock.now());
  };
  const line = (name: string) => ({
    topic: 'now' as const,
    name,
    phone: '555 0100',
    languages: ['en'],
    source: 'Their page',
  });
  await saveLine(await scopeOf(olga, 'discord'), { country: 'IE', facts: line('Listening Dublin') });
  const ofRosa = await scopeOf(rosa, 'slack');
  await saveLine(ofRosa, { country: 'IE', facts: line('Another for Dublin') });
  await saveLine(ofRosa, { country: 'ES', facts: line('Escucha Madrid') });
  await olga.type(`/community roles role:coordinator people:<@${olga.id}>`);
  await nel.type('/checkin now mood:5');
});
afterAll(async () => {
  expect(both.discord.faults()).toEqual([]);
  expect(both.slack.faults()).toEqual([]);
  expect(both.world.logged).toEqual([]);
  await both.close();
});

test('a code is for those who coordinate or administer, and holds for a quarter of an hour', async () => {
  await nel.type('/community link');
  expect(nel.answer().text).toContain('for coordinators');
  const code = await codeOf(olga);
  expect(olga.answer().onlyMe).toBe(true);
  expect(olga.answer().text).toContain('The code works once');
  await mira.type(`/community link code:${code}`);
  expect(mira.answer().text).toContain('es para quienes coordinan');
  await olga.type(`/community link code:${code}`);
  expect(olga.answer().text).toContain('This code was made right here');
  await both.world.passes(16 * MINUTE);
  await rosa.type(`/community link code:${code}`);
  expect(rosa.answer().text).toContain('su tiempo ya pasó');
  expect(JSON.stringify(await prisma().linkCode.findMany())).not.toContain(code);
});

test('where people made something already, it says what can be done, and changes nothing', async () => {
  const code = await codeOf(rosa);
  await olga.type(`/community link code:${code}`);
  expect(olga.answer().text).toContain('do it the other way round');
  expect(await prisma().community.count()).toBe(2);
});

test('she sees what will happen, and joins with a last tap, once, also when the process was replaced meanwhile', async () => {
  const code = await codeOf(olga);
  await rosa.type(`/community link code:${code.toLowerCase().replaceAll('-', '')}`);
  const seen = rosa.answer();
  expect(seen.onlyMe).toBe(true);
  for (const words of ['una comunidad en Discord', 'Europe/Dublin', 'Irlanda', 'Vienen 2 personas', 'sigue siendo dos miembros'])
    expect(seen.text).toContain(words);
  expect(seen.text).toContain('esto se queda atrás: Zona horaria: Europe/Madrid');
  expect(seen.text).toContain('vienen con ustedes, y las ve toda la comunidad: Escucha Madrid (España)');
  expect(seen.text).toMatch(/se quedan atrás, .*: Another for Dublin \(Irlanda\)/u);
  expect(await prisma().community.count()).toBe(2);
  await both.restart();
  const [again] = rosa.rawIds().slice(-1);
  await rosa.press('Unir para siempre');
  expect(rosa.answer().text).toContain('son ahora una sola comunidad');
  await rosa.pressRaw(again as string);
  expect(rosa.answer().text).toContain('Ya está hecho');
  await rosa.type(`/community link code:${code}`);
  expect(rosa.answer().text).toContain('Ya está hecho');
  await olga.type('/community link');
  expect(olga.answer().text).toContain('This is done');
});

test('it is one community now: everybody is in it, with the account that they had, and what was audited is kept', async () => {
  const [community, ...others] = await prisma().community.findMany({ include: { spaces: true, members: true } });
  expect(others).toEqual([]);
  expect(community?.spaces.map(({ platform }) => platform).sort()).toEqual(['discord', 'slack']);
  expect(community?.members).toHaveLength(4);
  const { memberId } = await accountOf(mira);
  expect(await platformsOf(prisma(), [memberId])).toEqual(new Map([[memberId, 'slack']]));
  expect((await actions()).filter((action) => action === 'community.setup')).toHaveLength(2);
  expect((await actions()).at(-1)).toBe('community.link.join');
  expect(both.world.world.places.of('slack', both.slack.space)).toEqual({ id: community?.id, country: 'IE', language: 'en' });
  await mira.type('/checkin now mood:6');
  expect((await prisma().checkIn.findMany()).map(({ communityId }) => communityId)).toEqual([community?.id, community?.id]);
});

test('whoever administers the workspace names who coordinates there, and is no coordinator without that', async () => {
  await rosa.type('/community report');
  expect(rosa.answer().text).toContain('es para quienes coordinan esta comunidad');
  await rosa.type(`/community roles role:coordinator people:<@${rosa.id}>`);
  await rosa.type('/community report');
  expect(rosa.answer().text).toContain('Miembros');
  await olga.type('/community report');
  expect(olga.answer().text).toContain('Members');
});

test('somebody on Discord is introduced to somebody on Slack', async () => {
  const { communityId, memberId } = await accountOf(mira);
  await volunteer(both.world.world, { communityId, memberId, now: both.world.clock.now() }, { languages: ['es', 'en'] });
  await nel.type('/sponsor request');
  await nel.fill({ urgency: 'today', language: 'Spanish', words: 'I need a place' });
  await nel.press('Ask whoever fits best');
  await both.world.passes(2_000);
  expect(lettersTo(mira, 'Alguien quisiera preguntarte algo')).toBe(1);
  await mira.press('Verlo');
  expect(screenOf(mira)).toContain('I need a place');
  expect(screenOf(mira)).not.toContain('Nel');
});
