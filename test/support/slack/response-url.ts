import { checkBlocks } from './blocks.js';
import type { Json, ResponseUrl, World } from './world.js';

const KNOWN = new Set([
  'text',
  'blocks',
  'response_type',
  'replace_original',
  'delete_original',
  'unfurl_links',
  'unfurl_media',
  'thread_ts',
  'mrkdwn',
  'parse',
]);
const USES = 5;
const LIVES_MS = 30 * 60_000;

/** What came to a `response_url`, answered as Slack does: 200, or 404 when it is used up or too old. */
export function answerResponse(
  world: World,
  url: ResponseUrl | undefined,
  body: Json,
  fault: (what: string) => void,
): { readonly status: number; readonly text: string } {
  if (!url) return { status: 404, text: 'no_such_url' };
  if (world.now() - url.at > LIVES_MS) return { status: 404, text: 'expired_url' };
  if (url.uses >= USES) return { status: 404, text: 'used_url' };
  const unknown = Object.keys(body).filter((name) => !KNOWN.has(name));
  const problems = [
    ...unknown.map((name) => `unknown argument: ${name}`),
    ...(body.blocks === undefined ? [] : checkBlocks(body.blocks, 'message')),
    ...(body.delete_original === true || (typeof body.text === 'string' && body.text !== '') ? [] : ['there is no text']),
    ...(body.response_type === undefined || ['ephemeral', 'in_channel'].includes(String(body.response_type))
      ? []
      : ['invalid response_type']),
    ...(body.replace_original === true && !url.message ? ['there is no message to replace'] : []),
    ...(body.delete_original === true && !url.message ? ['there is no message to delete'] : []),
  ];
  if (problems.length > 0) {
    fault(`response_url: ${problems.join('; ')}`);
    return { status: 400, text: 'invalid_payload' };
  }
  url.uses += 1;
  place(world, url, body);
  return { status: 200, text: 'ok' };
}

/** Without `response_type: in_channel` only the person who acted sees it. */
export function place(world: World, url: Pick<ResponseUrl, 'channel' | 'user' | 'message'>, body: Json): void {
  const content = { text: String(body.text ?? ''), blocks: (body.blocks ?? []) as Json[] };
  if (body.delete_original === true && url.message) url.message.gone = true;
  else if (body.replace_original === true && url.message) world.change(url.message, content);
  else world.post({ channel: url.channel, ...(body.response_type !== 'in_channel' && { onlyFor: url.user }), ...content });
}
