import { CHANNEL, type Clock, makePlayground, SPACE } from '../../../src/adapters/playground/index.js';
import type { Adapter } from '../../../src/chat/index.js';
import { makeServer } from '../../../src/http/server.js';
import { silentLog } from '../log.js';
import type { Stage } from '../stage.js';
import { type Do, makePerson } from './person.js';
import { Screen } from './screen.js';

/** The playground behind its real server, played over HTTP and event streams, one stream for each person. */
export async function makePlaygroundStage(options: { clock?: Clock } = {}): Promise<Stage> {
  const log = silentLog();
  const playground = makePlayground({ log, ...options });
  const server = makeServer({ host: '127.0.0.1', port: 0, log });
  server.route('/playground', playground.app);
  const { url } = await server.start();
  const base = `${url}/playground`;
  const screens: Screen[] = [];
  const bodies: string[] = [];

  const act: Do = async (name, body) => {
    const sent = JSON.stringify(body);
    const response = await fetch(`${base}/api/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: sent,
    });
    const text = await response.text();
    bodies.push(sent, text);
    if (!response.ok) throw new Error(`${name} was refused with ${response.status}: ${text}`);
    const answer = JSON.parse(text) as { at?: number };
    if (answer.at !== undefined) await Promise.all(screens.map((screen) => screen.caughtUp(answer.at as number)));
    return answer as Readonly<Record<string, unknown>>;
  };

  const open = async (src: string): Promise<Uint8Array> => {
    const response = await fetch(`${base}/${src}`);
    if (!response.ok) throw new Error(`A file was refused with ${response.status}.`);
    return new Uint8Array(await response.arrayBuffer());
  };

  const adapter: Adapter = {
    ...playground,
    async send(to, message, once) {
      const sent = await playground.send(to, message, once);
      const moderates = ({ persona, world }: Screen) => world?.personas.find(({ id }) => id === persona)?.admin ?? false;
      const readers = screens.filter(
        (screen) => to.kind === 'channel' || to.user === screen.persona || (to.kind === 'thread' && moderates(screen)),
      );
      if (sent.ok) await Promise.all(readers.map((screen) => screen.shows(sent.ref)));
      return sent;
    },
    async edit(ref, to, message) {
      const readers = screens.flatMap((screen) => {
        const before = screen.messages.get(ref)?.changed;
        return before === undefined ? [] : [{ screen, before }];
      });
      const sent = await playground.edit(ref, to, message);
      if (sent.ok) await Promise.all(readers.map(({ screen, before }) => screen.shows(ref, before)));
      return sent;
    },
    remover: {
      async remove(ref) {
        const said = await playground.remover.remove(ref);
        await Promise.all(screens.map((screen) => screen.loses(ref)));
        return said;
      },
    },
  };

  return {
    platform: 'playground',
    adapter,
    space: SPACE.id,
    channel: CHANNEL.id,
    open: (router) => playground.start(router),
    async close() {
      for (const screen of screens) screen.close();
      await playground.stop();
      await server.stop();
    },
    async person(name, as = {}) {
      const id = name.toLowerCase().replaceAll(/[^a-z0-9_-]+/gu, '-');
      const { admin = false, roles = [], locale = 'en', zone = 'UTC', closedDirect = false } = as;
      await act('persona', { id, name, admin, roles, locale, zone, closedDirect });
      const screen = new Screen(id);
      await screen.open(base);
      screens.push(screen);
      return makePerson(name, screen, act, open);
    },
    faults: () => screens.flatMap((screen) => screen.faults),
    wire: () => [...bodies, ...screens.flatMap((screen) => screen.raw)],
  };
}
