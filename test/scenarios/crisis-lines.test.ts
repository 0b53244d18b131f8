import type { Person } from '../support/stage.js';
import { onEveryStage, screenOf } from '../support/stages.js';
import { openWorlds } from '../support/world.js';

/** Ana is afraid, and nobody knows where she is; Carla looks after the community. */

const { open } = openWorlds();

/** Over as many forms as the platform needs. */
async function fillAll(who: Person, values: Readonly<Record<string, string>>): Promise<void> {
  for (let form = who.form(); form; form = who.form()) {
    const names = form.fields.map(({ name }) => name);
    await who.fill(Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name))));
    if (who.answer().buttons.includes('Continue')) await who.press('Continue');
  }
}

onEveryStage(open, (stage) => {
  let ana: Person;

  beforeAll(async () => {
    ana = await stage().person('Ana', { locale: 'en-GB', zone: 'UTC' });
  });

  test('nobody knows her country: it asks, and takes none for hers', async () => {
    await ana.type('/crisis');
    expect(ana.answer().onlyMe).toBe(true);
    expect(ana.answer().text).toContain('Which country are you in?');
    expect(ana.answer().text).toContain('call the emergency number of the place where you are');
    expect(ana.answer().text).not.toMatch(/\b(?:911|999|988)\b/u);
  });

  test('she picks violence, then her country; the warning stands before the numbers', async () => {
    await ana.choose('Violence at home');
    expect(ana.answer().text).toContain('someone may look at this device');
    await ana.choose('United Kingdom');
    const { text } = ana.answer();
    expect(text).toContain('0808 2000 247');
    expect(text.indexOf('someone may look at this device')).toBeLessThan(text.search(/call 999/u));
    expect(ana.sees()).toHaveLength(1);
  });

  test('one tap, and nothing of it is on her screen', async () => {
    await ana.press('Take this off my screen');
    expect(ana.sees()).toEqual([]);
    expect(screenOf(ana)).toBe('');
  });

  test('Carla adds a line of her town; Ana sees it in /crisis, and who says it', async () => {
    const carla = await stage().person('Carla', { admin: true, locale: 'en-GB' });
    await carla.type('/community setup zone:Europe/Dublin language:en country:Ireland');
    await carla.type('/community crisis');
    await carla.press('Add a line: Ireland');
    await fillAll(carla, {
      ...{ topic: 'now', name: 'River line', phone: '01 555 0100', languages: 'English', source: 'They told me on the phone' },
    });
    expect(carla.answer().text).toContain('River line');
    await ana.type('/crisis');
    expect(ana.answer().text).toMatch(/River line: call 01 555 0100[\s\S]*This community gives this line/u);
    expect(ana.answer().text).toContain('116 123');
    expect(ana.answer().text).not.toContain('They told me');
    await carla.choose('River line · Ireland · Someone to talk to now');
    await carla.press('I checked it today');
    expect(carla.answer().text).toContain('Thank you. The day of today is put down.');
  });
});
