import type { Context } from 'hono';
import { z } from 'zod';

const short = z.string().min(1).max(200);
const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/u);
const act = z.string().regex(/^[A-Za-z0-9_.~-]{1,90}$/u);
const where = z.enum(['channel', 'direct', 'thread']);
const line = z.string().trim().min(1).max(4000);
const zone = z
  .string()
  .refine((name) => Intl.supportedValuesOf('timeZone').includes(name) || name === 'UTC', 'an IANA zone such as Europe/London');
const message = id.optional();
const year = 366 * 24 * 3600 * 1000;

/** What each act carries. Unknown properties are refused, because they are mistakes. */
export const bodies = {
  type: z.strictObject({ as: id, where, line }),
  press: z.strictObject({ as: id, id: act, message, where: where.optional() }),
  choose: z.strictObject({ as: id, id: act, message, where: where.optional(), values: z.array(short).min(1).max(100) }),
  submit: z.strictObject({
    as: id,
    form: act,
    input: z.record(z.string().max(100), z.union([z.string().max(10_000), z.array(short).max(100)])),
  }),
  dismiss: z.strictObject({ as: id }),
  complete: z.strictObject({ as: id, where, line: z.string().max(4000), param: z.string().max(100), typed: z.string().max(200) }),
  clock: z.union([
    z.strictObject({ advance: z.int().min(0).max(year) }),
    z.strictObject({ to: z.iso.datetime({ offset: true }) }),
  ]),
  persona: z.strictObject({
    id,
    name: z.string().trim().min(1).max(40).optional(),
    locale: z
      .string()
      .regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/u)
      .optional(),
    zone: zone.optional(),
    admin: z.boolean().optional(),
    roles: z.array(id).max(25).optional(),
    closedDirect: z.boolean().optional(),
  }),
};

/** Something that was asked wrongly, with the sentence that says so. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(
    message: string,
    readonly status: 400 | 404 | 409 = 400,
  ) {
    super(message);
  }
}

/** @throws {@link Refused} naming the first thing that is wrong, never what was sent. */
export async function read<S extends z.ZodType>(c: Context, schema: S): Promise<z.infer<S>> {
  const sent = await c.req.json().catch(() => {
    throw new Refused('That is not JSON.');
  });
  const result = schema.safeParse(sent);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = issue?.path.join('.') || 'The body';
  throw new Refused(`${place}: ${issue?.message ?? 'it has another shape than expected'}.`);
}
