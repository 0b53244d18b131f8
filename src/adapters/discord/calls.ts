import { setTimeout as wait } from 'node:timers/promises';
import {
  type APIMessage,
  type APIModalInteractionResponseCallbackData,
  InteractionResponseType,
  MessageFlags,
  type REST,
  RESTJSONErrorCodes,
  Routes,
} from 'discord.js';
import type { Body, Drawn } from './body.js';
import type { Act, Asking } from './receive.js';
import { isPassing, troubleOf } from './trouble.js';

/** Milliseconds between attempts to show an answer that Discord could not take at first. */
export const PATIENCE: readonly number[] = [500, 2000, 5000, 15_000];

/** Tries again what failed in passing. Rejects with the last error. */
export async function persist<T>(attempt: () => Promise<T>, patience: readonly number[]): Promise<T> {
  for (const pause of patience) {
    try {
      return await attempt();
    } catch (error) {
      const trouble = troubleOf(error);
      if (!isPassing(trouble)) throw error;
      await wait(Math.max(pause, trouble.after ?? 0), undefined, { ref: false });
    }
  }
  return attempt();
}

/** Files travel beside the body. */
function apart({ files, ...body }: Drawn): { body: Body; files?: NonNullable<Drawn['files']> } {
  return files ? { body, files } : { body };
}

/** What Discord lets one do with an interaction, with nothing decided. Bodies are sent exactly as they are drawn. */
export function interactionCalls(rest: REST, appId: string, raw: Act | Asking) {
  const callback = Routes.interactionCallback(raw.id, raw.token);
  const original = Routes.webhookMessage(appId, raw.token);

  /** An answer that got through although its receipt was lost is an answer. */
  async function first(body: object): Promise<void> {
    try {
      await rest.post(callback, { body, auth: false });
    } catch (error) {
      if (troubleOf(error).code !== RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged) throw error;
    }
  }

  return {
    defer: (isPrivate: boolean) =>
      first({
        type: InteractionResponseType.DeferredChannelMessageWithSource,
        data: isPrivate ? { flags: MessageFlags.Ephemeral } : {},
      }),
    deferEdit: () => first({ type: InteractionResponseType.DeferredMessageUpdate }),
    showForm: (data: APIModalInteractionResponseCallbackData) => first({ type: InteractionResponseType.Modal, data }),
    complete: (choices: readonly { name: string; value: string }[]) =>
      first({ type: InteractionResponseType.ApplicationCommandAutocompleteResult, data: { choices } }),
    edit: async (drawn: Drawn): Promise<void> => {
      await rest.patch(original, { ...apart(drawn), auth: false });
    },
    remove: async (): Promise<void> => {
      await rest.delete(original, { auth: false });
    },
    follow: async (drawn: Drawn, isPrivate: boolean): Promise<void> => {
      const { body, ...files } = apart(drawn);
      const flags = (body.flags ?? 0) | (isPrivate ? MessageFlags.Ephemeral : 0);
      await rest.post(Routes.webhook(appId, raw.token), { body: { ...body, flags }, ...files, auth: false });
    },
  };
}

export type InteractionCalls = ReturnType<typeof interactionCalls>;
export const isEphemeral = (message: APIMessage | undefined): boolean => ((message?.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
export const isLayout = (message: APIMessage | undefined): boolean => ((message?.flags ?? 0) & MessageFlags.IsComponentsV2) !== 0;
