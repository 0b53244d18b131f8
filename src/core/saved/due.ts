import type { Cipher } from '../../db/cipher.js';
import type { Prisma } from '../../db/generated/client.js';
import { type Resealed, reseal } from '../../db/reseal.js';
import { dateOf, instant, quietOf } from '../checkins/schedules/kept.js';
import { maySpeak, nextLook } from '../daily/when.js';
import { platformsOf } from '../members/reach.js';
import { zoneOf } from '../members/zone.js';
import type { PlatformName } from '../names.js';
import { kindHourAfter } from '../pairing/rhythm-times.js';
import { openSaved, type SavedDetails, sealSaved } from './details.js';
import { askAt } from './times.js';

type Tx = Prisma.TransactionClient;

/** Milliseconds in which a reminder still comes at the time that was named. */
const ON_TIME = 30 * 60_000;

interface Due {
  readonly id: string;
  readonly subjectId: string;
  readonly dueAt: Date;
}

/** What became of a row of work: when it is looked at next, and to whom something is said now. */
export interface Spoken {
  readonly next: Date | null;
  readonly tell?: { readonly memberId: string; readonly platform: PlatformName; readonly key: string };
}

async function peopleOf(tx: Tx, ids: readonly string[]) {
  const [platforms, members] = await Promise.all([
    platformsOf(tx, ids),
    tx.member.findMany({ where: { id: { in: [...ids] } }, include: { community: { select: { zone: true } } } }),
  ]);
  return new Map(
    members.map((member) => [
      member.id,
      {
        place: { zone: zoneOf(member, member.community), quiet: quietOf(member) },
        platform: platforms.get(member.id),
        wantsAsks: member.asksAboutSaved,
      },
    ]),
  );
}

/**
 * Everything about which these members are to be asked by now becomes one question each; it is written down that they were asked, so
 * that nobody is asked again. By id of the work. @param tx over all communities
 */
export async function lookAtAsks(due: readonly Due[], tx: Tx, cipher: Cipher, now: Date): Promise<ReadonlyMap<string, Spoken>> {
  const ids = due.map(({ subjectId }) => subjectId);
  const people = await peopleOf(tx, ids);
  const rows = await tx.savedResource.findMany({ where: { memberId: { in: ids } } });
  const written: Resealed[] = [];
  const looked = due.map(({ id, subjectId, dueAt }): [string, Spoken] => {
    const person = people.get(subjectId);
    if (!person?.wantsAsks) return [id, { next: null }];
    const { place, platform } = person;
    if (!maySpeak(instant(dueAt), instant(now), place.zone, place.quiet))
      return [id, { next: dateOf(kindHourAfter(instant(now), place)) }];
    const later: number[] = [];
    let isAsked = false;
    for (const row of rows.filter(({ memberId }) => memberId === subjectId)) {
      const details = openSaved(cipher, row);
      const at = askAt(details, place);
      if (at === undefined) continue;
      if (at > now) {
        later.push(at.getTime());
        continue;
      }
      const { againAt: _, said: __, ...rest } = details;
      const after: SavedDetails = { ...rest, askedAt: now.toISOString() };
      written.push({ id: row.id, before: row.details, after: sealSaved(cipher, row.id, after) });
      isAsked = true;
    }
    const next = later.length === 0 ? null : new Date(Math.min(...later));
    const tell = isAsked && platform ? { memberId: subjectId, platform, key: String(now.getTime()) } : undefined;
    return [id, { next, ...(tell && { tell }) }];
  });
  // Its value was sealed anew beside this: all of it is undone, and looked at again in a moment.
  if ((await reseal(tx, 'SavedResource.details', written)) < written.length) throw new Error('What was saved changed meanwhile.');
  return new Map(looked);
}

/**
 * Whoever wanted to be reminded is, at their time; after a downtime, when they are awake again. By id of the work.
 * @param tx over all communities
 */
export async function lookAtReminders(
  due: readonly Due[],
  tx: Tx,
  cipher: Cipher,
  now: Date,
): Promise<ReadonlyMap<string, Spoken>> {
  const rows = await tx.savedResource.findMany({ where: { id: { in: due.map(({ subjectId }) => subjectId) } } });
  const people = await peopleOf(
    tx,
    rows.map(({ memberId }) => memberId),
  );
  const looked = due.map(({ id, subjectId }): [string, Spoken] => {
    const row = rows.find((one) => one.id === subjectId);
    const person = row && people.get(row.memberId);
    const remindAt = row && openSaved(cipher, row).remindAt;
    if (!row || !person?.platform || remindAt === undefined) return [id, { next: null }];
    const at = instant(new Date(remindAt));
    const { place, platform } = person;
    const isLate = now.getTime() - at.epochMilliseconds > ON_TIME;
    if (isLate && !maySpeak(at, instant(now), place.zone, place.quiet))
      return [id, { next: dateOf(nextLook(instant(now), place.zone, place.quiet)) }];
    return [id, { next: null, tell: { memberId: row.memberId, platform, key: remindAt } }];
  });
  return new Map(looked);
}
