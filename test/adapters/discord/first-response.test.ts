import type { Form } from '../../../src/chat/index.js';
import { button, openStage } from '../../support/discord/open.js';
import { asking, inPlace, privately, publicly, say } from '../../support/discord/script.js';

const form: Form = {
  id: 'mood-form',
  title: 'Check in',
  intro: 'Everything can be skipped.',
  submit: 'Send',
  fields: [
    { name: 'mood', label: 'Mood', kind: 'text', required: false, max: 2, value: '7' },
    {
      name: 'halt',
      label: 'Right now I am',
      kind: 'choices',
      required: false,
      choices: [
        { value: 'hungry', label: 'Hungry' },
        { value: 'tired', label: 'Tired' },
      ],
    },
    {
      name: 'who',
      label: 'Who',
      kind: 'choice',
      required: true,
      choices: [
        { value: 'me', label: 'Me' },
        { value: 'you', label: 'You' },
      ],
    },
    { name: 'people', label: 'People', kind: 'members', required: false },
  ],
};

test('a private answer is seen by nobody else', async () => {
  await using stage = await openStage({ crisis: { first: privately, answer: () => say('Only for you.') } });
  const ana = await stage.person('Ana');
  const ben = await stage.person('Ben');
  await ana.type('/crisis');
  expect(ana.last()).toMatchObject({ text: 'Only for you.', onlyMe: true, where: 'channel' });
  expect(ben.sees()).toEqual([]);
  expect(stage.faults()).toEqual([]);
});

test('a public answer is seen by everybody', async () => {
  await using stage = await openStage({ help: { first: publicly, answer: () => say('For all of us.') } });
  const ana = await stage.person('Ana');
  const ben = await stage.person('Ben');
  await ana.type('/help');
  expect(ben.last()).toMatchObject({ text: 'For all of us.', onlyMe: false });
  expect(stage.faults()).toEqual([]);
});

test('a private answer to something public leaves nothing in public', async () => {
  await using stage = await openStage({ help: { first: publicly, answer: () => ({ ...say('Not for others.'), aside: true }) } });
  const ana = await stage.person('Ana');
  const ben = await stage.person('Ben');
  await ana.type('/help');
  expect(ana.sees()).toHaveLength(1);
  expect(ana.last()).toMatchObject({ text: 'Not for others.', onlyMe: true });
  expect(ben.sees()).toEqual([]);
  expect(stage.faults()).toEqual([]);
});

test('a private answer is dropped when the public placeholder cannot be removed', async () => {
  await using stage = await openStage({ help: { first: publicly, answer: () => ({ ...say('Not for others.'), aside: true }) } });
  const ana = await stage.person('Ana');
  const ben = await stage.person('Ben');
  stage.discord.fail(1000, 500, /messages\/@original$/u);
  await ana.type('/help');
  expect([...ana.sees(), ...ben.sees()].map(({ text }) => text)).not.toContain('Not for others.');
  expect(stage.log.join('\n')).toContain('could not be shown');
  expect(stage.log.join('\n')).not.toContain('Not for others');
});

test('an edit changes the message that carries the button, also for the others', async () => {
  await using stage = await openStage({
    help: { first: publicly, answer: () => say('Who comes?', [{ kind: 'text', text: '0 come.' }, button('I come', 'rsvp')]) },
    rsvp: { first: inPlace, answer: () => say('Who comes?', [{ kind: 'text', text: '1 comes.' }, button('I come', 'rsvp')]) },
  });
  const ana = await stage.person('Ana');
  const ben = await stage.person('Ben');
  await ana.type('/help');
  await ben.press('I come');
  expect(ana.sees()).toHaveLength(1);
  expect(ana.last()).toMatchObject({ text: '1 comes.', buttons: ['I come'] });
  expect(stage.faults()).toEqual([]);
});

test('a private answer to an edit leaves the message as it is', async () => {
  await using stage = await openStage({
    help: { first: publicly, answer: () => say('Who comes?', [{ kind: 'text', text: 'Full.' }, button('I come', 'rsvp')]) },
    rsvp: { first: inPlace, answer: () => ({ ...say('You are on the list.'), aside: true }) },
  });
  const ana = await stage.person('Ana');
  const ben = await stage.person('Ben');
  await ana.type('/help');
  await ben.press('I come');
  expect(ana.sees().map(({ text }) => text)).toEqual(['Full.']);
  expect(ben.last()).toMatchObject({ text: 'You are on the list.', onlyMe: true });
  expect(stage.faults()).toEqual([]);
});

test('a form opens at once and its answers come back by name', async () => {
  await using stage = await openStage({ 'checkin.now': { first: asking(form) }, 'mood-form': { answer: () => say('Saved.') } });
  const ana = await stage.person('Ana');
  const ben = await stage.person('Ben');
  await ana.type('/checkin now');
  expect(ana.form()).toMatchObject({
    title: 'Check in',
    fields: [
      { name: 'mood', value: '7' },
      { name: 'halt', options: ['Hungry', 'Tired'] },
      { name: 'who', required: true },
      { name: 'people' },
    ],
  });
  expect(stage.router.ran).toHaveLength(0);
  await ana.fill({ halt: ['hungry'], who: 'you', people: [ben.id] });
  expect(stage.router.ran[0]?.said).toEqual({
    kind: 'submit',
    id: 'mood-form',
    input: { mood: '7', halt: ['hungry'], who: 'you', people: [ben.id] },
  });
  expect(ana.last()).toMatchObject({ text: 'Saved.', onlyMe: true });
  expect(ana.form()).toBeUndefined();
  expect(stage.faults()).toEqual([]);
});

test('a form that Discord refuses still leaves the person with an answer', async () => {
  const broken: Form = { ...form, fields: [...form.fields, ...form.fields] };
  await using stage = await openStage({
    'checkin.now': { first: asking(broken), answer: () => say('Please write it in one line.') },
  });
  const ana = await stage.person('Ana');
  await ana.type('/checkin now');
  expect(ana.last()).toMatchObject({ text: 'Please write it in one line.', onlyMe: true });
  expect(stage.faults()).toHaveLength(1);
});

test('an edit asked for by a form without a message is a private answer', async () => {
  await using stage = await openStage({
    'checkin.now': { first: asking(form) },
    'mood-form': { first: inPlace, answer: () => say('Saved.') },
  });
  const ana = await stage.person('Ana');
  await ana.type('/checkin now');
  await ana.fill({ who: 'me' });
  expect(ana.last()).toMatchObject({ text: 'Saved.', onlyMe: true });
  expect(stage.faults()).toEqual([]);
});

test('who, where and with which powers is told as Discord tells it', async () => {
  await using stage = await openStage();
  const ana = await stage.person('Ana', { admin: true, roles: ['111111111111111111'], locale: 'es' });
  await ana.type('/community setup language:en facilitators:111111111111111111');
  const call = stage.router.ran[0];
  expect(call).toMatchObject({
    platform: 'discord',
    said: { kind: 'call', path: ['community', 'setup'], input: { language: 'en', facilitators: '111111111111111111' } },
    user: { id: ana.id, locale: 'es-ES' },
    space: { id: stage.space, name: 'Loopback' },
    channel: { id: stage.channel, direct: false },
  });
  expect(await call?.standing()).toEqual({ admin: true, roles: ['111111111111111111'] });

  await ana.typeDirectly('/checkin now mood:3');
  expect(stage.router.ran[1]).toMatchObject({ said: { input: { mood: 3 } }, channel: { direct: true } });
  expect(stage.router.ran[1]?.space).toBeUndefined();
  expect(ana.last().where).toBe('direct');
});

test('the client lets nobody type what was not published', async () => {
  await using stage = await openStage();
  const ana = await stage.person('Ana');
  await expect(ana.type('/privacy show')).rejects.toThrow('no command');
  await expect(ana.type('/checkin never')).rejects.toThrow('/checkin never');
  await expect(ana.type('/checkin now mood:eleven')).rejects.toThrow('mood');
  await expect(ana.type('/checkin now mood:11')).rejects.toThrow('mood');
  await expect(ana.type('/checkin now shoe:1')).rejects.toThrow('shoe');
  await expect(ana.type('/community setup language:fr')).rejects.toThrow('fr');
  expect(stage.router.ran).toHaveLength(0);
});

describe('when things go wrong', () => {
  test('an answer that fails in passing is shown after all', async () => {
    await using stage = await openStage({ crisis: { answer: () => say('Here are the lines.') } });
    const ana = await stage.person('Ana');
    stage.discord.fail(6, 503, /messages\/@original$/u);
    await ana.type('/crisis');
    expect(ana.last().text).toBe('Here are the lines.');
  });

  test('an answer that comes after the token is used up is dropped and logged without its content', async () => {
    await using stage = await openStage();
    stage.router.scenes.set('crisis', {
      answer: () => {
        stage.discord.world.advance(16 * 60_000);
        return say('A private matter.');
      },
    });
    const ana = await stage.person('Ana');
    await ana.type('/crisis');
    expect(ana.sees().map(({ text }) => text)).not.toContain('A private matter.');
    expect(stage.log.join('\n')).toMatch(/too late/u);
    expect(stage.log.join('\n')).not.toContain('private matter');
  });

  test('a router that throws leaves the person with a sentence, and the next one with an answer', async () => {
    await using stage = await openStage({
      crisis: {
        answer: () => {
          throw new Error('secret');
        },
      },
    });
    const ana = await stage.person('Ana');
    await ana.type('/crisis');
    expect(ana.last()).toMatchObject({ onlyMe: true });
    expect(ana.last().text).toMatch(/wrong on my side/u);
    expect(stage.log.join('\n')).not.toContain('secret');
    await ana.type('/help');
    expect(ana.last().text).toBe('ran help');
  });

  test('a first response whose receipt was lost is not a failure', async () => {
    await using stage = await openStage();
    const ana = await stage.person('Ana');
    const taken = stage.discord.interactions.callback.bind(stage.discord.interactions);
    let lost = 0;
    stage.discord.interactions.callback = (...args) => {
      taken(...args);
      lost += 1;
      if (lost === 1) stage.discord.interactions.callback = taken;
      throw new Error('receipt lost');
    };
    await ana.type('/help');
    expect(ana.last().text).toBe('ran help');
    expect(lost).toBe(1);
  });

  test('an answer that is too late is a fault of ours, and nothing is run', async () => {
    await using stage = await openStage();
    const ana = await stage.person('Ana');
    const interaction = ana.beginTyping('/help');
    stage.discord.world.advance(3001);
    expect(await stage.discord.interactions.firstResponse(interaction)).toBe(false);
    await stage.adapter.settled();
    expect(stage.faults().join('\n')).toMatch(/10062/u);
    expect(stage.router.ran).toHaveLength(0);
  });
});

test('many who ask at once are all answered, each for themselves', async () => {
  await using stage = await openStage({ crisis: { answer: (call) => say(`For ${call.user.id}.`) } });
  const people = await Promise.all(Array.from({ length: 150 }, (_, i) => stage.person(`Person ${i}`)));
  await Promise.all(people.map((person) => person.type('/crisis')));
  for (const person of people) expect(person.sees().map(({ text }) => text)).toEqual([`For ${person.id}.`]);
  expect(stage.faults()).toEqual([]);
});
