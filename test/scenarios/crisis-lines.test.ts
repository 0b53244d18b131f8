import type { Person } from '../support/stage.js';
import { onEveryStage, screenOf } from '../support/stages.js';
import { openWorlds } from '../support/world.js';

/** Ana is afraid, and nobody knows where she is; Carla looks after the community. */

const { open } = openWorlds();

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
});
