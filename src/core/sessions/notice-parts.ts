import { tenantDb } from '../../db/tenant.js';
import type { Scope, World } from '../scope.js';
import { DATE_PARTS, type DateRow, endOf } from './date-row.js';
import { hold } from './replan.js';
import { type SessionView, viewDates } from './view.js';

type Tx = Parameters<Parameters<World['prisma']['$transaction']>[0]>[0];

/** One answer with its date; undefined when it is gone. */
export async function rsvpOf({ db }: Pick<Scope, 'db'>, id: string) {
  const rsvp = await db.rsvp.findFirst({ where: { id } });
  const date = rsvp && (await dateOfId({ db }, rsvp.occurrenceId));
  return rsvp && date ? { rsvp, date } : undefined;
}

/** One question to somebody who may chair, with its date; undefined when it is gone, as when the date was moved. */
export async function askOf({ db }: Pick<Scope, 'db'>, id: string) {
  const ask = await db.chairAsk.findFirst({ where: { id } });
  const date = ask && (await dateOfId({ db }, ask.occurrenceId));
  return ask && date && ask.startsAt.getTime() === date.startsAt.getTime() ? { ask, date } : undefined;
}

export const dateOfId = ({ db }: Pick<Scope, 'db'>, id: string): Promise<DateRow | null> =>
  db.occurrence.findFirst({ where: { id }, include: DATE_PARTS });

/** What everybody in the channel may see of a date, and where its card is. */
export interface DateCard {
  readonly view: SessionView;
  /** Of the channel: the session's, else the community's. */
  readonly language: string;
  /** IANA. */
  readonly zone: string;
  /** The platform's id. */
  readonly space: string;
  /** The platform's id of the channel where it is now. */
  readonly channel: string | null;
  /** It has not begun, and it is meant to. */
  readonly isAhead: boolean;
}

/** @returns undefined when the date is gone */
export async function dateCardOf(world: World, communityId: string, id: string, now: Date): Promise<DateCard | undefined> {
  const db = tenantDb(world.prisma, communityId);
  const row = await dateOfId({ db }, id);
  if (!row) return undefined;
  const { session, rsvps: _, asks: __, ...date } = row;
  const shown = { local: row.local, startsAt: row.startsAt, endsAt: endOf(row), row: date };
  const [view] = await viewDates({ db, cipher: world.cipher }, session.space.platform, [{ session, date: shown }]);
  const { language } = await db.community.findUniqueOrThrow({ where: { id: communityId }, select: { language: true } });
  if (!view) return undefined;
  return {
    view: row.state === 'planned' && now >= endOf(row) ? { ...view, state: 'over' } : view,
    language: session.language ?? language,
    zone: row.community.zone,
    space: session.space.externalId,
    channel: row.channelId ?? session.channelId,
    isAhead: row.state === 'planned' && now < row.startsAt,
  };
}

/** The message that is the card in a channel, once it was sent: the platform's id of it. */
export async function sentRef({ prisma }: World, once: string): Promise<string | undefined> {
  const found = await prisma.delivery.findUnique({ where: { once }, select: { ref: true } });
  return found?.ref ?? undefined;
}

/** Whoever has a stake in these dates: who comes, may come or waits, and who chairs. By the id of the date. */
export async function concernedBy(ids: readonly string[], tx: Tx) {
  const rows = await tx.occurrence.findMany({ where: { id: { in: [...ids] } }, include: DATE_PARTS });
  return new Map(
    rows.map((row) => {
      const chair = row.chairId ?? row.session.chairId;
      const members = row.rsvps.filter(({ state }) => state !== 'no' && state !== 'lapsed').map(({ memberId }) => memberId);
      return [row.id, { startsAt: row.startsAt, members: [...new Set([...members, ...(chair === null ? [] : [chair])])] }];
    }),
  );
}

/** An offer could not be told to anybody: it goes on to the next at once. */
export async function passOver(tx: Tx, communityId: string, rsvpId: string, now: Date): Promise<void> {
  const db = tenantDb(tx, communityId);
  const rsvp = await db.rsvp.findFirst({ where: { id: rsvpId } });
  if (!rsvp) return;
  await hold(db, rsvp.occurrenceId, now);
  await db.rsvp.updateMany({ where: { id: rsvpId, state: 'offered' }, data: { state: 'lapsed' } });
}

/** Somebody who was asked to chair cannot be reached: they are not waited for. */
export async function notReached(tx: Tx, communityId: string, askId: string, now: Date): Promise<void> {
  const db = tenantDb(tx, communityId);
  const ask = await db.chairAsk.findFirst({ where: { id: askId } });
  if (!ask) return;
  await hold(db, ask.occurrenceId, now);
  await db.chairAsk.updateMany({ where: { id: askId, said: null }, data: { said: 'unreached' } });
}
