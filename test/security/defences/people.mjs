/** Members and mentors, whoever is near their phones, and mistakes of our own. */
export const people = [
  {
    threat: 'read it from the lock screen or the calendar',
    test: 'test/scenarios/calendars.test.ts',
    cut: [['src/cards/calendar.ts', "  if (reader.isDiscreet) return { ...plain, title: reader.t('feed.discreet') };\n", '']],
  },
  {
    threat: 'read it from the lock screen or the calendar',
    test: 'test/scenarios/asked-at-the-right-hour.test.ts',
    cut: [
      [
        'src/notices/checkin-prompt.ts',
        '    reply: {\n      summary: text,',
        "    reply: {\n      summary: text.concat(' check-in'),",
      ],
    ],
  },
  {
    threat: 'find in the conversation what the bot sent to somebody who erased everything',
    test: 'test/core/privacy/take-back.test.ts',
    cut: [
      [
        'src/core/privacy/take-back.ts',
        'where: { memberId: who.id, ref: { not: null } },',
        'where: { memberId: who.id, ref: null },',
      ],
    ],
  },
  {
    threat: 'find in the conversation what the bot sent to somebody who erased everything',
    test: 'test/scenarios/erased.test.ts',
    cut: [
      [
        'src/core/privacy/remove-direct.ts',
        'const said = ref ? await remove(ref)',
        'const said = ref && gap === 0 ? await remove(ref)',
      ],
    ],
  },
  {
    threat: 'mention everybody, forge markup or a link',
    test: 'test/adapters/slack/escape.test.ts',
    cut: [
      [
        'src/adapters/slack/text.ts',
        "if (typeof span === 'string') return looksMarked(span) ? undefined : escapeText(span);",
        "if (typeof span === 'string') return escapeText(span);",
      ],
    ],
  },
  {
    threat: 'mention everybody, forge markup or a link',
    test: 'test/adapters/slack/escape.test.ts',
    named: 'the fallback text is escaped',
    cut: [['src/adapters/slack/text.ts', ".replaceAll('<', '&lt;')", '']],
  },
  {
    threat: 'mention everybody, forge markup or a link',
    test: 'test/adapters/discord/drawing.test.ts',
    cut: [['src/adapters/discord/markdown.ts', "replace(special, '\\\\$&')", "replace(/[\\\\*_~`|]/gu, '\\\\$&')"]],
  },
  {
    threat: 'hide words or turn the text of others around with signs that nobody sees; pile marks up',
    test: 'test/writing/tidy.test.ts',
    cut: [['src/writing/tidy.ts', 'if (when?.({', 'if (!when || when({']],
  },
  {
    threat: 'hide words or turn the text of others around with signs that nobody sees; pile marks up',
    test: 'test/writing/tidy.test.ts',
    cut: [['src/writing/tidy.ts', '    .replace(/\\p{M}{5,}/gu, withFewMarks)\n', '']],
  },
  {
    threat: 'lead people to a group elsewhere, or to an app',
    test: 'test/writing/links.test.ts',
    cut: [['src/writing/links.ts', 'const plain = undisguised(read);', 'const plain = undisguised(read).slice(0, 0) + read;']],
  },
  {
    threat: 'lead people to a group elsewhere, or to an app',
    test: 'test/chat/shown.test.ts',
    cut: [
      [
        'src/chat/param.ts',
        "      .refine((text) => shown !== 'others' || unwelcome(text) === undefined),\n",
        "      .refine((text) => shown !== 'led' || unwelcome(text) === undefined),\n",
      ],
    ],
  },
  {
    threat: "go by somebody else's name, or as who serves",
    test: 'test/core/milestones/called.test.ts',
    cut: [
      [
        'src/core/milestones/called.ts',
        'if (names.some((other) => looksLike(name, other)))',
        'if (names.some((other) => name === other && looksLike(name, other)))',
      ],
    ],
  },
  {
    threat: "go by somebody else's name, or as who serves",
    test: 'test/core/milestones/called.test.ts',
    cut: [
      ['src/core/milestones/called.ts', "  if (claimsOffice(name)) throw new UserError('milestone.share.names.office');\n", ''],
    ],
  },
  {
    threat: 'flood a community with requests, posts or files',
    test: 'test/core/limits/limits.test.ts',
    cut: [['src/core/limits/spend.ts', '    if (count <= limit.most) continue;', '    if (count <= 10 * limit.most) continue;']],
  },
  {
    threat: 'flood a community with requests, posts or files',
    test: 'test/core/limits/limits.test.ts',
    named: 'is held back per person and per place',
    cut: [
      [
        'src/flood.ts',
        "    if (own) return { whose: 'person', ...own };\n",
        "    if (own && !space) return { whose: 'person', ...own };\n",
      ],
    ],
  },
  {
    threat: 'flood a community with requests, posts or files',
    test: 'test/scenarios/kept-safe.test.ts',
    cut: [
      [
        'src/app.ts',
        'if (isInside(context)) await spend(context.scope, act);',
        "if (isInside(context) && act === 'post') await spend(context.scope, act);",
      ],
    ],
  },
  {
    threat: 'flood a community with requests, posts or files',
    test: 'test/core/limits/flood.test.ts',
    cut: [['src/app.ts', 'const flood = await dam?.(call);', 'const flood = call.space ? undefined : await dam?.(call);']],
  },
  {
    threat: 'make somebody look guilty by reports that were agreed on',
    test: 'test/core/pairing/report.test.ts',
    named: 'about the same member, from three and within a day',
    cut: [['src/core/pairing/together.ts', 'people: 3, within', 'people: 30, within']],
  },
  {
    threat: 'ask one sponsor after the other, or volunteer in order to get at people',
    test: 'test/core/pairing/restrict.test.ts',
    named: 'who may not ask is told so',
    cut: [
      [
        'src/core/pairing/restrict.ts',
        'if (await restrictedUntil(db, member.id, kind, now)) throw',
        "if (kind === 'volunteer' && (await restrictedUntil(db, member.id, kind, now))) throw",
      ],
    ],
  },
  {
    threat: 'ask one sponsor after the other, or volunteer in order to get at people',
    test: 'test/core/pairing/restrict.test.ts',
    cut: [
      [
        'src/core/pairing/offerable.ts',
        "  if (profile.restrictedUntil && profile.restrictedUntil > now) return 'restricted';\n",
        '',
      ],
    ],
  },
  {
    threat: 'find out who mentors, who is on call or who asks for somebody',
    test: 'test/core/pairing/broker.test.ts',
    cut: [['src/core/pairing/broker.ts', '  if (quiet) {\n', '  if (quiet && r.lastDeadline === undefined) {\n']],
  },
  {
    threat: 'find out who mentors, who is on call or who asks for somebody',
    test: 'test/scenarios/someone-now.test.ts',
    cut: [
      ['src/core/support/oncall/listed.ts', '(isListed && !apart.has(memberId))', '((isListed || true) && !apart.has(memberId))'],
    ],
  },
  {
    threat: 'ask somebody again and again, in other words, who said no or nothing',
    test: 'test/core/checkins/missed/silence.test.ts',
    named: 'a no holds for a month',
    cut: [['src/core/checkins/missed/save.ts', 'declinedAt: held.get(who)?.declinedAt ?? null', 'declinedAt: null']],
  },
  {
    threat: 'ask somebody again and again, in other words, who said no or nothing',
    test: 'test/core/checkins/missed/silence.test.ts',
    named: 'who does not answer is written to once',
    cut: [['src/core/checkins/missed/asks.ts', 'row.declinedAt || !vain.has(askKey(row))', 'row.declinedAt']],
  },
  {
    threat: 'ask somebody again and again, in other words, who said no or nothing',
    test: 'test/core/pairing/refusals.test.ts',
    cut: [['src/core/pairing/suggest.ts', 'zones, refused, like', 'zones, refused: refused.slice(0, 0), like']],
  },
  {
    threat: 'ask somebody again and again, in other words, who said no or nothing',
    test: 'test/core/pairing/refusals.test.ts',
    cut: [['src/core/pairing/takes.ts', 'has(refusalKey(memberId, mentorId))', "has(refusalKey(memberId, 'nobody'))"]],
  },
  {
    threat: 'go on writing to somebody who does not want it',
    test: 'test/core/pairing/report.test.ts',
    named: 'is left no last words',
    cut: [
      [
        'src/notices/pairing-pair.ts',
        'pairing.farewell && !isApart && cipher',
        'pairing.farewell && isApart !== undefined && cipher',
      ],
    ],
  },
  {
    threat: 'go on writing to somebody who does not want it',
    test: 'test/core/pairing/report.test.ts',
    named: 'never again ends what they have, quietly',
    cut: [
      [
        'src/core/relay/close.ts',
        'if (apart) await keepApart(tx, scope, otherOf(relay, member.id));',
        'if (apart && relay.closedAt) await keepApart(tx, scope, otherOf(relay, member.id));',
      ],
    ],
  },
  {
    threat: 'go on writing to somebody who does not want it',
    test: 'test/core/checkins/missed/silence.test.ts',
    named: 'who is not to be brought together with them',
    cut: [['src/core/checkins/missed/recipient.ts', 'memberId: { notIn: apart }, ', '']],
  },
  {
    threat: 'go on by old buttons in direct messages, be offered, hear of the community',
    test: 'test/core/leaving/banned.test.ts',
    cut: [['src/core/leaving/present.ts', "if (there.is === 'gone') {", "if (there.is === 'gone' && isFresh) {"]],
  },
  {
    threat: 'go on by old buttons in direct messages, be offered, hear of the community',
    test: 'test/core/leaving/banned.test.ts',
    cut: [
      [
        'src/app.ts',
        "      if (scope.member.isGone && !command.forWhoIsGone) throw new UserError('chat.errors.gone', {}, ERASE);\n",
        '',
      ],
    ],
  },
  {
    threat: 'go on by old buttons in direct messages, be offered, hear of the community',
    test: 'test/core/leaving/banned.test.ts',
    cut: [['src/core/leaving/left.ts', '    await endRelays(ending);\n', '']],
  },
  {
    threat: 'go on by old buttons in direct messages, be offered, hear of the community',
    test: 'test/adapters/discord/membership.test.ts',
    cut: [['src/adapters/discord/membership.ts', 'GatewayDispatchEvents.GuildBanAdd', 'GatewayDispatchEvents.GuildBanRemove']],
  },
  {
    threat: 'go on by old buttons in direct messages, be offered, hear of the community',
    test: 'test/scenarios/leaving.test.ts',
    cut: [
      [
        'src/core/leaving/forget.ts',
        'else await eraseMember(home, memberId, now);',
        "else if (there.is !== 'gone') await eraseMember(home, memberId, now);",
      ],
    ],
  },
  {
    threat: 'see more than was shown, or what was taken back',
    test: 'test/core/pairing/shares.test.ts',
    cut: [
      [
        'src/core/pairing/shares.ts',
        'recipient: recipientName(mentorId), revokedAt: null };\n  const rows',
        'recipient: recipientName(mentorId) };\n  const rows',
      ],
    ],
  },
  {
    threat: 'see more than was shown, or what was taken back',
    test: 'test/scenarios/mentees.test.ts',
    cut: [
      [
        'src/core/pairing/mentees.ts',
        'goals.filter((one) => isGoalShownTo(one, mentorId))',
        'goals.filter((one) => isGoalShownTo(one, mentorId) || true)',
      ],
    ],
  },
  {
    threat: 'pass for trained, or go on after a report',
    test: 'test/core/pairing/mentors.test.ts',
    cut: [
      [
        'src/core/pairing/verify/credential.ts',
        'const { memberId } = notOneself(scope, found.profile);',
        'const { memberId } = notOneself === undefined ? scope.member && found.profile : found.profile;',
      ],
    ],
  },
  {
    threat: 'pass for trained, or go on after a report',
    test: 'test/core/pairing/report.test.ts',
    cut: [['src/core/pairing/report.ts', 'data: { heldAt: now }', 'data: { updatedAt: now }']],
  },
  {
    threat: 'start with the wrong key and write over what cannot be read',
    test: 'test/db/keys.test.ts',
    cut: [['src/db/verify-keys.ts', '  if (lost.length > 0) {', '  if (lost.length > 99) {']],
  },
  {
    threat: 'keep a field that nobody thought about',
    test: 'test/core/privacy/tables.test.ts',
    compiler: true,
    cut: [['src/core/feeds/personal.ts', ", isDiscreet: 'mine', createdAt: 'mine' }", ", createdAt: 'mine' }"]],
  },
  {
    threat: 'keep a field that nobody thought about',
    test: 'test/cli/fields-page.test.ts',
    cut: [
      [
        'docs/fields.md',
        '| `isDiscreet` | Every entry is called "Meeting", and nothing more is told. | about the member |  |\n',
        '',
      ],
    ],
  },
  {
    threat: 'be told more by a platform than it needs, such as what people write to one another',
    test: 'test/adapters/discord/gateway.test.ts',
    named: 'only intents are asked for',
    cut: [
      [
        'src/adapters/discord/adapter.ts',
        'GatewayIntentBits.GuildModeration,',
        'GatewayIntentBits.GuildModeration, GatewayIntentBits.GuildMessages,',
      ],
    ],
  },
  {
    threat: 'be told more by a platform than it needs, such as what people write to one another',
    test: 'test/adapters/slack/manifest.test.ts',
    cut: [
      [
        'src/adapters/slack/limits.ts',
        "export const BOT_SCOPES = ['commands',",
        "export const BOT_SCOPES = ['commands', 'channels:history',",
      ],
    ],
  },
];
