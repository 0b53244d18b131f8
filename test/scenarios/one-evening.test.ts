import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { extractText } from 'unpdf';
import { tellSlip } from '../../src/cli/verify-slip.js';
import { tokenInPdf } from '../../src/pictures/slip.js';
import { openHomes, type Restartable } from '../support/restartable.js';
import type { Person } from '../support/stage.js';
import { onEveryStage, plainIds, screenOf } from '../support/stages.js';
import { temporaryFolder } from '../support/temporary.js';

/**
 * One session from the plan to the slip: Olga plans it and then is silent, Bea takes over, Ana and Ben both want the only place,
 * Cleo writes without her name, Dan passes, Eva chairs to the end.
 */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const folder = temporaryFolder();
// A Friday.
const { homes, open } = openHomes('2035-03-16T09:00:00Z');
const START = Date.parse('2035-03-18T19:00:00Z');

onEveryStage(open, (stage) => {
  let home: Restartable;
  let olga: Person;
  let bea: Person;
  let ana: Person;
  let ben: Person;
  let cleo: Person;
  let dan: Person;
  let eva: Person;
  const everybody = () => [olga, bea, ana, ben, cleo, dan, eva];

  const { passes, until } = {
    passes: (ms: number) => home.world.passes(ms),
    /** Lets time pass until so many minutes before the start. */
    until: (before: number) => home.world.passes(START - before * MINUTE - home.world.clock.now().getTime()),
  };
  const says = async (person: Person, label: string) => {
    await person.press(label);
    await passes(2_000);
  };
  const letters = (person: Person, words: string) =>
    person.sees().filter(({ where, text }) => where === 'direct' && text.includes(words)).length;
  const card = (person: Person) =>
    person
      .sees()
      .filter(({ text, onlyMe, where }) => !onlyMe && where === 'channel' && /Now: Evening|Thank you for being here/u.test(text))
      .at(-1)?.text ?? '';
  const pdf = (person: Person) => person.sees().flatMap(({ files, onlyMe }) => (onlyMe ? files : []));
  const verify = async (what: string) => {
    const lines: string[] = [];
    await tellSlip(home.world.world, [what], (line) => void lines.push(line)).catch((error: Error) => lines.push(error.message));
    return lines.join('\n');
  };
  /** The process dies, and another takes over the same database. */
  const killed = () => home.restart(stage());

  beforeAll(async () => {
    home = homes.at(-1) as Restartable;
    const at = (name: string, more = {}) => stage().person(name, { locale: 'en-US', zone: 'UTC', ...more });
    olga = await at('Olga', { admin: true });
    bea = await at('Bea');
    ana = await at('Ana');
    ben = await at('Ben');
    cleo = await at('Cleo');
    dan = await at('Dan');
    eva = await at('Eva');
    await olga.type('/community setup zone:UTC language:en');
    for (const person of everybody()) await person.type('/help');
    await home.world.connect([stage().adapter]);
  });

  test('Olga plans it for one, with Bea behind her', async () => {
    await olga.type('/session create title:"Evening circle" when:"every Sunday 19:00"');
    await olga.press('More details');
    await olga.fill({ backup: [bea.id], capacity: '1' });
    if (olga.answer().buttons.includes('Continue')) {
      await olga.press('Continue');
      await olga.fill({});
    }
    expect(olga.answer().text).toContain('Room for: 1');
    await says(olga, 'Save');
    expect(letters(bea, 'named you as one who can be asked to stand in')).toBe(1);
  });

  test('Ana has the place, Ben waits; when she cannot come it is his once he says so', async () => {
    await until(47 * 60);
    await says(ana, "I'll come");
    await says(ben, "I'll come");
    expect(screenOf(ben)).toContain('number 1 on the waitlist');
    await ana.type('/session rsvp answer:no');
    await passes(2_000);
    await killed();
    await passes(12 * HOUR);
    expect(letters(ben, 'What you waited for is free.')).toBe(1);
    await says(ben, 'Take it');
    expect(screenOf(ben)).toContain('You are down to come');
  });

  test('he is reminded a day before, in private, and Ana is not', async () => {
    await until(23 * 60);
    expect([letters(ben, 'You asked for a reminder.'), letters(ana, 'You asked for a reminder.')]).toEqual([1, 0]);
  });

  test('Olga says nothing, so Bea is asked, and takes over', async () => {
    await until(119);
    expect(letters(olga, 'Will you be there?')).toBe(1);
    await until(29);
    await says(bea, "I'll step in");
    expect(screenOf(bea)).toContain('You chair Evening circle');
    await until(13);
    expect(letters(ben, 'You asked for a reminder.')).toBe(2);
  });

  test('Ben says that he is here, for a slip; Bea begins', async () => {
    await until(5);
    await ben.type('/session slip');
    await ben.press('I’m here');
    await until(0);
    await bea.type('/session start');
    await says(bea, 'Begin now');
    expect(card(cleo)).toContain('Now: Evening circle');
  });

  test('six share, one passes, one writes without a name, and nobody notices that the process died in between', async () => {
    for (const person of [ana, ben, cleo, dan, eva, olga]) await says(person, 'Raise hand');
    await bea.press('For the chair');
    await says(bea, 'Next step');
    await says(bea, 'Next');
    expect(card(dan)).toContain('Sharing now: @Ana');
    await says(ana, 'I am done');
    expect(card(dan)).toContain('Sharing now: @Ben');
    await passes(30_000);
    const until = async () => (await home.world.database.prisma.hand.findFirstOrThrow({ where: { until: { not: null } } })).until;
    const left = await until();
    await killed();
    expect(await until()).toEqual(left);
    await says(ben, 'I am done');
    await says(cleo, 'I am done');
    expect(card(eva)).toContain('Sharing now: @Dan');
    await says(dan, 'Pass');
    await says(eva, 'I am done');
    await says(olga, 'I am done');
    await says(bea, 'Raise hand');
    await bea.press('For the chair');
    await says(bea, 'Next');
    await says(bea, 'I am done');
    await cleo.press('Share in writing');
    await cleo.fill({ words: 'I am afraid of the weekend', shown: 'unnamed' });
    await passes(3_000);
    const written = dan.sees().find(({ text }) => text.includes('afraid of the weekend'));
    expect(written?.text).toContain('without a name');
    expect(written?.text).not.toContain('Cleo');
    const shares = await home.world.database.prisma.share.findMany();
    expect(shares.map(({ memberId }) => memberId)).toEqual([null]);
  });

  test('Bea hands over to Eva, who ends it with thanks; Ben says that he was here', async () => {
    await bea.press('For the chair');
    await bea.press('Hand over the chair');
    await bea.fill({ to: eva.id });
    await passes(2_000);
    expect(letters(eva, 'You chair the session now.')).toBe(1);
    await until(-50);
    await ben.type('/session slip');
    await ben.press('I was here');
    await until(-55);
    await eva.press('For the chair');
    await eva.press('End the session');
    await says(eva, 'End it now');
    expect(card(dan)).toContain('Thank you for being here');
    expect(await home.world.database.prisma.hand.count()).toBe(0);
  });

  test('the slip is his alone, is valid, and is not when somebody touched it', async () => {
    await ben.type('/session slip');
    await ben.press('Make my slip');
    await ben.fill({ name: 'B. Example', group: 'Evening class' });
    const bytes = await ben.open(pdf(ben).at(-1)?.ref ?? '');
    for (const person of everybody().filter((one) => one !== ben)) expect(pdf(person)).toEqual([]);
    const { text } = await extractText(new Uint8Array(bytes), { mergePages: true });
    expect(text).toContain('B. Example');
    const mine = path.join(folder, `${randomUUID()}.pdf`);
    writeFileSync(mine, bytes);
    expect(await verify(mine)).toMatch(/^Valid\. 2035-03-18, \d\d minutes\./u);
    const edited = Buffer.from(bytes);
    edited[edited.length >> 1] = (edited[edited.length >> 1] as number) ^ 1;
    writeFileSync(mine, edited);
    expect(await verify(mine)).toMatch(/^This is no valid slip\./u);
    const token = tokenInPdf(bytes) ?? '';
    expect(await verify(`${token.slice(0, 30)}${token[30] === 'A' ? 'B' : 'A'}${token.slice(31)}`)).toMatch(/no valid slip/u);
  });

  test('nothing of it is in a row, a queue, an id or a log, and nothing was said to who only looked', async () => {
    const { prisma } = home.world.database;
    const rows = [await prisma.delivery.findMany(), await prisma.dueWork.findMany(), await prisma.auditEvent.findMany()];
    expect(JSON.stringify(rows)).not.toMatch(/weekend|Evening|Example/u);
    expect(screenOf(dan)).not.toMatch(/waitlist|stand in|reminder/u);
    for (const person of everybody()) for (const id of plainIds(person)) expect(id).not.toMatch(/live|slip|raise/iu);
    expect(home.world.logged).toEqual([]);
  });
});
