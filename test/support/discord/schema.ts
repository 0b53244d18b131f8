import {
  ApplicationCommandAutocompleteCallbackRequestSchema,
  ApplicationCommandUpdateRequestSchema,
  CreateMessageInteractionCallbackRequestSchema,
  CreatePrivateChannelRequestSchema,
  CreateTextThreadWithoutMessageRequestSchema,
  ExternalScheduledEventCreateRequestSchema,
  ExternalScheduledEventPatchRequestPartialSchema,
  IncomingWebhookRequestPartialSchema,
  IncomingWebhookUpdateRequestPartialSchema,
  MessageCreateRequestSchema,
  MessageEditRequestPartialSchema,
  ModalInteractionCallbackRequestSchema,
  StageScheduledEventCreateRequestSchema,
  StageScheduledEventPatchRequestPartialSchema,
  UpdateMessageInteractionCallbackRequestSchema,
  UpdateThreadRequestPartialSchema,
  UpdateVoiceStateRequestPartialSchema,
  VoiceScheduledEventCreateRequestSchema,
  VoiceScheduledEventPatchRequestPartialSchema,
} from 'discord-api-spec/zod';
import { invalidForm } from './refusal.js';

/** The part of a zod schema's definition that says which properties there may be. */
interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly innerType?: Schema;
  readonly element?: Schema;
  readonly options?: readonly Schema[];
  readonly left?: Schema;
  readonly right?: Schema;
  readonly valueType?: Schema;
  getter?(): Schema;
}

export interface Schema {
  readonly _zod: { readonly def: Definition };
  safeParse(value: unknown): { success: boolean; error?: { issues: readonly Issue[] } };
}

interface Issue {
  readonly code: string;
  readonly message: string;
  readonly path: readonly PropertyKey[];
  readonly errors?: readonly (readonly Issue[])[];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Paths of properties that the schema does not know. The generated schemas let them pass; Discord's own are the measure here. */
function strangers(schema: Schema, value: unknown, path: string): string[] {
  const { def } = schema._zod;
  if (value === null || value === undefined) return [];
  if (def.getter) return strangers(def.getter(), value, path);
  if (def.innerType) return strangers(def.innerType, value, path);
  if (def.element && Array.isArray(value))
    return value.flatMap((item, i) => strangers(def.element as Schema, item, `${path}[${i}]`));
  if (def.options) return strangersOfUnion(def.options, value, path);
  if (def.valueType && isRecord(value))
    return Object.entries(value).flatMap(([key, inner]) => strangers(def.valueType as Schema, inner, `${path}.${key}`));
  if (!def.shape || !isRecord(value)) return [];
  const { shape } = def;
  return Object.entries(value).flatMap(([key, inner]) => {
    const known = shape[key];
    return known ? strangers(known, inner, `${path}.${key}`) : [`${path}.${key}: unknown property`];
  });
}

function strangersOfUnion(options: readonly Schema[], value: unknown, path: string): string[] {
  const fitting = options.filter((option) => option.safeParse(value).success);
  const found = fitting.map((option) => strangers(option, value, path)).sort((a, b) => a.length - b.length);
  return found[0] ?? [];
}

/** The deepest problem of the alternative that fits best says the most. */
function explain(issue: Issue): string {
  const at = issue.path.map(String).join('.');
  const inner = issue.errors?.map((issues) => issues.map(explain)).sort((a, b) => a.length - b.length)[0];
  return inner ? `${at}: ${inner.join('; ')}` : `${at}: ${issue.message}`;
}

const schemas = {
  message: MessageCreateRequestSchema,
  change: MessageEditRequestPartialSchema,
  thread: CreateTextThreadWithoutMessageRequestSchema,
  threadEdit: UpdateThreadRequestPartialSchema,
  direct: CreatePrivateChannelRequestSchema,
  reply: CreateMessageInteractionCallbackRequestSchema,
  update: UpdateMessageInteractionCallbackRequestSchema,
  choices: ApplicationCommandAutocompleteCallbackRequestSchema,
  modal: ModalInteractionCallbackRequestSchema,
  edit: IncomingWebhookUpdateRequestPartialSchema,
  follow: IncomingWebhookRequestPartialSchema,
  command: ApplicationCommandUpdateRequestSchema,
  externalEvent: ExternalScheduledEventCreateRequestSchema,
  voiceEvent: VoiceScheduledEventCreateRequestSchema,
  stageEvent: StageScheduledEventCreateRequestSchema,
  externalEventEdit: ExternalScheduledEventPatchRequestPartialSchema,
  voiceEventEdit: VoiceScheduledEventPatchRequestPartialSchema,
  stageEventEdit: StageScheduledEventPatchRequestPartialSchema,
  voiceState: UpdateVoiceStateRequestPartialSchema,
} as const;

export type BodyKind = keyof typeof schemas;

/** @throws Refusal 50035 naming what does not fit */
export function mustFit(kind: BodyKind, value: unknown): void {
  const schema = schemas[kind];
  const result = schema.safeParse(value);
  if (!result.success) throw invalidForm((result.error?.issues ?? []).map(explain));
  const unknown = strangers(schema, value, 'body');
  if (unknown.length > 0) throw invalidForm(unknown);
}
