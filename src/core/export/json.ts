import { PERSONAL_TABLES } from '../privacy/tables.js';
import { LEFT_OUT, rowsOf } from './rows.js';
import { VERSION } from './schema.js';
import type { Export } from './whole.js';

/** Everything, for programs; `homegroup.schema.json` says what it is. */
export async function* jsonOf({ scope, who, agreed, ended }: Export): AsyncGenerator<string> {
  const head = { version: VERSION, madeAt: scope.now, zone: scope.member.zone, agreed, ended, leftOut: LEFT_OUT };
  yield `${JSON.stringify(head).slice(0, -1)},"tables":{`;
  for (const [i, name] of PERSONAL_TABLES.entries()) {
    yield `${i > 0 ? ',' : ''}\n"${name}":[`;
    let isFirst = true;
    for await (const row of rowsOf(scope, who, name)) {
      yield `${isFirst ? '' : ','}\n${JSON.stringify(row)}`;
      isFirst = false;
    }
    yield ']';
  }
  yield '}}\n';
}
