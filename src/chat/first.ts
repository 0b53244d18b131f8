import { wordsFor } from '../words/index.js';
import type { First, Invocation, Router } from './adapter.js';
import { formOf, problemsWith, stepOf, stepsOf } from './ask.js';
import type { Drafts } from './drafts.js';
import type { Problem } from './form.js';
import { asksFirst, type Hearing } from './hear.js';
import { codeOf, writeId } from './ids.js';
import type { Capabilities } from './platform.js';

/**
 * What is answered at once: an acknowledgement or a form, and what is wrong with a form that was sent. Decided without I/O, because
 * platforms wait for it three seconds at most.
 */
export function makeFirst(
  hear: Hearing['hear'],
  drafts: Drafts,
  localeOf: (call: Invocation) => string | undefined,
): Pick<Router, 'plan' | 'check'> {
  function plan(call: Invocation, can: Capabilities): First {
    const heard = hear(call);
    if (!heard) return { first: 'ack', show: 'private' };
    const { command, input, id } = heard;
    const words = wordsFor(localeOf(call));
    if (!asksFirst(heard)) {
      const show = id?.mode === 'e' ? 'edit' : command.reply;
      const text = command.meanwhile && show === 'private' && words.t(command.meanwhile);
      return { first: 'ack', show, ...(text && { meanwhile: { summary: text, blocks: [{ kind: 'text', text }] } }) };
    }
    const step = id?.n ?? 0;
    const known = id && drafts.recall(call, id.token);
    const given = known?.input ?? input;
    const mustRemember = !id && stepsOf(command, can.formFields) > 1 && Object.keys(input).length > 0;
    const token = mustRemember ? drafts.keep(call, { input }) : (id?.token ?? '');
    return {
      first: 'form',
      form: formOf(
        words,
        command,
        writeId({ code: codeOf(command.path), mode: 'm', n: step, token }),
        step,
        can.formFields,
        given,
        known?.asks,
      ),
    };
  }

  function check(call: Invocation, can: Capabilities): readonly Problem[] {
    const heard = hear(call);
    if (heard?.id?.mode !== 'm') return [];
    return problemsWith(wordsFor(localeOf(call)), heard.command, stepOf(heard.command, heard.id.n, can.formFields), heard.input);
  }

  return { plan, check };
}
