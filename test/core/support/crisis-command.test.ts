import { crisis } from '../../../commands/crisis.js';
import { putAway } from '../../../commands/put-away.js';
import { crisisCountries, crisisFor } from '../../../src/core/support/crisis.js';
import { ALWAYS } from '../../../src/core/support/topics.js';
import { offlineContext, read, selects } from './offline.js';

type Reader = Parameters<typeof offlineContext>[0];
const country = crisis.params.country;
const say = async (typed: unknown, reader?: Reader) =>
  crisis.run({ country: country.schema.parse(typed) }, offlineContext(reader));
const lines = async (typed: unknown, reader?: Reader) => read(await say(typed, reader)).split('\n');
const MORE = 'More help here, by topic';
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
  const other = selects(reply).find(({ placeholder }) => placeholder === 'Another country');
  expect(other?.options.map(({ label }) => label)).toContain('United Kingdom');
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
    ['country', ALWAYS.size],
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
  const more = selects(first).find(({ placeholder }) => placeholder === MORE);
  expect(more?.options.map(({ label }) => label)).toEqual([
    'Overdose: what to do',
    'Violence at home',
    'For veterans',
    'For LGBTQ+ people',
    'For young people',
    'Poisoning',
    'Other help near you',
  ]);
  const veterans = await say(more?.options[2]?.value);
  expect(headings(read(veterans).split('\n'))).toEqual(['# United States', '# For veterans']);
  expect(read(veterans)).toContain('Veterans Crisis Line: call 988 and press 1, text 838255, or open the chat');
  expect(read(veterans)).toMatch(/call 911/u);
  const back = selects(veterans).find(({ placeholder }) => placeholder === MORE);
  expect(back?.options.map(({ label }) => label)).toContain('Someone to talk to now');
});

test.each([
  ['discord', 'dismiss this message with the link under it'],
  ['slack', 'reload Slack, and this message is gone'],
  ['playground', 'close this page'],
] as const)('on %s the way out stands above every number about violence, with what it cannot do', async (platform, how) => {
  const all = await lines('US/violence/', { platform });
  const at = (words: string) => all.findIndex((line) => line.includes(words));
  expect(at('someone may look at this device')).toBe(1);
  expect(all[2]).toBe('[Take this off my screen]');
  expect(all[3]).toContain(how);
  expect(all[3]).toContain('does not take away what this app and this device remember');
  expect(at('call 911')).toBe(4);
  expect(all.slice(5).join()).not.toContain('[Take this off my screen]');
});

test('the way out keeps nothing, and takes the whole message away', async () => {
  for (const typed of ['US', 'US/violence/', undefined, '/violence/']) {
    const { blocks } = await say(typed);
    const buttons = blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));
    const away = buttons.filter(({ label }) => label === 'Take this off my screen');
    expect(away.map(({ act }) => act)).toEqual([{ path: ['putaway'], does: 'edit' }]);
  }
  expect(putAway).toMatchObject({ role: 'anyone', reply: 'private', offline: true, params: {} });
  expect(await putAway.run({}, offlineContext())).toMatchObject({
    wipes: true,
    summary: expect.not.stringMatching(/crisis|help/u),
  });
});

test('in an overdose it says what to do until help comes, in every country and where none is known', async () => {
  for (const typed of ['US/overdose/', 'DE/overdose/', 'PE/overdose/', '/overdose/']) {
    const all = await lines(typed);
    const from = all.indexOf('# If someone will not wake up or can hardly breathe');
    expect(all.slice(from + 1, from + 4)).toEqual([
      '- Call the emergency number first.',
      '- Give naloxone if you have it.',
      '- Stay with them until help is there.',
    ]);
    expect(all.slice(0, from).join()).toMatch(/If you are in danger now, call/u);
  }
  expect(await lines('US/overdose/')).toContain('# Someone on the line while you use');
});

test('a topic without a line of its own says so, and offers who answers everybody', async () => {
  const text = read(await say('DE/veterans/'));
  expect(text).toContain('I do not have a line of this kind for this country that I can trust.');
  expect(text).toContain('- TelefonSeelsorge: ');
  expect(text).toContain('https://findahelpline.com');
});

test('where no country is known, a topic is kept while the country is picked', async () => {
  const reply = await say('/violence/');
  expect(read(reply)).toContain('someone may look at this device');
  expect(selects(reply)[0]?.options.map(({ value }) => value)).toContain('US/violence/');
  for (const number of ['911', '988', '1-800']) expect(read(reply)).not.toContain(number);
  expect(read(await say('/violence/', { country: 'GB' }))).toContain('National Domestic Abuse Helpline');
});

test('who cannot speak aloud sees what can be written to, or that nothing can', async () => {
  expect(await lines('US')).toContain(
    'If you cannot speak aloud: 988 Suicide & Crisis Lifeline: text 988 or open the chat (https://988lifeline.org/chat); Crisis Text Line: text HOME to 741741.',
  );
  expect(read(await say('FR'))).toContain(
    'If you cannot speak aloud: I know of no line here that you can write to. Find A Helpline (ThroughLine) (https://findahelpline.com) lists more.',
  );
});

test('lines that speak the reader’s language are first, and another language can be picked', async () => {
  const names = (all: readonly string[]) =>
    all.flatMap((line) => /^- (Zelfmoordlijn 1813|Centre de Prévention du Suicide):/u.exec(line)?.[1] ?? []);
  expect(names(await lines('BE'))).toEqual(['Zelfmoordlijn 1813', 'Centre de Prévention du Suicide']);
  expect(names(await lines('BE', { language: 'fr-BE' }))).toEqual(['Centre de Prévention du Suicide', 'Zelfmoordlijn 1813']);
  const pick = selects(await say('BE')).find(({ placeholder }) => placeholder === 'A line in another language');
  expect(pick?.options).toEqual([
    { value: 'BE//nl', label: 'Dutch' },
    { value: 'BE//fr', label: 'French' },
  ]);
  const french = await lines('BE//fr');
  expect(french).toContain('Lines in French are first.');
  expect(names(french)).toEqual(['Centre de Prévention du Suicide', 'Zelfmoordlijn 1813']);
});

describe('in every country and language', () => {
  const all = [...crisisCountries().lines, ...crisisCountries().emergency];
  const cases = all.flatMap((code) => ['en', 'es'].map((language) => [code, language] as const));

  test.each(cases)('%s, %s: no line is out of reach, and the first screen is short', async (code, language) => {
    const first = await say(code, { language });
    const more = selects(first)
      .flatMap(({ options }) => options.map(({ value }) => value))
      .filter((value) => value.startsWith(`${code}/`) && value.endsWith('/') && value !== `${code}//`);
    const screens = [first, ...(await Promise.all(more.map((value) => say(value, { language }))))].map(read);
    for (const { name } of crisisFor(code).lines)
      expect(screens.filter((screen) => screen.includes(`- ${name}: `)).length).toBeGreaterThan(0);
    expect(screens[0]?.split('\n').filter((line) => line.startsWith('- ')).length).toBeLessThanOrEqual(6);
    for (const screen of screens) {
      // Discord takes 4,000 characters in one message, and one message is what one tap takes away; lists to pick from are not counted.
      expect(screen.replace(/^\[.*\]$/gmu, '').length).toBeLessThan(3500);
      expect(screen).not.toMatch(/[!¡]|\p{Extended_Pictographic}|undefined|\{|\}/u);
      expect(screen).toMatch(language === 'en' ? /^If you are in danger now, call/mu : /^Si estás en peligro ahora, llama/mu);
    }
  });

  test('taps need nothing that is kept in the database', async () => {
    for (const { act } of selects(await say('US'))) expect(act).toEqual({ path: ['crisis'], does: 'edit' });
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
    expect(buttons).toContainEqual({ label: 'Ask a person here', act: { path: ['support', 'now'] } });
  }
});
