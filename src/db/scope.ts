/** How one model is confined to one community. */
export interface Scope {
  readonly model: string;
  readonly communityId: string;
  /** The column that names the community: `communityId`, or `id` of the community itself. */
  readonly field: 'communityId' | 'id';
  readonly columns: ReadonlySet<string>;
}

type Fields = Readonly<Record<string, unknown>>;

export interface AnyArgs {
  readonly where?: Fields;
  readonly data?: Fields | readonly Fields[];
  readonly create?: Fields;
  readonly update?: Fields;
  readonly cursor?: unknown;
  readonly [other: string]: unknown;
}

/** Code tried to reach over the border of its community. A mistake of ours, never of a member. */
export class CrossesCommunity extends Error {
  override readonly name = 'CrossesCommunity';
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuseOther(given: unknown, { model, field, communityId }: Scope, place: string): void {
  if (given !== undefined && given !== communityId) {
    throw new CrossesCommunity(`${model}: ${field} in ${place} is not that of this handle's community.`);
  }
}

/** A compound unique key that holds communityId, such as `communityId_key`: it names this community and needs no more. */
function namesCommunity(where: Fields, scope: Scope): boolean {
  const names = Object.keys(where).filter((name) => name.startsWith('communityId_'));
  const keys = names.map((name) => where[name]).filter(isFields);
  for (const key of keys) refuseOther(key.communityId, scope, 'where');
  return keys.some((key) => key.communityId === scope.communityId);
}

function scopeWhere(where: Fields = {}, scope: Scope): Fields {
  const { field, communityId } = scope;
  refuseOther(where[field], scope, 'where');
  // Left as it is, so that Prisma can still send an upsert as the one statement ON CONFLICT DO UPDATE.
  if (namesCommunity(where, scope)) return where;
  return { ...where, [field]: communityId };
}

/** Columns only: what is written through a relation could belong to, or be taken from, another community. */
function refuseRelations(data: Fields, { model, columns }: Scope): void {
  const relation = Object.keys(data).find((key) => !columns.has(key));
  if (relation)
    throw new CrossesCommunity(`${model}: ${relation} is not a column. Write related rows by themselves, in a transaction.`);
}

function scopeNew(data: Fields, scope: Scope): Fields {
  if (scope.field === 'id') throw new CrossesCommunity("A community's handle cannot make a community.");
  refuseRelations(data, scope);
  refuseOther(data.communityId, scope, 'data');
  return { ...data, communityId: scope.communityId };
}

function scopeChange(data: Fields, scope: Scope): Fields {
  refuseRelations(data, scope);
  const given = data[scope.field];
  refuseOther(isFields(given) && 'set' in given ? given.set : given, scope, 'data');
  return data;
}

const each = (data: AnyArgs['data'], change: (one: Fields) => Fields) =>
  Array.isArray(data) ? data.map(change) : change((data ?? {}) as Fields);

type Confine = (args: AnyArgs, scope: Scope) => AnyArgs;

const read: Confine = (args, scope) => {
  if (args.cursor !== undefined)
    throw new CrossesCommunity(`${scope.model}: a cursor may stand in another community. Use where and orderBy.`);
  return { ...args, where: scopeWhere(args.where, scope) };
};
const make: Confine = (args, scope) => ({ ...args, data: each(args.data, (one) => scopeNew(one, scope)) });
const change: Confine = (args, scope) => ({
  ...args,
  where: scopeWhere(args.where, scope),
  data: each(args.data, (one) => scopeChange(one, scope)),
});
const remove: Confine = (args, scope) => ({ ...args, where: scopeWhere(args.where, scope) });
const upsert: Confine = (args, scope) => ({
  ...args,
  where: scopeWhere(args.where, scope),
  create: scopeNew(args.create ?? {}, scope),
  update: scopeChange(args.update ?? {}, scope),
});

/** Every operation that a model has; one that is not here, because Prisma is newer, is refused. */
const operations: ReadonlyMap<string, Confine> = new Map([
  ['findUnique', read],
  ['findUniqueOrThrow', read],
  ['findFirst', read],
  ['findFirstOrThrow', read],
  ['findMany', read],
  ['count', read],
  ['aggregate', read],
  ['groupBy', read],
  ['create', make],
  ['createMany', make],
  ['createManyAndReturn', make],
  ['update', change],
  ['updateMany', change],
  ['updateManyAndReturn', change],
  ['upsert', upsert],
  ['delete', remove],
  ['deleteMany', remove],
]);

/**
 * The same arguments, confined to the community.
 * @throws {@link CrossesCommunity}
 */
export function scopeArgs(operation: string, args: AnyArgs, scope: Scope): AnyArgs {
  const confine = operations.get(operation);
  if (!confine) throw new CrossesCommunity(`${scope.model}.${operation} is not known to be safe in a community's handle.`);
  return confine(args, scope);
}
