import { codeOf, readId } from '../../src/chat/ids.js';
import type { AnyCommand, First, Input, Message } from '../../src/chat/index.js';
import type { Cipher } from '../../src/db/cipher.js';
import type { Prisma } from '../../src/db/generated/client.js';
import { columnOf, SEALED_PLACES, type SealedPlace, sealedAt } from '../../src/db/sealed.js';
import type { Actor, Direct, Said } from './direct.js';
import { SITE } from './site.js';

/** A row that was written. */
export interface Row {
  readonly table: string;
  readonly row: Readonly<Record<string, unknown>> & { readonly id: string; readonly communityId: string };
}

/** Every row that this transaction wrote, of our tables and the queue's. */
export async function fresh(tx: Prisma.TransactionClient): Promise<Row[]> {
  const touched = await tx.$queryRaw<{ schema: string; name: string }[]>`
    SELECT schemaname AS "schema", relname AS "name" FROM pg_stat_xact_user_tables WHERE n_tup_ins + n_tup_upd > 0`;
  const found: Row[] = [];
  for (const { schema, name } of touched) {
    const some = await tx.$queryRawUnsafe<{ row: Row['row'] }[]>(
      `SELECT to_jsonb(t) AS row FROM "${schema}"."${name}" t WHERE xmin::text::bigint >= pg_current_xact_id()::text::bigint`,
    );
    for (const { row } of some) found.push({ table: name, row });
  }
  return found;
}

/** What is sealed in a row, opened. */
export const opened = (cipher: Cipher, { table, row }: Row): { readonly at: SealedPlace; readonly text: string }[] =>
  SEALED_PLACES.filter((at) => columnOf(at).table === table).flatMap((at) => {
    const value = row[columnOf(at).column];
    if (typeof value !== 'string') return [];
    return [{ at, text: cipher.open(Buffer.from(value.slice(2), 'hex'), sealedAt(at, row)) }];
  });

/** Ids, values and addresses: what a platform or a proxy sees and keeps. */
export function* carried(value: unknown, within = ''): Iterable<string> {
  if (Array.isArray(value)) for (const one of value) yield* carried(one, within);
  else if (typeof value === 'object' && value !== null && !(value instanceof Uint8Array))
    for (const [name, one] of Object.entries(value)) {
      if (typeof one === 'string' && (['act', 'id'].includes(name) || (name === 'value' && within === 'options'))) yield one;
      else if (name === 'link' && String(one).startsWith(SITE)) yield String(one);
      else yield* carried(one, name);
    }
}

/** Its form as somebody gets it who said all but one thing that has to be said, with what they said in it. */
export const halfSaid = (direct: Direct, actor: Actor, { path, hidden }: AnyCommand, input: Input): First[] =>
  hidden
    ? []
    : Object.keys(input).map((left) => {
        const { [left]: _, ...rest } = input;
        return direct.plan(actor, { kind: 'call', path, input: rest });
      });

/** Says it, and goes on by what is offered first: the next step of its form, then the yes. */
export async function sayThrough(
  direct: Direct,
  actor: Actor,
  command: AnyCommand,
  said: Said,
  input: Input,
): Promise<readonly (First | Message)[]> {
  const shown: (First | Message)[] = [direct.plan(actor, said)];
  const say = async (one: Said) => {
    const message = await direct.run(actor, one);
    shown.push(message);
    return message;
  };
  let message = await say(said);
  for (let taps = 0; taps < 4; taps += 1) {
    const buttons = message.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));
    const next = buttons.find(({ style }) => style === 'primary') ?? buttons.find(({ style }) => style === 'danger');
    const id = next && readId(next.act);
    if (!id || (id.mode === 'f' && (id.code !== codeOf(command.path) || id.n === 0))) break;
    const press: Said = { kind: 'press', id: next.act };
    const first = direct.plan(actor, press);
    shown.push(first);
    message = await say(first.first === 'form' ? { kind: 'submit', id: first.form.id, input } : press);
  }
  return shown;
}
