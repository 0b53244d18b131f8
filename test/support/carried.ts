import { drawForm as drawDiscordForm } from '../../src/adapters/discord/form.js';
import { drawLayout } from '../../src/adapters/discord/layout.js';
import { drawPages } from '../../src/adapters/slack/draw.js';
import { drawForm as drawSlackForm } from '../../src/adapters/slack/form.js';
import { writeOrigin } from '../../src/adapters/slack/origin.js';
import type { First, Message } from '../../src/chat/index.js';
import { addressesIn, withoutAddresses } from './addresses.js';
import { carriedIn } from './canary.js';
import { SITE } from './site.js';

const LOOK = { prefix: '', groupName: (id: string) => id };
const ORIGIN = writeOrigin({ channel: 'C1', url: 'https://hooks.slack.example/actions/T1/1/2' });

/** The bodies that Slack and Discord would get of it. */
function bodiesOf(shown: First | Message): unknown[] {
  if ('blocks' in shown) return [drawPages(shown, LOOK), drawLayout(shown, new Map()).map(({ files: _, ...body }) => body)];
  return shown.first === 'form' ? [drawSlackForm(shown.form, ORIGIN, LOOK), drawDiscordForm(shown.form)] : [];
}

/** What platforms carry about with forms and messages as they are really drawn: metadata, ids, values; and every address in them. */
export function drawnFor(shown: readonly (First | Message)[]): { readonly carried: string[]; readonly addresses: string[] } {
  const bodies = shown.flatMap(bodiesOf);
  const text = JSON.stringify([shown, bodies], (_, value) => (value instanceof Uint8Array ? undefined : value));
  return { carried: [...carriedIn(bodies)].map(withoutAddresses), addresses: addressesIn(text, SITE) };
}
