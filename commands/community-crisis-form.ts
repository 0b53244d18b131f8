import { type Param, param, type Reply, worded } from '../src/chat/index.js';
import { factsSchema, LENGTHS, LOCAL_TOPICS } from '../src/core/support/local/line.js';
import { readLink, readSms, readSpoken, readTelephone } from '../src/core/support/local/read.js';
import { saveLine } from '../src/core/support/local/save.js';
import type { Key } from '../src/words/index.js';
import { crisisLinesScreen } from './community-crisis-screens.js';
import { defineCommand } from './define.js';

const asked = <T>(name: string, one: Param<T>): Param<T> =>
  worded(one, { label: `crisis.local.asks.${name}.label` as Key, help: `crisis.local.asks.${name}.help` as Key });

/** One line of text that has to be understood; where it is not, the field says what it should be. */
function understood(
  name: string,
  max: number,
  read: (text: string) => unknown,
  required = false,
  problem = name,
): Param<string | undefined> {
  const text = param.text({ shown: 'led', max, required });
  const schema = text.schema.refine((said) => said === undefined || read(said) !== undefined);
  return asked(name, { ...text, schema, problem: `crisis.local.problems.${problem}` as Key });
}

const enough = (text: string) => (text.length >= 2 ? text : undefined);

const params = {
  topic: worded(param.choice(LOCAL_TOPICS, { required: true }), {
    label: 'crisis.local.asks.topic.label',
    help: 'crisis.local.asks.topic.help',
    choices: Object.fromEntries(
      LOCAL_TOPICS.map((topic) => [
        topic,
        topic === 'emergency' ? 'crisis.local.emergency' : (`crisis.groups.${topic}` as const),
      ]),
    ),
  }),
  name: understood('name', LENGTHS.name, enough, true),
  phone: understood('phone', 30, readTelephone),
  sms: understood('sms', 50, readSms),
  chat: understood('chat', LENGTHS.link, readLink, false, 'link'),
  web: understood('web', LENGTHS.link, readLink, false, 'link'),
  languages: understood('languages', 100, readSpoken, true),
  hours: asked('hours', param.text({ shown: 'led', max: LENGTHS.hours })),
  source: understood('source', LENGTHS.source, enough, true),
  note: asked('note', param.text({ shown: 'led', max: LENGTHS.note })),
  country: param.ref({ required: true }),
  line: param.ref({}),
  shipped: param.ref({}),
};

const path = ['community', 'crisis-write'] as const;

/** Adds a line, changes one of the community's, or corrects one of the table. */
export const communityCrisisWrite = defineCommand({
  path,
  ...({ role: 'coordinator', reply: 'private', hidden: true } as const),
  title: 'crisis.local.form',
  params,
  async run({ country, line, shipped, sms, languages, ...said }, ctx): Promise<Reply> {
    const read = factsSchema.safeParse({
      ...said,
      sms: sms === undefined ? undefined : readSms(sms),
      languages: languages === undefined ? [] : readSpoken(languages),
    });
    if (!read.success) {
      const text = ctx.t('crisis.local.problems.way');
      const input = { ...said, sms, languages, country, line, shipped };
      const fix = { label: ctx.t('chat.problems.fix'), act: { path, input, does: 'form' as const }, style: 'primary' as const };
      return {
        summary: text,
        aside: true,
        blocks: [
          { kind: 'text', text },
          { kind: 'buttons', buttons: [fix] },
        ],
      };
    }
    await saveLine(ctx.scope, { country, line, shipped, facts: read.data });
    return crisisLinesScreen(ctx, country, 'crisis.local.saved');
  },
});
