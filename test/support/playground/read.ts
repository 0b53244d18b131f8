import type { OpenForm, Persona, Shown, World } from '../../../src/adapters/playground/wire.js';
import type { Seen, SeenForm } from '../stage.js';

type Text = Shown['message']['blocks'][number] extends infer B ? (B extends { kind: 'text'; text: infer T } ? T : never) : never;
type Span = Exclude<Text, string>[number];

/** What a persona reads of a message, in words. */
export function seen(shown: Shown, reader: Persona, world: World): Seen {
  const { blocks, summary } = shown.message;
  const words = (text: Text) => (typeof text === 'string' ? text : text.map((span) => spanWords(span, reader, world)).join(''));
  const lines = blocks.flatMap((block) => {
    if (block.kind === 'heading') return [block.text];
    if (block.kind === 'text' || block.kind === 'note') return [words(block.text)];
    if (block.kind === 'facts') return block.facts.map(({ label, value }) => `${label}: ${words(value)}`);
    if (block.kind === 'list') return block.items.map(words);
    return [];
  });
  return {
    text: lines.join('\n'),
    buttons: blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons.map(({ label }) => label) : [])),
    options: blocks.flatMap((block) => (block.kind === 'select' ? block.options.map(({ label }) => label) : [])),
    where: shown.where,
    onlyMe: shown.onlyYou,
    preview: summary,
    files: blocks.flatMap((block) =>
      block.kind === 'image' || block.kind === 'file' ? [{ name: block.name, alt: block.words, ref: block.src }] : [],
    ),
  };
}

function spanWords(span: Span, reader: Persona, world: World): string {
  if (typeof span === 'string') return span;
  if ('bold' in span) return span.bold;
  if ('command' in span) return `/${span.command.filter(Boolean).join(' ')}`;
  if ('link' in span) return span.label ?? span.link;
  if ('mention' in span) return `@${world.personas.find(({ id }) => id === span.mention)?.name ?? span.mention}`;
  if ('group' in span) return `@${span.group}`;
  if ('channel' in span) return `#${span.channel}`;
  return instantWords(new Date(span.time), span.style, reader, world);
}

function instantWords(time: Date, style: 'date' | 'time' | 'datetime' | 'relative', reader: Persona, world: World): string {
  if (style === 'relative') {
    const hours = Math.round((time.getTime() - Date.parse(world.clock.now)) / 3_600_000);
    return new Intl.RelativeTimeFormat(reader.locale, { numeric: 'auto' }).format(hours, 'hour');
  }
  const styles = {
    date: { dateStyle: 'long' },
    time: { timeStyle: 'short' },
    datetime: { dateStyle: 'long', timeStyle: 'short' },
  } as const;
  return new Intl.DateTimeFormat(reader.locale, { ...styles[style], timeZone: reader.zone }).format(time);
}

/** The open form as it stands on the screen. */
export function seenForm({ form, problems }: OpenForm, world: World): SeenForm {
  const options = ({ kind, choices }: OpenForm['form']['fields'][number]): readonly string[] | undefined => {
    if (kind === 'member' || kind === 'members') return world.personas.map(({ name }) => name);
    return kind === 'roles' ? world.roles : choices?.map(({ label }) => label);
  };
  return {
    title: form.title,
    fields: form.fields.map((field) => {
      const { name, label, required, value } = field;
      const offered = options(field);
      return { name, label, required, ...(value !== undefined && { value }), ...(offered && { options: offered }) };
    }),
    problems: Object.fromEntries(problems.map(({ field, message }) => [field, message])),
  };
}

/** Ids behind everything that can be pressed or chosen in a message, newest block last. */
export function actsOf({ message }: Shown): readonly { readonly label: string; readonly id: string; readonly value?: string }[] {
  return message.blocks.flatMap((block) => {
    if (block.kind === 'buttons') return block.buttons.map(({ label, act }) => ({ label, id: act }));
    if (block.kind === 'select') return block.options.map(({ label, value }) => ({ label, id: block.act, value }));
    return [];
  });
}
