import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { parseLine, type Router } from '../../chat/index.js';
import type { Acts } from './acts.js';
import { bodies, Refused, read } from './bodies.js';
import type { Enclosures } from './enclosures.js';
import { completePeople, menu } from './menu.js';
import type { Streams } from './streams.js';
import { pageWords } from './texts.js';
import type { Persona, View } from './wire.js';
import type { Population } from './world.js';

export interface Parts {
  readonly people: Population;
  readonly streams: Streams;
  readonly acts: Acts;
  readonly enclosures: Enclosures;
  /** @throws {@link Refused} before the bot has been started. */
  router(): Router;
}

/** Everything that the page asks of us. Each act is answered when its effects have been sent to the streams. */
export function api(parts: Parts): Hono {
  const { people, streams, acts, enclosures } = parts;
  const app = new Hono();
  const run = randomUUID();
  const done = (extra: object = {}) => ({ ok: true, at: streams.mark(), ...extra });
  const who = (id: string) => found(people, id);

  app.post('/type', async (c) => {
    const { as, where, line } = await read(c, bodies.type);
    const persona = who(as);
    if (line.startsWith('/')) {
      const said = parseLine(people.withMentions(line.slice(1)), parts.router().commands);
      await acts.say(parts.router(), persona, said, { where });
    } else acts.chat(persona, where, line);
    return c.json(done());
  });

  app.post('/press', async (c) => {
    const { as, id, message, where = 'channel' } = await read(c, bodies.press);
    await acts.say(parts.router(), who(as), { kind: 'press', id }, { where, ...(message && { message }) });
    return c.json(done());
  });

  app.post('/choose', async (c) => {
    const { as, id, message, values, where = 'channel' } = await read(c, bodies.choose);
    await acts.say(parts.router(), who(as), { kind: 'press', id, values }, { where, ...(message && { message }) });
    return c.json(done());
  });

  app.post('/submit', async (c) => {
    const { as, form, input } = await read(c, bodies.submit);
    const problems = await acts.submit(parts.router(), who(as), form, input);
    return c.json(done({ problems }));
  });

  app.post('/dismiss', async (c) => {
    acts.dismiss(who((await read(c, bodies.dismiss)).as).id);
    return c.json(done());
  });

  app.post('/complete', async (c) => {
    const { as, where, line, param, typed } = await read(c, bodies.complete);
    const router = parts.router();
    const said = parseLine(people.withMentions(line.replace(/^\//u, '')), router.commands);
    if (said.kind !== 'call') return c.json({ choices: [] });
    const kind = router.commands.find((command) => command.path.join(' ') === said.path.join(' '))?.params[param]?.kind;
    if (!kind) return c.json({ choices: [] });
    const choices =
      completePeople(people, kind, typed) ??
      (await router.suggest(acts.invocation(who(as), where, said), said.path, param, typed));
    return c.json({ choices });
  });

  app.post('/clock', async (c) => {
    const asked = await read(c, bodies.clock);
    if (!people.movable) throw new Refused('The clock of this playground stands with the real one and cannot be moved.', 409);
    const ms = 'advance' in asked ? asked.advance : Date.parse(asked.to) - people.now().getTime();
    if (ms < 0) throw new Refused('The clock only goes forward: what has happened cannot be undone by it.');
    await people.advance(ms);
    streams.tellAll('world', people.world());
    return c.json(done());
  });

  app.post('/persona', async (c) => {
    const { id, ...given } = await read(c, bodies.persona);
    const before = people.find(id);
    people.put({ ...newcomer, ...before, id, name: before?.name ?? id, ...defined(given) });
    streams.tellAll('world', people.world());
    if (!before) streams.tell('view', { for: id, view: acts.view(who(id)) });
    return c.json(done());
  });

  app.get('/menu', (c) => c.json(menu(parts.router(), c.req.query('language') ?? 'en')));
  app.get('/words', (c) => c.json(pageWords()));

  app.get('/files/:token', (c) => {
    const file = enclosures.find(c.req.param('token'), c.req.query('as') ?? '');
    if (!file) throw new Refused('There is no such file.', 404);
    const shown = file.type.startsWith('image/') ? 'inline' : 'attachment';
    return c.body(new Uint8Array(file.bytes), 200, {
      'content-type': file.type,
      'content-disposition': `${shown}; filename="${file.name}"`,
      'cache-control': 'no-store',
    });
  });

  app.get('/stream', (c) => {
    const asked = c.req.queries('as');
    for (const id of asked ?? []) who(id);
    const as = asked && new Set(asked);
    const views = people.all
      .filter(({ id }) => !as || as.has(id))
      .map((persona): [string, View] => [persona.id, acts.view(persona)]);
    const hello = { run, world: people.world(), views: Object.fromEntries(views) };
    return streamSSE(c, (stream) => streams.hold(stream, as, hello));
  });

  app.onError((error) => {
    if (error instanceof Refused) return Response.json({ error: error.message }, { status: error.status });
    throw error;
  });
  return app;
}

const newcomer: Omit<Persona, 'id' | 'name'> = { locale: 'en', zone: 'UTC', admin: false, roles: [], closedDirect: false };

function found(people: Population, id: string): Persona {
  const persona = people.find(id);
  if (!persona) throw new Refused('Nobody with that name is here.', 404);
  return persona;
}

const defined = <T extends object>(given: T) =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
