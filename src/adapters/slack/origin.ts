import { z } from 'zod';
import { LIMITS } from './limits.js';

/** Where something was said, and so where its answer goes. Holds ids and an address of Slack's, nothing that anybody wrote. */
const schema = z.object({
  channel: z.string().optional(),
  /** Slack's `response_url`: five answers in thirty minutes. */
  url: z.string().optional(),
  /** The message that carries what was pressed; absent where only one person sees it, because that one has no address. */
  message: z.string().optional(),
  /** What was pressed stands in a message, which an edit can replace. */
  card: z.literal(true).optional(),
  /** Pressed in App Home, which is no channel. */
  home: z.literal(true).optional(),
});

export type Origin = Readonly<z.infer<typeof schema>>;

/** For the `private_metadata` of a form, so that its answer finds the way back after a restart too. */
export function writeOrigin(origin: Origin): string {
  const text = JSON.stringify(origin);
  return text.length <= LIMITS.privateMetadata ? text : JSON.stringify({ channel: origin.channel });
}

/** An origin without anything in it where the text is not ours: then only a direct message is left. */
export function readOrigin(metadata: string): Origin {
  try {
    return schema.parse(JSON.parse(metadata));
  } catch {
    return {};
  }
}
