/** Who may import whom. The picture is in docs/architecture.md. */

const OPERATOR = '^src/operator\\.ts$';
/** The log knows nothing of ours, and everybody may speak to it. */
const LOG = '^src/log/';

/** The files in `from` import each other and what is allowed, nothing else of ours. */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: '^(src|commands)/', pathNot: [from, LOG, ...allowed] },
});

/** Vendors' packages are known in one place, so that another vendor means changing one place. */
const sdk = (name, packages, home) => ({
  name: `${name}-in-one-folder`,
  comment: `${packages} is known in ${home} only.`,
  severity: 'error',
  from: { path: '^(src|commands)/', pathNot: home },
  to: { path: `node_modules/(${packages})(/|$)` },
});

const adapter = (name) =>
  only(
    `adapter-${name}`,
    `^src/adapters/${name}/`,
    ['^src/chat/', '^src/words/', '^src/root\\.ts$', OPERATOR],
    'An adapter knows the chat language, not the core, the database or another adapter.',
  );

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.d\\.ts$', '^src/db/generated/', '^src/adapters/playground/page/'] },
      to: {},
    },
    {
      name: 'declared',
      comment: 'Only packages that package.json names.',
      severity: 'error',
      from: { path: '^(src|commands)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'] },
    },
    only(
      'chat',
      '^src/chat/',
      ['^src/words/', '^src/time/', '^src/writing/'],
      'The chat language knows words, writing and time, no domain and no platform.',
    ),
    only('log', '^src/log/', ['^src/root\\.ts$', OPERATOR], 'The log knows nobody.'),
    only('words', '^src/words/', ['^src/root\\.ts$'], 'Words know nothing but their files.'),
    only('time', '^src/time/', [], 'Time knows nothing.'),
    only('writing', '^src/writing/', [], 'What is looked at in free text is a text.'),
    only(
      'core',
      '^src/core/',
      ['^src/db/', '^src/chat/(errors|events|rooms|membership|remover)\\.ts$', '^src/words/', '^src/time/', '^src/writing/'],
      'The domain knows the database, its own errors and what a calendar, rooms, the membership and the remover of a platform can do, no platform.',
    ),
    only('db', '^src/db/', ['^src/root\\.ts$', OPERATOR], 'The database knows nobody.'),
    only('http', '^src/http/', [OPERATOR], 'The server knows nobody.'),
    only(
      'commands',
      '^commands/',
      ['^src/chat/', '^src/core/', '^src/words/', '^src/pictures/', '^src/cards/'],
      'Commands join the chat language with the core.',
    ),
    only('pictures', '^src/pictures/', ['^src/time/', '^src/words/'], 'A picture is drawn from plain data.'),
    only(
      'cards',
      '^src/cards/',
      ['^src/chat/', '^src/core/', '^src/words/', '^src/calendar/'],
      'What commands and notices draw alike, from what the core tells.',
    ),
    only('calendar', '^src/calendar/', ['^src/time/'], 'A calendar is written from plain data.'),
    only(
      'schedule',
      '^src/schedule/',
      ['^src/chat/', '^src/core/', '^src/db/', '^src/clock\\.ts$'],
      'The engine knows kinds of work, not what they say nor how a platform is spoken to.',
    ),
    only(
      'notices',
      '^src/notices/',
      ['^src/chat/', '^src/core/', '^src/words/', '^src/time/', '^src/schedule/kinds\\.ts$', '^src/cards/'],
      'What is said unasked joins the chat language with the core, as commands do.',
    ),
    ...['discord', 'slack', 'playground'].map(adapter),
    sdk('discord.js', 'discord\\.js|@discordjs|discord-api-types', '^src/adapters/discord/'),
    sdk('bolt', '@slack', '^src/adapters/slack/'),
    sdk('prisma', '@prisma|pg|@electric-sql', '^src/db/'),
    sdk('hono', 'hono|@hono', '^src/(http|adapters/playground)/'),
    sdk('queue', 'pg-boss|node-cron', '^src/schedule/'),
    sdk('highs', 'highs', '^src/core/pairing/queue/solver\\.ts$'),
    sdk('ical-generator', 'ical-generator', '^src/calendar/'),
    sdk('chrono', 'chrono-node', '^src/chat/when(?:-spanish)?\\.ts'),
    sdk('messageformat', 'intl-messageformat', '^src/words/'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^src/db/generated/', '^dist/', '^locales/'] },
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
