import type { Browser, Locator, Page } from 'playwright-core';
import { makePlayground, type Playground } from '../../../src/adapters/playground/index.js';
import { type HttpServer, makeServer } from '../../../src/http/server.js';
import { silentLog } from '../../support/log.js';
import { shortcomings } from '../../support/playground/accessibility.js';
import { chromiumPath, openBrowser } from '../../support/playground/browser.js';
import { makeSmallRouter } from '../../support/playground/router.js';

const path = chromiumPath();
if (!path && process.env.CI === 'true')
  throw new Error('No Chromium on this machine, and CI needs one: apt-get install chromium.');
if (!path)
  console.warn(
    'SKIPPED: the playground in a browser. There is no Chromium on this machine (apt-get install chromium, or set CHROMIUM).',
  );
const inBrowser = path ? describe : describe.skip;

inBrowser('the page in Chromium', () => {
  const log = silentLog();
  let browser: Browser;
  let server: HttpServer;
  let playground: Playground;
  let base: string;
  let page: Page;
  let ahead: number;
  let complaints: string[];

  beforeAll(async () => {
    browser = await openBrowser(path as string);
  });

  afterAll(async () => {
    await browser?.close();
  });

  beforeEach(async () => {
    ahead = 0;
    const now = () => new Date(Date.parse('2027-03-01T12:00:00Z') + ahead);
    const advance = (ms: number) => {
      ahead += ms;
    };
    playground = makePlayground({ log, clock: { now, advance } });
    server = makeServer({ host: '127.0.0.1', port: 0, log });
    server.route('/playground', playground.app);
    base = `${(await server.start()).url}/playground`;
    await playground.start(makeSmallRouter());
    page = await visit();
  });

  afterEach(async () => {
    expect(complaints).toEqual([]);
    await page.context().close();
    await playground.stop();
    await server.stop();
  });

  async function visit(options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
    complaints = [];
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      locale: 'en-GB',
      timezoneId: 'UTC',
      ...options,
    });
    context.setDefaultTimeout(8000);
    const opened = await context.newPage();
    opened.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    opened.on('pageerror', (error) => complaints.push(String(error)));
    opened.on('request', (request) => {
      if (!request.url().startsWith(base.replace('/playground', ''))) complaints.push(`It asked for ${request.url()}`);
    });
    await opened.goto(base);
    await opened
      .getByRole('heading', { name: 'Rosa' })
      .or(opened.getByRole('tab', { name: 'Rosa' }))
      .first()
      .waitFor();
    return opened;
  }

  const column = (name: string): Locator => page.getByRole('region', { name, exact: true });
  const composer = (name: string): Locator => column(name).getByRole('combobox', { name: /^(?:Write as|Escribir como)/u });
  const says = (name: string, text: string) => column(name).getByText(text, { exact: true });

  test('what it is stands at the top, and everybody is side by side', async () => {
    await page.getByText('A playground. Nothing leaves this machine.').waitFor();
    for (const name of ['Rosa', 'Sam', 'Luz', 'Theo']) expect(await column(name).isVisible()).toBe(true);
    expect(await composer('Luz').getAttribute('placeholder')).toBe('Escribe, o / para comandos');
  });

  test('the menu offers commands and params, and completes them', async () => {
    const line = composer('Sam');
    await line.pressSequentially('/ch');
    const menu = column('Sam').getByRole('listbox');
    expect(await menu.getByRole('option').allTextContents()).toEqual([expect.stringMatching(/^\/checkin now .+/u)]);
    await line.press('Tab');
    expect(await line.inputValue()).toBe('/checkin now ');
    expect(await menu.getByRole('option').count()).toBe(3);
    await line.press('ArrowDown');
    await line.press('ArrowDown');
    await line.press('Enter');
    expect(await line.inputValue()).toBe('/checkin now craving:');
    await line.press('Escape');
    expect(await line.getAttribute('aria-expanded')).toBe('false');
  });

  test('values are completed by the router, and by who is here', async () => {
    const line = composer('Rosa');
    await line.fill('/community setup zone:lim');
    await column('Rosa').getByRole('option', { name: 'lim completed' }).click();
    expect(await line.inputValue()).toBe('/community setup zone:zone-lim ');
    await line.fill('/community setup facilitators:m');
    await column('Rosa').getByRole('option', { name: 'mentors' }).click();
    expect(await line.inputValue()).toBe('/community setup facilitators:@mentors ');
  });

  test('a private answer is in one column only, and says so', async () => {
    await composer('Sam').fill('/checkin now mood:3');
    await composer('Sam').press('Enter');
    await says('Sam', 'Saved privately: {"mood":"3"}').waitFor();
    expect(await column('Sam').getByText('Only you see this').isVisible()).toBe(true);
    await composer('Rosa').fill('good morning <b>everybody</b>');
    await composer('Rosa').press('Enter');
    for (const name of ['Rosa', 'Luz', 'Theo']) {
      await says(name, 'good morning <b>everybody</b>').waitFor();
      expect(await column(name).getByText('Saved privately').count()).toBe(0);
    }
  });

  test('a form is filled, refused beside its field, corrected and saved, with the keyboard alone', async () => {
    await composer('Theo').focus();
    await page.keyboard.type('/che');
    await column('Theo').getByRole('option').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'How are you' });
    await dialog.waitFor();
    const mood = dialog.getByLabel('Mood, 0 to 10');
    await page.keyboard.type('ok');
    expect(await mood.inputValue()).toBe('ok');
    await page.keyboard.press('Enter');
    await dialog.getByText('Say a number from 0 to 10.').waitFor();
    expect(await mood.getAttribute('aria-invalid')).toBe('true');
    expect(await mood.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('Control+A');
    await page.keyboard.type('8');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await says('Theo', 'Saved: {"mood":"8","halt":["tired"],"share":"","with":"","note":""}').waitFor();
    expect(await dialog.count()).toBe(0);
    expect(await composer('Theo').evaluate((element) => element === document.activeElement)).toBe(true);
  });

  test('Esc closes a form, and it stays closed after a reload', async () => {
    await composer('Sam').fill('/checkin now ');
    await composer('Sam').press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.reload();
    await page.getByRole('dialog', { name: 'How are you' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.reload();
    await column('Sam').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  test('a card that is pressed changes in every column, and after a reload its buttons still work', async () => {
    await composer('Rosa').fill('/community setup zone:UTC');
    await composer('Rosa').press('Enter');
    await column('Luz').getByRole('button', { name: 'Vote' }).click();
    for (const name of ['Rosa', 'Sam', 'Luz', 'Theo']) await says(name, 'Votes: 1').waitFor();
    await page.reload();
    await column('Sam').getByRole('button', { name: 'Vote' }).click();
    await says('Theo', 'Votes: 2').waitFor();
    await column('Theo').getByRole('combobox', { name: 'Pick one' }).selectOption('Bread');
    await says('Theo', 'Pressed pick, b').waitFor();
  });

  test('a direct message waits in its own place, marked as new', async () => {
    await playground.send(
      { kind: 'direct', space: 'playground', user: 'sam' },
      { summary: 'A nudge.', blocks: [{ kind: 'text', text: 'You asked for a nudge.' }] },
      'once',
    );
    await column('Sam').getByRole('tab', { name: 'Direct new' }).click();
    await says('Sam', 'You asked for a nudge.').waitFor();
    expect(await column('Rosa').getByRole('tab', { name: 'Direct', exact: true }).isVisible()).toBe(true);
  });

  test('an answer that is longer than the screen is read from its beginning', async () => {
    const items = Array.from({ length: 60 }, (_, at) => `Line ${at + 1}`);
    await playground.send(
      { kind: 'channel', space: 'playground', channel: 'common-room' },
      { summary: 'Lines.', blocks: [{ kind: 'list', items }] },
      'once',
    );
    await says('Sam', 'Line 1').waitFor();
    const height = 800;
    const at = async (text: string) => (await says('Sam', text).boundingBox())?.y ?? Number.NaN;
    expect(await at('Line 1')).toBeGreaterThan(0);
    expect(await at('Line 1')).toBeLessThan(height);
    expect(await at('Line 60')).toBeGreaterThan(height);
    await composer('Rosa').fill('and then');
    await composer('Rosa').press('Enter');
    await says('Sam', 'and then').waitFor();
    expect(await at('and then')).toBeLessThan(height);
  });

  test('the clock is moved by hours, days and to a day', async () => {
    const clock = page.getByRole('group', { name: 'Time in this playground' });
    await clock.getByRole('button', { name: 'One hour forward' }).click();
    await clock.getByRole('button', { name: 'One day forward' }).click();
    await clock.getByText('1 d 1 h ahead').waitFor();
    expect(ahead).toBe(25 * 3_600_000);
    await clock.getByRole('button', { name: 'Forward to a day and an hour' }).click();
    await page.getByLabel('Day and hour').fill('2027-03-05T09:00');
    await page.getByRole('button', { name: 'Move', exact: true }).click();
    await clock.getByText('5 Mar').waitFor();
    expect(new Date(Date.parse('2027-03-01T12:00:00Z') + ahead).toISOString()).toBe('2027-03-05T09:00:00.000Z');
  });

  test('a persona changes language, and another one joins', async () => {
    await column('Sam').getByRole('button', { name: 'Settings of Sam' }).click();
    await page.getByLabel('Language').selectOption('es');
    await page.keyboard.press('Escape');
    await column('Sam').getByRole('tab', { name: 'Sala común' }).waitFor();
    await page.getByRole('button', { name: 'Add a person' }).click();
    await page.getByLabel('Name').fill('Noor');
    await page.keyboard.press('Enter');
    await column('Noor').waitFor();
    await composer('Noor').fill('hello');
    await composer('Noor').press('Enter');
    await says('Rosa', 'hello').waitFor();
  });

  test('it says when the connection is gone, and goes on by itself', async () => {
    await page.context().setOffline(true);
    await composer('Sam').fill('are you there');
    await composer('Sam').press('Enter');
    await column('Sam').getByRole('alert').getByText('That did not arrive. Please try again.').waitFor();
    complaints = complaints.filter((text) => !text.includes('ERR_INTERNET_DISCONNECTED'));
    await page.context().setOffline(false);
    await composer('Sam').fill('here again');
    await composer('Sam').press('Enter');
    await says('Rosa', 'here again').waitFor();
  });

  test('on a phone there is one person at a time, and nothing is wider than the screen', async () => {
    await page.context().close();
    page = await visit({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    expect(await page.getByRole('region').count()).toBe(1);
    await page.getByRole('tab', { name: 'Luz' }).tap();
    await composer('Luz').fill('hola');
    await page.getByRole('button', { name: 'Enviar' }).tap();
    await says('Luz', 'hola').waitFor();
    await page.getByRole('tab', { name: 'Theo new' }).tap();
    await says('Theo', 'hola').waitFor();
    expect(await page.getByRole('tab', { name: 'Theo', exact: true }).getAttribute('aria-selected')).toBe('true');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });

  test('everything that can be used has a name, ids are unique, and contrast is enough in light and dark', async () => {
    await composer('Rosa').fill('/community setup zone:UTC');
    await composer('Rosa').press('Enter');
    await composer('Sam').fill('/help');
    await composer('Sam').press('Escape');
    await composer('Sam').press('Enter');
    await column('Sam').getByText('Only you see this').waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await page.evaluate(shortcomings)).toEqual([]);
    }
  });
});
