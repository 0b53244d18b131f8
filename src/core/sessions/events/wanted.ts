import { createHash } from 'node:crypto';
import type { NativeEvent } from '../../../chat/events.js';
import type { Cipher } from '../../../db/cipher.js';
import type { Occurrence, Session, SessionEvent, Space } from '../../../db/generated/client.js';
import type { TenantDb } from '../../../db/tenant.js';
import { type Words, wordsFor } from '../../../words/index.js';
import { shorten } from '../../../writing/shorten.js';
import { withoutLinks } from '../../feeds/sessions.js';
import { detailsOf } from '../details.js';
import { datesIn } from '../find.js';
import type { SessionPlace } from '../kinds.js';
import type { SessionDate } from '../occurrences.js';

/** A calendar takes nothing that begins before it is written down. */
const LEAST = 60_000;
const LONGEST = 24 * 3_600_000;
const AHEAD = 400 * 24 * 3_600_000;
const MOST = { title: 100, description: 1000, place: 100 };
const PLATFORMS = { discord: 'Discord', slack: 'Slack', playground: 'Homegroup playground' } as const;

/** What is to stand in the calendar now. */
export interface WantedEvent {
  /** Names the date. */
  readonly local: string;
  readonly event: NativeEvent;
}

const cut = (text: string, most: number) => shorten(text.trim(), most);

/** The same for what reads the same. */
export const digestOf = ({ title, description, startsAt, endsAt, where }: NativeEvent): Uint8Array<ArrayBuffer> =>
  new Uint8Array(
    createHash('sha256')
      .update(
        JSON.stringify([
          title,
          description ?? '',
          startsAt.getTime(),
          endsAt.getTime(),
          where.kind === 'words' ? ['', where.text] : [where.kind, where.channel],
        ]),
      )
      .digest(),
  );

export const isSame = (a: Uint8Array | null, b: Uint8Array): boolean => a !== null && Buffer.from(a).equals(b);

/** The one that goes on now and is shown already, else the next that is meant. */
async function dateOf(
  db: TenantDb,
  session: Session,
  shown: Pick<SessionEvent, 'ref' | 'local'>,
  now: Date,
): Promise<SessionDate<Occurrence> | undefined> {
  if (session.state !== 'active') return undefined;
  const dates = await datesIn(db, session, new Date(now.getTime() - LONGEST), new Date(now.getTime() + AHEAD));
  const isMeant = ({ row }: SessionDate<Occurrence>) => row?.state !== 'cancelled' && row?.state !== 'over';
  const isShown = ({ local }: SessionDate<Occurrence>) => shown.ref !== null && local === shown.local;
  const meant = dates.filter(isMeant);
  return (
    meant.find((date) => isShown(date) && date.startsAt.getTime() <= now.getTime() + LEAST && date.endsAt > now) ??
    meant.find(({ startsAt }) => startsAt.getTime() > now.getTime() + LEAST)
  );
}

type Placed = Session & { readonly space: Pick<Space, 'platform'> };

/** A channel only in the guild that has it. */
function whereOf(
  session: Placed,
  row: Occurrence | undefined,
  details: ReturnType<typeof detailsOf>,
  guild: Pick<Space, 'id'>,
  { t }: Pick<Words, 't'>,
): NativeEvent['where'] {
  const place = details.place ?? (session.place as SessionPlace);
  const channel = row?.channelId ?? session.channelId;
  const isHere = session.spaceId === guild.id;
  if ((place === 'voice' || place === 'stage') && isHere && channel !== null) return { kind: place, channel };
  const tells = place === 'person' && !session.isClosed && session.visibility === 'public';
  const address = tells ? withoutLinks(details.address) : undefined;
  if (address !== undefined) return { kind: 'words', text: cut(address, MOST.place) };
  const isNowhere = isHere || place === 'link' || place === 'person';
  const platform = PLATFORMS[session.space.platform];
  const text = isNowhere ? t(`session.places.${place}`) : t(`session.elsewhere.${place}`, { platform });
  return { kind: 'words', text: cut(text, MOST.place) };
}

/**
 * What a calendar says of the next date. Everybody in a guild reads it, and whoever is sent its invitation: of a closed session
 * neither its title nor what it is about; an address only of a public one; of none its link.
 * @param guild in whose calendar
 * @param language of its words
 */
export async function wantedOf(
  { db, cipher }: { readonly db: TenantDb; readonly cipher: Cipher },
  shown: Pick<SessionEvent, 'sessionId' | 'ref' | 'local'>,
  guild: Pick<Space, 'id'>,
  language: string,
  now: Date,
): Promise<WantedEvent | undefined> {
  const session = await db.session.findFirst({ where: { id: shown.sessionId }, include: { space: true } });
  const date = session && (await dateOf(db, session, shown, now));
  if (!session || !date) return undefined;
  const words = wordsFor(language);
  const { row, local, startsAt, endsAt } = date;
  const details = detailsOf(cipher, session, row);
  const description = session.isClosed ? undefined : withoutLinks(details.description);
  return {
    local,
    event: {
      title: cut(session.isClosed ? words.t('feed.discreet') : details.title, MOST.title),
      ...(description !== undefined && { description: cut(description, MOST.description) }),
      startsAt,
      endsAt,
      where: whereOf(session, row, details, guild, words),
    },
  };
}
