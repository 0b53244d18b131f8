import type { Clock } from './clock.js';
import { linkWaits, type Taken, takeLink } from './core/export/link.js';
import { archiveOf } from './core/export/make.js';
import type { World } from './core/scope.js';
import { type ExportWords, makeExportPage } from './http/export.js';
import { errorFields } from './log/errors.js';
import type { Log } from './log/log.js';
import { tagOf } from './slip-site.js';
import { type Words, wordsFor } from './words/index.js';

const pageWords = ({ language, t }: Words): ExportWords => ({
  language,
  title: t('export.page.title'),
  once: t('export.page.once'),
  careful: t('export.careful'),
  fetch: t('export.page.fetch'),
  gone: t('export.page.gone'),
  busy: t('export.page.busy'),
  away: t('export.page.away'),
});

interface Site {
  readonly world: World;
  readonly clock: Clock;
  readonly log: Pick<Log, 'warn'>;
}

/**
 * The pieces of the archive, made while they are fetched. Not a generator: who goes before the first piece was asked for has not got it
 * either, and a generator that was not begun does not hear of its end.
 */
export function piecesOf({ scope, giveUp }: Taken, failed: (error: unknown) => void): AsyncIterable<Uint8Array> {
  const pieces = archiveOf(scope, wordsFor(scope.member.language ?? scope.community.language));
  const isOver: IteratorResult<Uint8Array> = { done: true, value: undefined };
  let isWhole = false;
  async function next(): Promise<IteratorResult<Uint8Array>> {
    try {
      const piece = await pieces.next();
      isWhole = piece.done === true;
      return piece;
    } catch (error) {
      await giveUp().catch(failed);
      throw error;
    }
  }
  async function stop(): Promise<IteratorResult<Uint8Array>> {
    if (!isWhole) await giveUp().catch(failed);
    await pieces.return(undefined).catch(failed);
    return isOver;
  }
  return { [Symbol.asyncIterator]: () => ({ next, return: stop }) };
}

/** Where members fetch an export by its link. */
export function exportSite({ world, clock, log }: Site) {
  const failed = (error: unknown) => log.warn(errorFields(error), 'An export could not be handed over.');
  return makeExportPage({
    words: (accept) => pageWords(wordsFor(tagOf(accept))),
    waits: (token) => linkWaits(world, token, clock.now()),
    async take(token) {
      const taken = await takeLink(world, token, clock.now());
      return taken && piecesOf(taken, failed);
    },
    failed,
  });
}
