import { z } from 'zod';
import { type Column, type Impersonal, sealedIn } from '../core/privacy/declare.js';
import { type AnyPersonal, TABLES } from '../core/privacy/tables.js';
import { EXACT, RETENTION, RETENTION_NAMES, STAYS } from '../core/retention/kinds.js';
import { Prisma } from '../db/generated/client.js';
import { schema } from '../db/schema.js';
import { SEALED_PLACES } from '../db/sealed.js';

type Table = Prisma.ModelName;

const HEAD = `# Every field that is kept

Made by \`homegroup fields > docs/fields.md\` from the schema and from what each folder says of its tables; a test fails when a column is
missing here. What it is for, who can see it and what is not protected: [privacy.md](privacy.md). Every table but \`EncryptionKey\`,
\`Pace\` and \`Uptime\` also has \`communityId\`, and every row an id that says nothing.

"Sealed" is encrypted with AES-256-GCM, bound to its row ([decision](decisions/encryption.md)).
`;

const MEANS: Readonly<Record<Extract<Column, string>, string>> = {
  mine: 'about the member',
  self: 'leads to the member',
  other: 'leads to somebody else; not in the export',
  either: 'leads to the one or the other of two',
  named: 'leads to the member until they are erased',
};

/** A table in Markdown has one line a row. */
const cell = (text: string) => text.replaceAll('|', String.raw`\|`);

function whose(declared: AnyPersonal | Impersonal, column: string): string {
  if ('because' in declared) return 'of nobody';
  const said = declared.columns[column] as Column | undefined;
  if (said === undefined) return '';
  if (typeof said === 'string') return MEANS[said];
  if ('sealed' in said) return MEANS.mine;
  return 'kept' in said ? `about the member; not in the export: ${said.kept}` : said.not;
}

/** What the JSON in a sealed column holds, as the export tells it. */
function keysIn(declared: AnyPersonal | Impersonal, column: string): string {
  const holds = 'because' in declared ? undefined : sealedIn(declared.columns[column]);
  const keys = Object.keys((holds && z.toJSONSchema(holds).properties) ?? {});
  return keys.length === 0 ? '' : `: ${keys.map((key) => `\`${key}\``).join(', ')}`;
}

/** For how long rows of a table are kept. */
function howLong(table: Table): string {
  const name = RETENTION_NAMES.find((one) => RETENTION[one].tables.includes(table));
  if (name) {
    const { least, usual, most } = RETENTION[name].days;
    return `${usual} days, or what the community chose from ${least} to ${most} (\`${name}\`)`;
  }
  return { ...EXACT, ...STAYS }[table as keyof typeof EXACT | keyof typeof STAYS];
}

function section(table: Table): string {
  const declared = TABLES[table] as AnyPersonal | Impersonal;
  const comments = new Map(
    schema()
      .columns(table)
      .map(({ name, says }) => [name, says]),
  );
  const columns = Object.keys(Prisma[`${table}ScalarFieldEnum`]).filter((name) => name !== 'id' && name !== 'communityId');
  const sealed: readonly string[] = SEALED_PLACES;
  const rows = columns.map((column) => {
    const isSealed = sealed.includes(`${table}.${column}`);
    return `| \`${column}\` | ${cell(comments.get(column) ?? '')} | ${cell(whose(declared, column))} | ${isSealed ? `sealed${keysIn(declared, column)}` : ''} |`;
  });
  const because = 'because' in declared ? `In no row anything about a member: ${declared.because}. ` : '';
  return `## ${table}\n\n${because}Kept: ${howLong(table)}.\n\n| column | what | whose | |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}

/** Every column of every table: what it is, whose, whether it is sealed, and how long it is kept. */
export function fieldsPage(): string {
  return [HEAD, ...Object.values(Prisma.ModelName).toSorted().map(section)].join('\n');
}
