import { recipientOf } from '../../src/core/members/recipient.js';
import { closeRelay } from '../../src/core/relay/close.js';
import { openRelay } from '../../src/core/relay/open.js';
import { sendThrough } from '../../src/core/relay/send.js';
import { tenantDb } from '../../src/db/tenant.js';
import type { Person } from '../support/stage.js';
import { plainIds, screenOf } from '../support/stages.js';
import { openTwoPlatforms, type TwoPlatforms } from '../support/two-platforms.js';

/** Ana is on Discord and Ben on Slack, in one community. They write to each other through the bot. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const WORDS = 'Are you there? <@everyone> *I* would like to talk & listen.';
const PREVIEW = 'You have a message.';

let both: TwoPlatforms;
let ana: Person;
let ben: Person;
let cleo: Person;

const prisma = () => both.world.database.prisma;
const db = () => tenantDb(prisma(), both.community);
const memberOf = async ({ id }: Person) => (await prisma().identity.findFirstOrThrow({ where: { externalId: id } })).memberId;
const letters = (person: Person, words: string) =>
  person.sees().filter(({ where, text }) => where === 'direct' && text.includes(words)).length;
const lapse = (ms = 2_000) => both.world.passes(ms);

/** Opens a relay from Ana to Ben, as whatever brings the two together does. */
async function relay(until?: Date): Promise<string> {
  const [a, b] = [await memberOf(ana), await memberOf(ben)];
  return db().transact((tx) => openRelay(tx, { a, b, purpose: 'support', ...(until && { until }) }, both.world.clock.now()));
}
async function writes(person: Person, words: string, button = 'Write back'): Promise<void> {
  await person.press(button);
  await person.fill({ words });
  await lapse();
}
const rowsOf = async () => JSON.stringify([await prisma().relayMessage.findMany(), await prisma().delivery.findMany()]);

beforeAll(async () => {
  both = await openTwoPlatforms();
  ana = await both.discord.person('Ana', { locale: 'en-GB' });
  ben = await both.slack.person('Ben', { locale: 'es-ES', zone: 'UTC' });
  cleo = await both.slack.person('Cleo', { locale: 'en-GB', zone: 'UTC', closedDirect: true });
  for (const person of [ana, ben, cleo]) await person.type('/help');
  for (const person of [ana, ben, cleo]) await person.type('/privacy show');
});
afterAll(() => both.close());

/** The first words of a relay, written before there is a message to answer. */
async function first(id: string, from: Person, words: string, attempt = `~${words}`): Promise<void> {
  const platform = from === ana ? 'discord' : 'slack';
  const who = { communityId: both.community, memberId: await memberOf(from), platform } as const;
  const found = await recipientOf(both.world.world, who, both.world.clock.now());
  if (!found) throw new Error('Nobody is there.');
  await sendThrough(found.scope, id, words, attempt);
}

test('Ana asks on Discord for somebody to talk to, Ben says yes on Slack, and they write through the bot', async () => {
  const { community } = both;
  const space = await prisma().space.findFirstOrThrow({ where: { platform: 'slack' } });
  const grant = { communityId: community, spaceId: space.id, role: 'mentor', kind: 'member', externalId: ben.id } as const;
  await prisma().roleGrant.create({ data: grant });
  await ben.type('/support oncall from:0:00 to:0:00 zone:UTC');
  await ana.type('/support now');
  await ana.press('Ask now');
  await lapse();
  expect(letters(ben, 'Alguien de aquí quisiera hablar ahora con una persona, en inglés.')).toBe(1);
  await ben.press('Tengo tiempo');
  expect(screenOf(ben)).toContain('Está en otra plataforma');
  await both.restart();
  await lapse();
  expect(letters(ana, 'They are on another platform, so you can write to each other through me.')).toBe(1);
  await writes(ben, 'Hola, aquí estoy.', 'Escribirle');
  expect(ana.last().text).toContain('From the person who has time for you:\nHola, aquí estoy.');
  await writes(ana, 'Thank you.');
  expect(letters(ben, 'Thank you.')).toBe(1);
  await ana.type('/support now');
  await ana.press('We have spoken');
  for (const [one, other] of [
    [ana, ben],
    [ben, ana],
  ] as const)
    expect(screenOf(one)).not.toContain(other.name);
  await prisma().relay.deleteMany();
});

test('words pass from Discord to Slack and back, once, and no row holds them any longer', async () => {
  const id = await relay();
  await first(id, ana, WORDS, '~one');
  await first(id, ana, WORDS, '~one');
  expect(await rowsOf()).not.toContain('listen');
  await lapse();
  const letter = ben.last();
  expect(letter).toMatchObject({ where: 'direct', preview: 'Tienes un mensaje.' });
  expect(letter.text).toContain(WORDS);
  expect(letter.text).toContain('De la persona que pidió hablar con alguien:');
  expect(letters(ben, WORDS)).toBe(1);
  expect(screenOf(ben)).not.toContain('Ana');

  await writes(ben, 'Sí, aquí estoy.', 'Responder');
  expect(ben.answer().text).toContain('Lo paso ahora.');
  expect(ana.last()).toMatchObject({ where: 'direct', preview: PREVIEW });
  expect(ana.last().text).toContain('From the person who has time for you:\nSí, aquí estoy.');
  expect(screenOf(ana)).not.toContain('Ben');
  await lapse(2 * MINUTE);
  expect((await prisma().relayMessage.findMany()).map(({ body }) => body)).toEqual([null, null]);
  await lapse(10 * MINUTE);
  expect(await prisma().relayMessage.count()).toBe(0);
});

test('another process takes over between writing and passing on: it arrives once', async () => {
  await ana.press('Write back');
  await ana.fill({ words: 'Thank you for being here.' });
  await both.restart();
  await lapse();
  expect(letters(ben, 'Thank you for being here.')).toBe(1);
  await both.restart();
  await lapse(2 * MINUTE);
  expect(letters(ben, 'Thank you for being here.')).toBe(1);
});

test('too much at once, and too long, are refused kindly, and the words are given back', async () => {
  const { id } = await prisma().relay.findFirstOrThrow();
  for (let count = 0; count < 19; count++) await first(id, ana, `Number ${count}`);
  await ana.press('Write back');
  await ana.fill({ words: 'The last straw.' });
  await ana.press('Write more');
  await ana.fill({ words: 'And one more.' });
  expect(ana.answer().text).toContain('20 messages in 10 minutes at most');
  expect(ana.answer().text).toContain('And one more.');
  await lapse(11 * MINUTE);
  expect(letters(ben, 'Number 18')).toBe(1);
  expect(letters(ben, 'And one more.')).toBe(0);
  await expect(first(id, ana, 'x'.repeat(1501))).rejects.toMatchObject({
    key: 'relay.tooLong',
    values: { max: 1500, length: 1501 },
  });
});

test('one of the two ends it: the other hears so, and what is written afterwards is refused and given back', async () => {
  await ben.press('Terminar');
  expect(ben.answer().text).toContain('¿Quieres terminar esta conversación?');
  await ben.press('Terminar');
  await lapse();
  expect(letters(ana, 'The conversation that went through me is over.')).toBe(1);
  expect(letters(ben, 'Esta conversación')).toBe(0);
  await ana.press('Write back');
  await ana.fill({ words: 'Wait, one more thing.' });
  expect(ana.answer().text).toContain('This conversation is over');
  expect(ana.answer().text).toContain('Wait, one more thing.');
  await lapse(25 * HOUR);
  expect(await prisma().relay.count()).toBe(0);
});

test('it closes by itself when its time is over, and both hear it', async () => {
  await relay(new Date(both.world.clock.now().getTime() + HOUR));
  const before = letters(ben, 'terminó');
  await lapse(HOUR + MINUTE);
  expect(letters(ana, 'The conversation that went through me is over.')).toBe(2);
  expect(letters(ben, 'terminó')).toBe(before + 1);
});

test('who never wants it again is kept apart at once, and the other one is told nothing', async () => {
  const id = await relay();
  await first(id, ana, 'Hello again.');
  await lapse();
  await ben.press('Terminar');
  await ben.press('Terminar, y nunca más');
  const before = ana.sees().length;
  await lapse(HOUR);
  expect(ana.sees().length).toBe(before);
  expect(await prisma().memberBlock.count()).toBe(1);
  const other = await relay();
  await first(other, ana, 'And again?');
  await lapse(HOUR);
  expect(letters(ben, 'And again?')).toBe(0);
  expect(await prisma().relayMessage.count()).toBe(0);
  await prisma().memberBlock.deleteMany();
  await db().transact((tx) => closeRelay(tx, other, { quietly: true }, both.world.clock.now()));
});

test('what cannot be delivered is forgotten, and whoever wrote it hears so', async () => {
  const [a, b] = [await memberOf(ana), await memberOf(cleo)];
  const id = await db().transact((tx) => openRelay(tx, { a, b, purpose: 'support' }, both.world.clock.now()));
  await first(id, ana, 'Can you hear me?');
  await lapse(2 * MINUTE);
  expect(letters(ana, 'could not be delivered')).toBe(1);
  expect((await prisma().relayMessage.findMany()).every(({ body }) => body === null)).toBe(true);
});

test('where the reader agreed to a thread, which shows nothing, the words can be opened for a day', async () => {
  await prisma().member.update({ where: { id: await memberOf(ana) }, data: { fallback: 'somewhere/else' } });
  const id = await relay();
  await first(id, ben, 'Open me later.');
  await lapse(5 * MINUTE);
  expect(await prisma().relayMessage.count({ where: { relayId: id, body: { not: null } } })).toBe(1);
  await lapse(25 * HOUR);
  expect(await prisma().relayMessage.count({ where: { relayId: id } })).toBe(0);
  await prisma().member.update({ where: { id: await memberOf(ana) }, data: { fallback: null } });
});

test('with either of the two everything between them is erased', async () => {
  const id = await relay();
  await first(id, ana, 'Soon gone.');
  await prisma().member.delete({ where: { id: await memberOf(ben) } });
  expect(await prisma().relay.count({ where: { id } })).toBe(0);
  expect(await prisma().relayMessage.count({ where: { relayId: id } })).toBe(0);
  await lapse(2 * MINUTE);
});

test('nothing failed behind the scenes, and no platform saw what was disclosed in an id', () => {
  expect(both.world.logged).toEqual([]);
  for (const person of [ana, cleo]) for (const id of plainIds(person)) expect(id).not.toMatch(/relay|support|talk/iu);
  expect([...both.discord.faults(), ...both.slack.faults()]).toEqual([]);
});
