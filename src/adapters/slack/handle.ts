import { randomBytes } from 'node:crypto';
import type { App, webApi } from '@slack/bolt';
import { LRUCache } from 'lru-cache';
import {
  type Capabilities,
  type First,
  type Form,
  type Invocation,
  type Message,
  meanwhile,
  type Router,
} from '../../chat/index.js';
import type { Told } from '../../log/log.js';
import { wordsFor } from '../../words/index.js';
import { slackFields } from './errors.js';
import { drawForm, fieldErrors, GROUPS_ACTION, option, type ViewState } from './form.js';
import type { SlackMembership } from './membership.js';
import { writeOrigin } from './origin.js';
import { patiently } from './patience.js';
import type { People } from './people.js';
import { type Received, readCommand, readHome, readPress, readSubmission, refreshed } from './receive.js';
import type { Replies } from './reply.js';
import type { Look } from './text.js';
import type { Work } from './work.js';

export interface Hands {
  readonly client: webApi.WebClient;
  readonly router: Router;
  readonly can: Capabilities;
  readonly people: People;
  readonly replies: Replies;
  readonly look: Look;
  readonly log: Told;
  readonly work: Work;
  readonly membership: SlackMembership;
}

type Ack = () => Promise<void>;

/** Said when the answer itself could not be made or shown, in the reader's language. */
function sorry(call: Invocation, reference: string): Message {
  const text = wordsFor(call.user.locale).t('chat.errors.unexpected', { reference });
  return { summary: text, blocks: [{ kind: 'text', text }] };
}

/**
 * Registers everything that Slack can send us.
 * @returns puts a page without anything of theirs in the place of somebody's App Home
 */
export function handle(app: App, hands: Hands): (user: string, team: string) => void {
  const { client, router, can, people, replies, look, log, work, membership } = hands;
  /** Slack sends again what it thinks we missed; a trigger is one act of one person and is done once. */
  const done = new LRUCache<string, true>({ max: 20_000, ttl: 60 * 60_000 });

  function firstTime(trigger: string): boolean {
    if (done.has(trigger)) return false;
    done.set(trigger, true);
    return true;
  }

  /** Goes on after the acknowledgement. Whatever happens, the person sees something and the process lives. */
  function later({ call, origin }: Received, act: () => Promise<void>): void {
    work.add(async () => {
      try {
        await act();
      } catch (error) {
        const reference = randomBytes(4).toString('hex');
        log.error(
          { ...slackFields(error), reference },
          'Something that a person did on Slack could not be answered as it should.',
        );
        await replies.deliver(sorry(call, reference), 'private', origin, call.user.id);
      }
    });
  }

  async function publishHome(user: string, team: string): Promise<void> {
    if (!router.commands.some(({ path }) => path[0] === 'home')) return;
    const call = await refreshed(readHome(user, team, people), people);
    await replies.publish(await router.run(call, can), user);
  }

  async function run({ call, origin }: Received, { show, meanwhile: wait }: Extract<First, { first: 'ack' }>): Promise<void> {
    const work = router.run(await refreshed(call, people), can);
    const message = wait ? await meanwhile(work, () => replies.deliver(wait, show, origin, call.user.id)) : await work;
    await replies.deliver(message, show, origin, call.user.id);
    const shownThere = show === 'edit' && !message.aside;
    if (origin.home && !shownThere) await publishHome(call.user.id, call.space?.id ?? '');
  }

  async function openForm(form: Form, trigger_id: string, { origin }: Received): Promise<void> {
    const view = drawForm(form, writeOrigin(origin), look);
    await patiently(() => client.views.open({ trigger_id, view }), 2);
  }

  /** The one first response, decided without I/O; then the work. A form leaves at once, because its trigger lives three seconds. */
  async function answer(received: Received, trigger: string, ack: Ack): Promise<void> {
    if (!firstTime(trigger)) return ack();
    let act: () => Promise<void>;
    try {
      const first = router.plan(received.call, can);
      act = first.first === 'form' ? () => openForm(first.form, trigger, received) : () => run(received, first);
    } catch (error) {
      act = () => Promise.reject(error);
    }
    later(received, act);
    await ack();
  }

  /** A check that fails lets the form through: what runs after it says what is wrong. */
  function refused({ call }: Received, state: ViewState): Readonly<Record<string, string>> {
    try {
      return fieldErrors(router.check(call, can), state);
    } catch (error) {
      log.error(slackFields(error), 'The check of a form failed.');
      return {};
    }
  }

  app.command(/^\//u, ({ body, ack }) =>
    work.add(() => answer(readCommand(body, router.commands, look.prefix, people), body.trigger_id, ack)),
  );

  app.action({ type: 'block_actions' }, ({ body, ack }) =>
    work.add(async () => {
      const received = body.type === 'block_actions' ? readPress(body, people) : undefined;
      if (!received || !('trigger_id' in body)) return ack();
      await answer(received, String(body.trigger_id), ack);
    }),
  );

  app.view({ type: 'view_submission' }, ({ body, ack }) =>
    work.add(async () => {
      if (body.type !== 'view_submission') return ack();
      const received = readSubmission(body, people);
      const errors = refused(received, body.view.state as unknown as ViewState);
      if (Object.keys(errors).length > 0) return ack({ response_action: 'errors', errors });
      await answer(received, body.trigger_id, ack);
    }),
  );

  app.options(GROUPS_ACTION, ({ payload, ack }) =>
    work.add(async () => {
      const found = await people.groups(payload.value ?? '').catch(() => []);
      await ack({ options: found.map(option) });
    }),
  );

  app.event('app_home_opened', async ({ event, body }) => {
    if (event.tab === 'home') await work.add(() => publishHome(event.user, body.team_id));
  });

  app.event('app_uninstalled', async ({ body }) => {
    log.warn({}, 'The app was removed from the workspace. Nothing can be sent there until it is installed again.');
    membership.hear({ space: body.team_id, isThere: false });
  });

  app.error(async (error) => {
    log.error(slackFields(error.original ?? error), 'An error in the handling of something that Slack sent.');
  });

  async function emptyHome(user: string, team: string): Promise<void> {
    if (!router.commands.some(({ path }) => path[0] === 'home' && path[1] === 'gone')) return;
    const call = await refreshed(readHome(user, team, people, ['home', 'gone']), people);
    const message = await router.run(call, can);
    // Who left the workspace has no page any more.
    await replies.publish(message, user).catch((error: unknown) => log.info(slackFields(error), 'A page was not emptied.'));
    people.forget(user);
  }
  return (user, team) => work.add(() => emptyHome(user, team));
}
