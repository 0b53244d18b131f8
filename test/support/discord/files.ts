import { invalidForm } from './refusal.js';
import { type Component, inside, type MessageBody } from './rules.js';
import type { StoredMessage, World } from './world.js';

/** A file as it was uploaded: `files[n]` of a multipart body. */
export interface Upload {
  readonly n: number;
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** A file as it hangs on a message. */
export interface Attached {
  readonly name: string;
  readonly type: string;
  readonly description: string;
  readonly bytes: Uint8Array;
}

/** All files of one request, in bytes. Source: "Uploading Files". */
const MOST = 10 * 1024 * 1024;
const GALLERY = 12;
const FILE = 13;

/**
 * Reads a multipart body: `payload_json` and `files[n]`, and nothing else.
 * @throws Refusal
 */
export async function readMultipart(type: string, bytes: Buffer): Promise<{ json: string; uploads: Upload[] }> {
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData();
  const uploads: Upload[] = [];
  let json = '';
  for (const [field, value] of form) {
    const n = /^files\[(\d+)\]$/u.exec(field)?.[1];
    if (field === 'payload_json' && typeof value === 'string') json = value;
    else if (n !== undefined && typeof value !== 'string')
      uploads.push({ n: Number(n), name: value.name, type: value.type, bytes: new Uint8Array(await value.arrayBuffer()) });
    else throw invalidForm([`${field}: is neither payload_json nor a file.`]);
  }
  if (uploads.reduce((sum, upload) => sum + upload.bytes.length, 0) > MOST) throw invalidForm(['files: larger than 10 MiB.']);
  return { json, uploads };
}

type Shows = Component & { file?: { url: string }; items?: { media: { url: string }; description?: string | null }[] };

/** The names that components of a message refer to. */
const shown = (components: readonly Component[]): string[] =>
  components.flatMap(inside).flatMap((component) => {
    const { type, file, items = [] } = component as Shows;
    const urls = type === FILE ? [file?.url ?? ''] : type === GALLERY ? items.map(({ media }) => media.url) : [];
    return urls.map((url) => (url.startsWith('attachment://') ? url.slice('attachment://'.length) : url));
  });

/**
 * The files that the message has from now on.
 * @throws Refusal when files, their descriptions and the components that show them do not fit together
 */
export function attach(world: World, message: Pick<StoredMessage, 'files'> | undefined, body: MessageBody, layout: boolean) {
  const uploads = world.uploads.get(body) ?? [];
  const described = body.attachments ?? [];
  const added = uploads.map((upload): Attached => {
    const about = described.find(({ id }) => String(id) === String(upload.n));
    if (about?.filename !== undefined && about.filename !== upload.name)
      throw invalidForm([`attachments: ${about.filename} is called ${upload.name} in its upload.`]);
    return { name: upload.name, type: upload.type, bytes: upload.bytes, description: about?.description ?? '' };
  });
  const strangers = described.filter(({ id }) => !uploads.some(({ n }) => String(n) === String(id)));
  if (strangers.length > 0) throw invalidForm(['attachments: names a file that was not uploaded.']);
  const kept = body.attachments === undefined || body.attachments === null ? (message?.files ?? []) : [];
  const files = [...kept, ...added];
  const names = shown(body.components ?? []);
  const missing = names.filter((name) => !files.some((file) => file.name === name));
  if (missing.length > 0) throw invalidForm([`components: attachment://${missing[0]} was not uploaded.`]);
  const unseen = added.filter(({ name }) => layout && !names.includes(name));
  if (unseen.length > 0) throw invalidForm([`files: ${unseen[0]?.name} is shown by no component.`]);
  return files;
}

/** Words for who does not see it: a gallery has its own, a file has those of its attachment. */
export function altOf(message: StoredMessage, name: string): string {
  const items = message.components.flatMap(inside).flatMap((component) => (component as Shows).items ?? []);
  const item = items.find(({ media }) => media.url === `attachment://${name}`);
  return item?.description ?? message.files.find((file) => file.name === name)?.description ?? '';
}
