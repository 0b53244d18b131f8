import { crisis } from '../../../commands/crisis.js';
import { crisisCountries, crisisFor } from '../../../src/core/support/crisis.js';
import { offlineContext, read, selects } from './offline.js';

type Reader = Parameters<typeof offlineContext>[0];
const country = crisis.params.country;
const say = async (typed: unknown, reader?: Reader) =>
  crisis.run({ country: country.schema.parse(typed) }, offlineContext(reader));
const lines = async (typed: unknown, reader?: Reader) => read(await say(typed, reader)).split('\n');
const headings = (all: readonly string[]) => all.filter((line) => line.startsWith('# '));

test('is private, for everyone, without a database, and never asks first', () => {
  expect(crisis).toMatchObject({ path: ['crisis'], role: 'anyone', reply: 'private', offline: true });
  expect(country.required).toBe(false);
  expect(crisis.form).toBeUndefined();
});

test('the lines of the country that was said, most urgent first', async () => {
  const all = await lines('usa');
  expect(all[0]).toBe('It is good that you are here, and you do not have to get through this alone.');
  expect(all[1]).toMatch(/^If you are in danger now, call 911\./u);
  expect(headings(all)).toEqual([
    '# United States',
    '# Someone to talk to now',
    '# Someone on the line while you use',
    '# Alcohol and other drugs',
  ]);
  expect(all).toContain(
    '- 988 Suicide & Crisis Lifeline: call 988, text 988, or open the chat (https://988lifeline.org/chat). Open day and night. In English, Spanish, and other languages through interpreters.',
  );
  expect(all).toContain(
    '- Crisis Text Line: text HOME to 741741 or see the website (https://www.crisistextline.org). Open day and night. In English and Spanish.',
  );
  expect(all.at(-1)).toBe(
    'These numbers were last compared with published sources on November 1, 2026. Numbers can change. Only you see this. I am software, not a person and not a professional. I do not watch what anyone writes, and I never call anyone.',
  );
});

test('the same in Spanish', async () => {
  const all = await lines('España', { language: 'es-MX' });
  expect(all[1]).toBe('Si estás en peligro ahora, llama al 112.');
  expect(headings(all)).toEqual(['# España', '# Alguien con quien hablar ahora']);
  expect(all.join('\n')).toContain('024, llama a la vida: llama al 024 o visita el sitio web');
  expect(all.at(-1)).toContain('el 1 de noviembre de 2026');
  expect(all.at(-1)).toContain('Soy un programa, no una persona ni un profesional.');
});

test('the community’s country is used in so many words, and can be changed', async () => {
  const reply = await say(undefined, { country: 'IE' });
  expect(read(reply)).toContain('# Ireland\nThis community is set to this country. If you are somewhere else, pick it below.');
  expect(read(reply)).toContain('Samaritans Ireland: call 116 123');
  expect(selects(reply)[0]?.options.map(({ label }) => label)).toContain('United Kingdom');
  expect(read(await say('Ireland', { country: 'IE' }))).not.toContain('This community is set');
});

test('where no country is known it asks, and shows no country’s lines', async () => {
  const reply = await say(undefined);
  const text = read(reply);
  expect(text).toContain('call the emergency number of the place where you are');
  expect(text).toContain('Which country are you in?');
  expect(text).toContain('https://findahelpline.com');
  expect(text).toContain('https://www.iasp.info/crisis-centres-helplines/');
  for (const number of ['911', '988', '999', '116 123']) expect(text).not.toContain(number);
  expect(selects(reply).map(({ param, options }) => [param, options.length])).toEqual([
    ['country', crisisCountries().lines.length],
    ['country', crisisCountries().emergency.length],
  ]);
});

test('where the emergency number is not known it says so plainly', async () => {
  const all = await lines('México', { language: 'es', country: 'US' });
  expect(all[1]).toBe('Si estás en peligro ahora, llama al número de emergencias del lugar donde estás.');
  expect(all.join('\n')).toContain('Línea de la Vida');
  expect(all.join('\n')).not.toContain('911.');
});

test('a country without lines gets the directories, not another country’s lines', async () => {
  const text = read(await say('Peru', { country: 'US' }));
  expect(text).toContain('# Peru\nI do not have lines for this country that I can trust.');
  expect(text).toContain('https://findahelpline.com');
  expect(text).not.toContain('988');
  expect(read(await say('Poland'))).toContain('If you are in danger now, call 112.');
});

test.each(['I cannot go on', 'x'.repeat(5000), ['IE', 'US'], 70707])(
  'whoever writes something else gets help, not an error, and it is not repeated: %p',
  async (typed) => {
    const without = read(await say(typed));
    expect(without).toContain('call the emergency number of the place where you are');
    expect(without).not.toContain(String(typed).slice(0, 12));
    expect(read(await say(typed, { country: 'IE' }))).toContain('Samaritans Ireland');
  },
);

test('what could not be read as a country is said, with what there is', async () => {
  expect(read(await say('I cannot go on'))).toContain('I could not tell which country you mean. You can pick it below.');
  expect(read(await say('I cannot go on', { country: 'IE' }))).toContain('These lines are for the country of this community.');
});

test('the rest of a country’s lines is one pick away, and so is the way back', async () => {
  const first = await say('US');
  const more = selects(first).find(({ placeholder }) => placeholder === 'Other lines here');
  expect(more?.options.map(({ label }) => label)).toEqual([
    'Violence at home',
    'For veterans',
    'For LGBTQ+ people',
    'Health and poisoning',
    'Other help near you',
  ]);
  const veterans = await say(more?.options[1]?.value);
  expect(headings(read(veterans).split('\n'))).toEqual(['# United States', '# For veterans']);
  expect(read(veterans)).toContain('Veterans Crisis Line: call 988 and press 1, text 838255, or open the chat');
  expect(read(veterans)).toMatch(/call 911/u);
  const back = selects(veterans).find(({ placeholder }) => placeholder === 'Other lines here');
  expect(back?.options.map(({ label }) => label)).toContain('Someone to talk to now');
});

test.each([
  ['discord', 'dismiss it with the link under it'],
  ['slack', 'goes away when Slack is reloaded'],
  ['playground', 'Close this page'],
] as const)('on %s it says how to make the lines about violence go away', async (platform, how) => {
  const text = read(await say('US/violence', { platform }));
  expect(text).toContain('If someone may look at this device');
  expect(text).toContain(how);
});

describe('in every country and language', () => {
  const all = [...crisisCountries().lines, ...crisisCountries().emergency];
  const cases = all.flatMap((code) => ['en', 'es'].map((language) => [code, language] as const));

  test.each(cases)('%s, %s: no line is out of reach, and the first screen is short', async (code, language) => {
    const first = await say(code, { language });
    const more = selects(first)
      .flatMap(({ options }) => options.map(({ value }) => value))
      .filter((value) => value.includes('/'));
    const screens = [first, ...(await Promise.all(more.map((value) => say(value, { language }))))].map(read);
    for (const { name } of crisisFor(code).lines)
      expect(screens.filter((screen) => screen.includes(`- ${name}: `))).toHaveLength(1);
    expect(screens[0]?.split('\n').filter((line) => line.startsWith('- ')).length).toBeLessThanOrEqual(6);
    for (const screen of screens) {
      // Discord takes 4,000 characters in one message; lists are not counted in them.
      expect(screen.replace(/^\[.*\]$/gmu, '').length).toBeLessThan(3000);
      expect(screen).not.toMatch(/[!¡]|\p{Extended_Pictographic}|undefined|\{|\}/u);
      expect(screen.split('\n')[1]).toMatch(
        language === 'en' ? /^If you are in danger now, call/u : /^Si estás en peligro ahora, llama/u,
      );
    }
  });

  test('taps need nothing that is kept in the database', async () => {
    for (const { act } of selects(await say('US'))) expect(act).toEqual({ path: ['crisis'] });
  });

  test('the preview of a notification says nothing of it', async () => {
    expect((await say('US')).summary).toBe('Here is what you asked for.');
  });
});

test('completion offers the countries with lines first, and reads back what it offers', async () => {
  const suggest = country.suggest;
  const offered = (await suggest?.('', 'es')) ?? [];
  expect(offered).toHaveLength(crisisCountries().lines.length);
  expect((await suggest?.('estados', 'es'))?.[0]).toEqual({ value: 'US', label: 'Estados Unidos' });
  expect(((await suggest?.('a', 'en')) ?? []).length).toBe(25);
});

test('offers a person of this community below the lines, by a button that keeps nothing', async () => {
  for (const reader of [{ country: 'IE' }, {}]) {
    const { blocks } = await say(undefined, reader);
    const buttons = blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));
    expect(buttons).toEqual([{ label: 'Ask a person here', act: { path: ['support', 'now'] } }]);
  }
});
