import type { Block, Capabilities, Invocation, Message, Said } from '../../../src/chat/index.js';
import { loadPlaces } from '../../../src/core/communities/load-places.js';
import { makePlaces } from '../../../src/core/communities/places.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';

const can: Capabilities = { formFields: 100, fileBytes: 9_000_000, fieldErrors: true, completion: false, zone: true };
let home: TestWorld;
beforeAll(async () => {
  home = await makeTestWorld();
});
afterAll(() => home.close());

const says = (said: Said): Invocation => ({
  platform: 'slack',
  said,
  user: { id: 'olga', locale: 'en' },
  space: { id: 'T1' },
  standing: async () => ({ admin: true, roles: [] }),
});
const run = (path: [string, string], input: object) => home.router.run(says({ kind: 'call', path, input: { ...input } }), can);
const setUp = (input: object) => run(['community', 'setup'], { zone: 'Europe/Madrid', language: 'en', ...input });

/** Somebody of whom Slack has told nothing yet. */
const unheard = (said: Said): Invocation => ({ ...says(said), user: { id: 'new' } });
const loadedAnew = async () => {
  const places = makePlaces();
  await loadPlaces({ ...home.world, places });
  return places.of('slack', 'T1');
};

const factOf = (message: Message, label: string) =>
  message.blocks.flatMap((block) => (block.kind === 'facts' ? block.facts : [])).find((fact) => fact.label === label)?.value;
const idOf = (message: Message, label: string) =>
  message.blocks
    .flatMap((block: Block<string>) => (block.kind === 'buttons' ? block.buttons : []))
    .find((button) => button.label === label)?.act ?? '';

test('the country stays when something else is changed, and goes when that is said', async () => {
  const country = 'Country for crisis lines';
  expect(factOf(await setUp({ country: 'Ireland' }), country)).toBe('Ireland');
  expect(factOf(await setUp({ sponsor: 'peer' }), country)).toBe('Ireland');
  expect(home.world.places.of('slack', 'T1')?.country).toBe('IE');
  expect(factOf(await setUp({ country: 'None' }), country)).toBe('not set: people are asked');
  expect(home.world.places.of('slack', 'T1')?.country).toBeNull();
});

test('somebody of whom the platform tells no language hears the community’s, from the first form on', async () => {
  const form = () => {
    const first = home.router.plan(unheard({ kind: 'call', path: ['checkin', 'now'], input: {} }), can);
    return first.first === 'form' ? first.form : undefined;
  };
  expect(form()?.fields[0]?.label).toBe('Mood, 0 to 10');
  await setUp({ language: 'es', country: 'IE' });
  const asked = form();
  expect(asked?.fields[0]?.label).toBe('Ánimo, de 0 a 10');
  const wrong = { kind: 'submit' as const, id: asked?.id ?? '', input: { mood: '99' } };
  expect(JSON.stringify(home.router.check(unheard(wrong), can))).toContain('Escribe un número entero');
  expect(JSON.stringify(await home.router.run(unheard({ kind: 'call', path: ['crisis'], input: {} }), can))).toContain('Irlanda');
  expect(JSON.stringify(await home.router.run(unheard({ kind: 'press', id: 'gone' }), can))).toContain('botón');
  expect(await loadedAnew()).toMatchObject({ country: 'IE', language: 'es' });
  await setUp({ country: 'None' });
});

test('settings are changed in a form that shows what is set', async () => {
  const done = await setUp({ country: 'IE', time: 'sober' });
  const first = home.router.plan(says({ kind: 'press', id: idOf(done, 'Change settings') }), can);
  if (first.first !== 'form') throw new Error('no form');
  const values = Object.fromEntries(first.form.fields.map(({ name, value }) => [name, value]));
  expect(values).toMatchObject({ zone: 'Europe/Madrid', language: 'en', country: 'IE', sponsor: 'peer', time: 'sober' });
});

test('a role can be taken from the last one who has it', async () => {
  const roles = (input: object) => run(['community', 'roles'], { role: 'facilitator', ...input });
  expect(factOf(await roles({ people: '<@U1> <@U2>', groups: 'S1' }), 'Facilitators')).toEqual([
    { group: 'S1' },
    ', ',
    { mention: 'U1' },
    ', ',
    { mention: 'U2' },
  ]);
  expect(factOf(await roles({ people: '<@U2>', clear: 'yes' }), 'Facilitators')).toEqual([{ mention: 'U2' }]);
  expect(factOf(await roles({ clear: 'yes' }), 'Facilitators')).toBe('nobody yet');
});
