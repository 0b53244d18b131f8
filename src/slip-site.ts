import type { World } from './core/scope.js';
import { verifySlip } from './core/slips/verify.js';
import { makeVerify, type VerifyWords } from './http/verify.js';
import { errorFields } from './log/errors.js';
import type { Log } from './log/log.js';
import { type Words, wordsFor } from './words/index.js';

/** The languages that a browser asks for, best first, read without their weights: browsers list them in order. */
export const tagOf = (accept: string | undefined) => accept?.split(/[,;]/u, 1)[0]?.trim();

/** A local date in words. */
export const dayInWords = (date: string, language: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(date));

const pageWords = ({ language, t }: Words): VerifyWords => ({
  language,
  title: t('slip.page.title'),
  invalid: t('slip.page.invalid'),
  busy: t('slip.page.busy'),
  away: t('slip.page.away'),
  valid: t('slip.page.valid'),
  compare: t('slip.page.compare'),
  claim: t('slip.page.claim'),
  name: t('slip.pdf.name'),
  group: t('slip.pdf.group'),
  check: t('slip.page.check'),
  how: t('slip.page.how'),
  date: t('slip.pdf.date'),
  duration: t('slip.pdf.duration'),
  match: t('slip.page.match'),
  noMatch: t('slip.page.noMatch'),
});

interface Site {
  readonly world: Pick<World, 'prisma' | 'cipher'>;
  readonly log: Pick<Log, 'warn'>;
}

/** Where anybody checks a slip of any community here. */
export const slipSite = ({ world, log }: Site) =>
  makeVerify({
    words: (accept) => pageWords(wordsFor(tagOf(accept))),
    async check(code, claim, { language }) {
      const found = await verifySlip(world, code, claim && { claim });
      if (!found) return undefined;
      const duration = wordsFor(language).t('slip.pdf.minutes', { count: found.minutes });
      return { ...found, date: dayInWords(found.date, language), duration };
    },
    failed: (error) => log.warn(errorFields(error), 'A slip could not be checked.'),
  });
