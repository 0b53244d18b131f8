/**
 * node accept.mjs <ignored> <url> <key> <space> <account>
 * As it was built, like a process that serves. Opens the database, says `ready`, waits for a line, and then has every offer to the account answered with yes, all at
 * once. Says `came` with what came of each.
 */
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [, url, key, space, account] = process.argv.slice(2);
const built = path.resolve(import.meta.dirname, '../../../../dist');
const load = (file) => import(pathToFileURL(path.join(built, file)).href);
const [{ openDatabase }, { makeCipher }, { parseKeys }, { makePlaces }, { enter }, { answerOffer, myOffers }] = await Promise.all(
  [
    ...['src/db/open.js', 'src/db/cipher.js', 'src/db/keys.js', 'src/core/communities/places.js'],
    ...['src/core/members/enter.js', 'src/core/pairing/answer.js'],
  ].map(load),
);
const silent = { info() {}, warn() {}, error() {} };
const say = (line) => writeSync(1, `${line}\n`);

const { prisma, close } = await openDatabase({ url }, silent);
const world = { prisma, cipher: makeCipher(parseKeys(key)), places: makePlaces() };
const scope = await enter(world, { platform: 'slack', userId: account, space: { id: space } }, new Date());
const offers = await myOffers(scope);
say('ready');
process.stdin.resume();
await once(process.stdin, 'data');
const came = await Promise.all(
  offers.map(({ id }) =>
    answerOffer(scope, id, 'yes').then(
      (answered) => answered.came,
      (error) => error.key ?? String(error),
    ),
  ),
);
say(`came ${JSON.stringify(came)}`);
await close();
process.exit(0);
