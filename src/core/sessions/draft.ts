import { z } from 'zod';
import type { Session } from '../../db/generated/client.js';
import { accountOf } from '../members/behind.js';
import type { PlatformName } from '../names.js';
import type { Scope } from '../scope.js';
import { openDetails } from './details.js';
import { SESSION_FORMATS, SESSION_PLACES, SESSION_VISIBILITIES } from './kinds.js';

export const draftSchema = z.object({
  /** Of the session that it will be, or that is edited: saving the same one again does nothing. */
  id: z.uuid(),
  isNew: z.boolean(),
  title: z.string(),
  description: z.string().optional(),
  format: z.enum(SESSION_FORMATS),
  formatName: z.string().optional(),
  /** As it was said, to be changed once more; absent where it is as before. */
  when: z.string().optional(),
  times: z.object({ rrule: z.string().nullable(), start: z.string(), time: z.string() }),
  zone: z.string(),
  minutes: z.int(),
  /** As it was said. */
  where: z.string().optional(),
  place: z.enum(SESSION_PLACES),
  channelId: z.string().optional(),
  link: z.string().optional(),
  address: z.string().optional(),
  capacity: z.int().optional(),
  language: z.string().optional(),
  isClosed: z.boolean(),
  visibility: z.enum(SESSION_VISIBILITIES),
  /** Accounts on the platform where it is said. */
  chair: z.string().optional(),
  coChair: z.string().optional(),
  backups: z.array(z.string()),
});

/** A session as somebody wants it, before it is saved. */
export type SessionDraft = z.infer<typeof draftSchema>;

/** What is said of the place, so that it can be changed. */
const whereWords = ({ link, address }: { link?: string | undefined; address?: string | undefined }) => link ?? address;

/** A session as it is, to be changed. */
export async function draftOfSession({ db, cipher }: Scope, session: Session, platform: PlatformName): Promise<SessionDraft> {
  const { title, description, format: formatName, link, address } = openDetails(cipher, session);
  const backups = await db.sessionBackup.findMany({ where: { sessionId: session.id }, orderBy: { position: 'asc' } });
  const account = async (id: string | null) => (id === null ? undefined : accountOf(db, id, platform));
  const [chair, coChair, ...others] = await Promise.all(
    [session.chairId, session.coChairId, ...backups.map(({ memberId }) => memberId)].map(account),
  );
  const { id, rrule, start, time, zone, minutes, channelId, capacity, language, isClosed } = session;
  return draftSchema.parse({
    id,
    isNew: false,
    title,
    description,
    format: session.format,
    formatName,
    times: { rrule, start, time },
    zone,
    minutes,
    where: whereWords({ link, address }),
    place: session.place,
    channelId: channelId ?? undefined,
    link,
    address,
    capacity: capacity ?? undefined,
    language: language ?? undefined,
    isClosed,
    visibility: session.visibility,
    chair,
    coChair,
    backups: others.filter((one) => one !== undefined),
  });
}
