import type { Person } from '../support/stage.js';
import { onEveryStage, plainIds, screenOf } from '../support/stages.js';
import { openWorlds } from '../support/world.js';

/** A facilitator installs the bot on a Sunday evening; two members try it. */

const { worlds, open } = openWorlds();

onEveryStage(
  open,
  (stage) => {
    let olga: Person;
    let ana: Person;
    let ben: Person;
    beforeAll(async () => {
      olga = await stage().person('Olga', { admin: true, locale: 'en-US' });
      ana = await stage().person('Ana', { locale: 'en-US' });
      ben = await stage().person('Ben', { locale: 'es-ES' });
    });

    test('Ana asks what there is, and is not offered what is not hers', async () => {
      await ana.type('/help');
      expect(ana.last().text).toContain('/checkin');
      expect(ana.last().text).not.toContain('/community');
      expect(ana.last().onlyMe).toBe(true);
      await olga.type('/help');
      expect(olga.last().text).toContain('/community');
    });

    test('Ana may not set up the community; Olga, who administers the place, may', async () => {
      await ana.type('/community setup zone:Europe/Madrid language:en country:ES');
      expect(ana.last().text).toContain('for coordinators');
      await olga.type('/community setup zone:Europe/Madrid language:en country:Ireland');
      expect(olga.last().text).toMatch(/Europe\/Madrid[\s\S]*Ireland/u);
      expect(olga.last().onlyMe).toBe(true);
    });

    test('Ben asks for help in a crisis and gets the lines of the country, in his language', async () => {
      await ben.type('/crisis');
      expect(ben.last().text).toContain('Irlanda');
      expect(ben.last().text).toContain('112');
      expect(ben.last().text).toContain('116 123');
      expect(ben.last().onlyMe).toBe(true);
    });

    test('Ana checks in with the form', async () => {
      await ana.type('/checkin now');
      const form = ana.form();
      expect(form?.fields.map(({ name }) => name)).toEqual(['mood', 'craving', 'halt', 'note']);
      expect(form?.fields.every(({ required }) => !required)).toBe(true);
      await ana.fill({ mood: '7', halt: ['tired'], note: 'I walked <@everyone> *home* & rested' });
      expect(ana.form()).toBeUndefined();
      expect(ana.last().text).toContain('Your check-in is saved.');
      expect(ana.last().text).toContain('7 of 10');
      expect(ana.last().text).toContain('I walked <@everyone> *home* & rested');
      expect(ana.last().text).toContain('Only you see this.');
      expect(ana.last().onlyMe).toBe(true);
    });

    test('Ben checks in by typing, and skips everything but one', async () => {
      await ben.type('/checkin now mood:2');
      expect(ben.last().text).toContain('2 de 10');
    });

    test('Ana finds hers in her history with one tap, Ben finds only his', async () => {
      await ana.press('My check-ins');
      expect(ana.last().text).toContain('I walked <@everyone> *home* & rested');
      await ben.type('/checkin history');
      expect(ben.last().text).toContain('2 de 10');
      expect(screenOf(ben)).not.toContain('walked');
    });

    test('a wrong value is explained, and nothing that was typed is lost', async () => {
      await olga.type('/community setup zone:Narnia language:en country:Ireland');
      expect(screenOf(olga)).toContain("I don't know that time zone.");
      expect(screenOf(olga)).toContain('Narnia');
      await olga.press('Fix it');
      expect(olga.form()?.fields.find(({ name }) => name === 'country')?.value).toBe('Ireland');
      await olga.type(`/community roles role:facilitator people:@Ben`);
      expect(olga.last().text).toContain('Ben');
      await ben.type('/help');
      expect(ben.last().text).not.toContain('/community');
    });

    test('Olga is shown a code for another platform, alone, which is of no use right here', async () => {
      await olga.type('/community link');
      const code = /\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}\b/u.exec(olga.last().text)?.[0];
      expect(olga.last().onlyMe).toBe(true);
      await olga.type(`/community link code:${code}`);
      expect(olga.last().text).toContain('This code was made right here');
      await ben.type('/community link');
      expect(ben.last().text).toContain('es para quienes coordinan');
    });

    test('Ana sees exactly what is kept about her', async () => {
      await ana.type('/privacy show');
      expect(ana.last().text).toContain('1 check-in');
      expect(ana.last().onlyMe).toBe(true);
    });

    test('Olga, who only stands by, saw nothing of it', () => {
      const seen = screenOf(olga);
      for (const secret of ['walked', '7 of 10', '2 de 10', '116 123']) expect(seen).not.toContain(secret);
      expect(olga.sees().every(({ onlyMe }) => onlyMe)).toBe(true);
    });

    test('button ids tell nothing', () => {
      for (const person of [ana, ben, olga]) {
        for (const id of person.rawIds()) expect(id).toMatch(/^[\w.~:-]{1,100}$/u);
        for (const id of plainIds(person)) expect(id).not.toMatch(/crisis|checkin|privacy|mood|tired|walked/iu);
      }
    });

    test('nothing failed behind the scenes', () => expect(worlds.flatMap(({ logged }) => logged)).toEqual([]));
  },
  'every-way-in',
);
