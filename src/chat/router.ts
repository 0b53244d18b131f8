import { randomBytes } from 'node:crypto';
import { errorFields } from '../log/errors.js';
import { type Words, wordsFor } from '../words/index.js';
import type { Invocation, Router } from './adapter.js';
import { problemsWith, stepOf, stepsOf } from './ask.js';
import { type AnyCommand, type Ctx, pathName } from './command.js';
import { draftToken, isDraftToken, makeDrafts } from './drafts.js';
import { Later, Unavailable, UserError } from './errors.js';
import { makeFirst } from './first.js';
import { type Heard, makeHearing } from './hear.js';
import type { Id } from './ids.js';
import type { Input, Message, Reply } from './message.js';
import { NOTHING_KNOWN, type Param } from './param.js';
import type { Capabilities } from './platform.js';
import * as refuse from './refuse.js';
import type { RouterDeps } from './router-deps.js';
import { type Keep, seal, withoutKept } from './seal.js';
import { makeSoFar } from './so-far.js';

export function makeRouter<C extends Ctx>(deps: RouterDeps<C>): Router {
  const { hear, named } = makeHearing(deps.commands);
  const drafts = makeDrafts();
  deps.forgetting?.(drafts.forgetAll);
  const localeOf = (call: Invocation) => call.user.locale ?? deps.languageOf?.(call);
  const { plan, check } = makeFirst(hear, drafts, localeOf);
  const { recall, remembered, known, draftKnown } = makeSoFar(drafts, (token) => deps.find(token));

  /** A draft is taken while it is tried, so that two taps do not save it twice, and is there again when that failed. */
  async function once<T>(id: Id | undefined, call: Invocation, input: Input, work: () => Promise<T>): Promise<T> {
    if (!id || !isDraftToken(id.token)) return work();
    const known = draftKnown(id, call, input);
    drafts.forget(id.token);
    try {
      return await work();
    } catch (error) {
      drafts.keep(call, known, id.token);
      throw error;
    }
  }

  /** Runs, or says what is still missing or wrong. */
  async function answer(heard: Heard, call: Invocation, context: C, input: Input, can: Capabilities): Promise<Reply> {
    const { command, id } = heard;
    const step = id?.mode === 'm' ? id.n : undefined;
    const params = Object.entries(command.params) as [string, Param][];
    const asked = step === undefined ? params : stepOf(command, step, can.formFields);
    const found = problemsWith(context, command, asked, input);
    if (found.length > 0) {
      const draft = drafts.keep(call, draftKnown(id, call, input), draftToken(id?.token));
      return refuse.problems(context, command, found, input, draft, step ?? 0);
    }
    if (step !== undefined && step + 1 < stepsOf(command, can.formFields))
      return nextStep(context, command, input, step + 1, stepsOf(command, can.formFields));
    const args = Object.fromEntries(params.map(([name, param]) => [name, param.schema.parse(input[name])]));
    return once(id, call, input, async () => {
      if (command.counts) await deps.spend?.(command.counts, context);
      return command.run(args, context);
    });
  }

  async function run(call: Invocation, can: Capabilities): Promise<Message> {
    const base = {
      platform: call.platform,
      locale: localeOf(call) ?? 'en',
      now: deps.now(),
      user: call.user,
      ...(call.space && { space: call.space }),
      ...(call.channel && { channel: call.channel }),
      commands: deps.commands,
      can,
    };
    let words = wordsFor(localeOf(call));
    const heard = hear(call);
    const attempt = heard?.id && isDraftToken(heard.id.token) ? heard.id.token : draftToken(heard?.id?.token);
    const stateless = { commands: deps.commands, keep: async () => [] };
    if (!heard) return seal(notUnderstood(words, call), stateless);
    let input = remembered(heard, call, can);
    let entered: C | undefined;
    try {
      if (!heard.command.neverHeldBack) await deps.admit?.(call);
      const kept = await recall(heard);
      const context = await deps.enter(call, heard.command, { ...base, attempt }, kept);
      words = context;
      entered = context;
      if (!deps.allows(heard.command, context))
        return await seal(refuse.notAllowed(words, heard.command, sent(heard, call, input)), stateless);
      input = known(heard, call, kept, can);
      return await finish(await answer(heard, call, context, input, can), context, call, heard);
    } catch (error) {
      const erased = (await wasErased(error, entered, call)) && refuse.userError(words, new UserError('chat.errors.erased'));
      return seal(erased || refusal(error, words, heard, call, input, attempt), stateless);
    }
  }

  /** Nothing that they typed is kept, then. */
  async function wasErased(error: unknown, context: C | undefined, call: Invocation): Promise<boolean> {
    if (!context || deps.isUnavailable(error)) return false;
    const erased = (await deps.isErased?.(context).catch(() => false)) === true;
    if (erased) drafts.forgetAll(call.platform, call.user.id);
    return erased;
  }

  async function keep(taps: readonly Keep[], context: C, call: Invocation): Promise<readonly string[]> {
    const tokens = await deps.keep(taps, context);
    for (const [i, { input, form }] of taps.entries()) {
      const token = tokens[i];
      if (form && token !== undefined) drafts.remember(call, token, { input, ...form });
    }
    return tokens;
  }

  /** What was done is done: when the database goes away now, the answer still comes, without the buttons that need it. */
  async function finish(reply: Reply, context: C, call: Invocation, { command, id }: Heard): Promise<Message> {
    const alone = command.reply === 'private' && id?.mode !== 'e';
    const greeting = await deps.greet(context, { command, alone }).catch(() => undefined);
    const whole = greeting ? { ...reply, blocks: [...reply.blocks, ...greeting] } : reply;
    const sealer = { commands: deps.commands, keep: (taps: readonly Keep[]) => keep(taps, context, call) };
    try {
      return await seal(whole, sealer);
    } catch (error) {
      if (!deps.isUnavailable(error)) throw error;
      return seal(withoutKept(whole), sealer);
    }
  }

  function refusal(error: unknown, words: Words, heard: Heard, call: Invocation, input: Input, attempt: string): Reply {
    const { command, id } = heard;
    const draft = () => draftOf(id, call, input, attempt);
    if (error instanceof Later) return refuse.later(words, { command, input, draft: draft() }, error.at, call.user.zone);
    if (error instanceof UserError)
      // What the form was for has ended: it would be opened for nothing.
      return refuse.userError(words, error, sent(heard, call, input, error.key === 'chat.errors.unknownTap' ? undefined : draft));
    if (error instanceof Unavailable || deps.isUnavailable(error))
      return refuse.unavailable(words, { command, input, draft: draft() });
    const reference = randomBytes(4).toString('hex');
    deps.log.error({ reference, command: pathName(command.path), ...errorFields(error) }, 'A command failed.');
    return refuse.unexpected(words, reference, sent(heard, call, input, draft));
  }

  /** What came in a form, also when it is tried again; nothing where there was none. */
  function sent({ command, id }: Heard, call: Invocation, input: Input, draft?: () => string | undefined) {
    const isForm = id && (id.mode === 'm' || drafts.find(call, id.token) !== undefined);
    return isForm ? { command, input, draft: draft?.() } : undefined;
  }

  /** What "Try again" stands on. A button that stands on what is kept in the database is still there to be pressed. */
  function draftOf(id: Id | undefined, call: Invocation, input: Input, attempt: string): string | undefined {
    const tried = !id || id.mode === 'm' ? attempt : drafts.find(call, id.token) && id.token;
    return tried && drafts.keep(call, draftKnown(id, call, input), tried);
  }

  function notUnderstood(words: Words, { said }: Invocation): Reply {
    if (said.kind === 'press' || said.kind === 'submit') return refuse.unknownTap(words);
    return refuse.lost(words, deps.commands, said.kind === 'lost' ? said.root : said.path[0]);
  }

  async function suggest(call: Invocation, path: readonly [string, string?], param: string, typed: string) {
    const asked: Param | undefined = named(path)?.params[param];
    const known = deps.known?.(call) ?? NOTHING_KNOWN;
    return (await asked?.suggest?.(typed, wordsFor(localeOf(call)).language, known)) ?? [];
  }

  return { commands: deps.commands, plan, check, run, suggest };
}

function nextStep(words: Words, command: AnyCommand, input: Input, step: number, steps: number): Reply {
  const text = words.t('chat.form.step', { step, steps });
  return {
    summary: text,
    blocks: [
      { kind: 'text', text },
      {
        kind: 'buttons',
        buttons: [
          { label: words.t('chat.form.continue'), style: 'primary', act: { path: command.path, input, does: 'form', step } },
        ],
      },
    ],
  };
}
