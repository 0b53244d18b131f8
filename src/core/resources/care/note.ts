import type { Cipher } from '../../../db/cipher.js';
import type { SealedAt } from '../../../db/sealed.js';
import type { Scope } from '../../scope.js';
import { act, type Meanwhile } from './act.js';

/** Characters. */
export const MOST_NOTE = 500;

const binding = (id: string): SealedAt => `Resource.note:${id}`;

/** What facilitators say of a service to members who look at it; who wrote it is shown to nobody but facilitators. */
export const noteResource = (
  scope: Scope,
  which: { readonly id: string; readonly seen: number },
  text: string | undefined,
): Promise<Meanwhile> =>
  act(scope, which, 'noted', (tx, { id }) =>
    tx.resource.updateMany({
      where: { id },
      data: { note: text === undefined ? null : scope.cipher.seal(text, binding(id)) },
    }),
  );

export const openNote = (
  cipher: Cipher,
  { id, note }: { readonly id: string; readonly note: Uint8Array | null },
): string | undefined => (note === null ? undefined : cipher.open(note, binding(id)));
