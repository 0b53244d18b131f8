import { type AnyCommand, pathName } from './command.js';
import { codeOf, type Id, writeId } from './ids.js';
import type { Block, Input, Message, Path, Reply, Tap } from './message.js';

/** A tap with something to remember. `private`: only the reader of the message may press it. */
export interface Keep {
  readonly path: Path;
  readonly input: Input;
  readonly private: boolean;
  /** It opens a form, which may show what is known already, under these labels. */
  readonly form?: { readonly asks?: Readonly<Record<string, string>> };
}

/** The same, found again by its token. */
export interface Kept {
  /** Dotted. */
  readonly path: string;
  readonly input: Input;
  readonly community: string;
  /** The member who may press; undefined: anyone in the community. */
  readonly reader?: string;
}

export interface Sealer {
  readonly commands: readonly AnyCommand[];
  /** Writes them where they outlive the process and gives a token for each, in order. */
  keep(taps: readonly Keep[]): Promise<readonly string[]>;
}

const MODES = { reply: 'r', edit: 'e', form: 'f' } as const;

function tapsOf(reply: Reply): { tap: Tap; param?: string }[] {
  return reply.blocks.flatMap((block) => {
    if (block.kind === 'buttons') return block.buttons.map((button) => ({ tap: button.act }));
    if (block.kind === 'select') return [{ tap: block.act, param: block.param }];
    return [];
  });
}

const isDraft = (input: Input | undefined): input is { readonly '~': string } => typeof input?.['~'] === 'string';
const worthKeeping = (tap: Tap) => !isDraft(tap.input) && Object.values(tap.input ?? {}).some((value) => value !== undefined);

const toKeep = ({ path, input = {}, by, does, asks }: Tap): Keep => ({
  path,
  input,
  private: by !== 'anyone',
  ...(does === 'form' && { form: asks ? { asks } : {} }),
});

/** Refers to something held in memory for a short while, such as what was typed into a form that could not be saved. */
export const draftInput = (token: string): Input => ({ '~': token });

/** The reply without the buttons that would have to be remembered. */
export const withoutKept = (reply: Reply): Reply => ({
  ...reply,
  blocks: reply.blocks.flatMap((block): Block<Tap>[] => {
    if (block.kind === 'select') return worthKeeping(block.act) ? [] : [block];
    if (block.kind !== 'buttons') return [block];
    const buttons = block.buttons.filter((button) => !worthKeeping(button.act));
    return buttons.length > 0 ? [{ ...block, buttons }] : [];
  }),
});

/** Replaces every tap by an opaque id. Taps without input need nothing kept, so they work without a database. */
export async function seal(reply: Reply, sealer: Sealer): Promise<Message> {
  const taps = tapsOf(reply);
  const kept = taps.filter(({ tap }) => worthKeeping(tap));
  const tokens = kept.length > 0 ? await sealer.keep(kept.map(({ tap }) => toKeep(tap))) : [];
  const tokenOf = new Map(kept.map(({ tap }, i) => [tap, tokens[i] ?? '']));

  function idOf(tap: Tap, param?: string): string {
    const command = sealer.commands.find((known) => pathName(known.path) === pathName(tap.path));
    if (!command) throw new Error(`A button calls ${pathName(tap.path)}, which is no command.`);
    const mode: Id['mode'] = MODES[tap.does ?? 'reply'];
    const n = param === undefined ? (tap.step ?? 0) : Object.keys(command.params).indexOf(param) + 1;
    if (param !== undefined && n === 0) throw new Error(`A select fills ${param}, which ${pathName(tap.path)} does not have.`);
    return writeId({ code: codeOf(tap.path), mode, n, token: isDraft(tap.input) ? tap.input['~'] : (tokenOf.get(tap) ?? '') });
  }

  const blocks = reply.blocks.map((block): Block<string> => {
    if (block.kind === 'buttons')
      return { ...block, buttons: block.buttons.map((button) => ({ ...button, act: idOf(button.act) })) };
    if (block.kind === 'select') return { ...block, act: idOf(block.act, block.param) };
    return block;
  });
  return { ...reply, blocks };
}
