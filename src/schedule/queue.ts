import { type Db, fromPrisma, type JobInsert, PgBoss } from 'pg-boss';
import type { Platform } from '../chat/index.js';
import type { Database } from '../db/open.js';
import { errorFields } from '../log/errors.js';
import type { Told } from '../log/log.js';
import type { Tx } from './kinds.js';

/** A job and the attempt for which we have it: a later attempt is not ours. */
export interface Job {
  /** Also the id of its delivery. */
  readonly id: string;
  readonly retryCount: number;
}

interface Queued {
  readonly id: string;
  readonly platform: Platform;
  readonly rank: number;
}

/** What the queue keeps of a job that it has given up. */
export interface GivenUp {
  readonly copy: string;
  readonly deliveryId: string;
}

/** The durable queue: one lane a platform, so that a slow one holds nobody else up. Jobs hold an id and nothing else. */
export interface Queue {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Where the job exists already, nothing happens. Inside a transaction pass it, always. */
  add(deliveries: readonly Queued[], tx?: Tx): Promise<void>;
  /** Jobs whose time has come, the smallest ranks first. @param early also those that wait for another try */
  take(lane: Platform, limit: number, early: boolean): Promise<readonly Job[]>;
  done(lane: Platform, jobs: readonly Job[]): Promise<void>;
  /** Again later. @param after milliseconds; without it, longer each time, with jitter */
  again(lane: Platform, job: Job, after?: number): Promise<void>;
  /** We are still at it: until {@link CLAIM} from now nobody else takes them. */
  hold(lane: Platform, jobs: readonly Job[]): Promise<void>;
  /** Gives back at once what was taken and not done. Only for those that no living process has. */
  release(lane: Platform, ids: readonly string[]): Promise<void>;
  /** Jobs that the queue has given up, e.g. because each process that took them died; until they are forgotten. */
  givenUp(): Promise<readonly GivenUp[]>;
  forget(jobs: readonly GivenUp[]): Promise<void>;
}

/** Milliseconds after which a job is taken from a process that fell silent; the queue looks every {@link LOOK}. */
export const CLAIM = 15_000;
const LOOK = 5_000;

const seconds = (ms: number) => Math.ceil(ms / 1000);
const laneName = (platform: Platform) => `deliver-${platform}`;
const GIVEN_UP = 'given-up';
const PLATFORMS: readonly Platform[] = ['discord', 'slack', 'playground'];

/** How a job is kept. Messages that fail by their own fault are given up long before these limits, by us. */
const KEPT = {
  retryLimit: 200,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 300,
  expireInSeconds: 600,
  heartbeatSeconds: seconds(CLAIM),
  retentionSeconds: 60 * 24 * 60 * 60,
  deadLetter: GIVEN_UP,
};

/** Through our own pool: on the embedded database a statement beside it would land in somebody's open transaction. */
function through({ pool }: Database): Db {
  return {
    async executeSql(text, values) {
      const client = await pool.connect();
      try {
        return await client.query(text, values);
      } catch (error) {
        // It sends whole transactions as one text; half of one must not stay open on a client that others get.
        await client.query('ROLLBACK').catch(() => undefined);
        throw error;
      } finally {
        client.release();
      }
    },
  };
}

export function makeQueue(database: Database, log: Told): Queue {
  const boss = new PgBoss({
    db: through(database),
    backend: database.kind === 'embedded' ? 'pglite' : 'postgres',
    schedule: false,
    registerInstance: false,
    monitorVacuum: false,
    superviseIntervalSeconds: seconds(LOOK),
    monitorIntervalSeconds: seconds(LOOK),
  });
  let ready = false;
  boss.on('error', (error) => log.warn(errorFields(error), 'The queue could not do its upkeep.'));

  async function prepare(): Promise<void> {
    await boss.createQueue(GIVEN_UP, { retryLimit: 0, retentionSeconds: KEPT.retentionSeconds });
    for (const platform of PLATFORMS) {
      await boss.createQueue(laneName(platform), KEPT);
      await boss.updateQueue(laneName(platform), KEPT);
      // It remembers the queue from now on, and need not ask for it beside an open transaction.
      await boss.insert(laneName(platform), []);
    }
  }

  async function insert(platform: Platform, deliveries: readonly Queued[], tx?: Tx): Promise<void> {
    const jobs = deliveries.filter((delivery) => delivery.platform === platform);
    if (jobs.length === 0) return;
    const inserts = jobs.map(({ id, rank }): JobInsert => ({ id, priority: -rank }));
    await boss.insert(laneName(platform), inserts, tx && { db: fromPrisma(tx) });
  }

  return {
    async start() {
      await boss.start();
      await prepare();
      ready = true;
    },
    stop: () => boss.stop({ graceful: false, close: false }),
    async add(deliveries, tx) {
      if (!ready) throw new Error('The queue has not started.');
      for (const platform of PLATFORMS) await insert(platform, deliveries, tx);
    },
    take: (lane, limit, early) => boss.fetch(laneName(lane), { batchSize: limit, ignoreStartAfter: early }),
    async done(lane, jobs) {
      if (jobs.length > 0) await boss.deleteJob(laneName(lane), [...jobs]);
    },
    async again(lane, job, after) {
      await boss.fail(laneName(lane), job);
      if (after !== undefined) {
        await boss.update(laneName(lane), undefined, { id: job.id, startAfter: seconds(after) });
      }
    },
    async hold(lane, jobs) {
      if (jobs.length > 0) await boss.touch(laneName(lane), [...jobs]);
    },
    async release(lane, ids) {
      if (ids.length === 0) return;
      await boss.cancel(laneName(lane), [...ids]);
      await boss.resume(laneName(lane), [...ids]);
    },
    async givenUp() {
      const copies = await boss.findJobs(GIVEN_UP);
      return copies.flatMap(({ id, sourceId }) => (sourceId ? [{ copy: id, deliveryId: sourceId }] : []));
    },
    async forget(jobs) {
      if (jobs.length === 0) return;
      await boss.deleteJob(
        GIVEN_UP,
        jobs.map(({ copy }) => copy),
      );
    },
  };
}
