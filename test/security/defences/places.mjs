/** Who looks after a community, other communities, and the platforms. */
export const places = [
  {
    threat: "look at somebody's check-ins, dates or goals",
    test: 'test/chat/router.test.ts',
    cut: [
      [
        'src/app.ts',
        '!isInside(context) || maySay(command, { held: context.scope.roles, isAdmin: context.scope.isAdmin }),',
        '!isInside(context) || maySay(command, { held: context.scope.roles, isAdmin: true }) || true,',
      ],
    ],
  },
  {
    threat: "look at somebody's check-ins, dates or goals",
    test: 'test/core/members/roles.test.ts',
    cut: [
      ['src/core/members/roles.ts', 'holder.isAdmin && ![...grants, ...elsewhere].some', 'holder.isAdmin && ![...grants].some'],
    ],
  },
  {
    threat: "have somebody's yes go on after it was taken back",
    test: 'test/core/privacy/consents.test.ts',
    named: 'what waits to be sent is not sent after it was taken back',
    cut: [
      [
        'src/notices/share-shown.ts',
        'where: { id: delivery.subjectId, recipient, revokedAt: null }',
        'where: { id: delivery.subjectId, recipient }',
      ],
    ],
  },
  {
    threat: "have somebody's yes go on after it was taken back",
    test: 'test/scenarios/consent.test.ts',
    cut: [
      [
        'src/core/privacy/consents.ts',
        '    await (held.kind === OTHER ? endRow(scope, held) : CONSENTS[held.kind].revoke(scope, held));\n',
        '',
      ],
    ],
  },
  {
    threat: 'find in their own export what others wrote, or who they are',
    test: 'test/core/export/export.test.ts',
    cut: [['src/core/export/rows.ts', '.filter(([, kind]) => isExported(kind))', '.filter(([, kind]) => kind)']],
  },
  {
    threat: 'draw conclusions from counts, or look at them before and after somebody did something',
    test: 'test/core/communities/report.test.ts',
    cut: [['src/core/communities/report.ts', "people.length < FEW ? 'few' : inFives", "people.length < 1 ? 'few' : inFives"]],
  },
  {
    threat: 'draw conclusions from counts, or look at them before and after somebody did something',
    test: 'test/core/communities/report.test.ts',
    cut: [['src/core/communities/report.ts', "members < FEW || (count > 0 && count < FEW) ? 'few'", "members < FEW ? 'few'"]],
  },
  {
    threat: 'draw conclusions from counts, or look at them before and after somebody did something',
    test: 'test/scenarios/community-report.test.ts',
    cut: [['src/core/communities/report.ts', 'export const FEW = 5;', 'export const FEW = 2;']],
  },
  {
    threat: 'draw conclusions from counts, or look at them before and after somebody did something',
    test: 'test/core/communities/report.test.ts',
    named: 'by looking before and after',
    cut: [['src/core/communities/report.ts', 'at: { gte: since, lt: until }', 'at: { gte: since }']],
  },
  {
    threat: 'draw conclusions from counts, or look at them before and after somebody did something',
    test: 'test/core/communities/report.test.ts',
    named: 'by naming them',
    cut: [['src/core/members/met.ts', '{ greetedAt: { lt: startOfDay(now, community.zone) } }', '{ createdAt: { not: now } }']],
  },
  {
    threat: 'draw conclusions from counts, or look at them before and after somebody did something',
    test: 'test/core/pairing/overview.test.ts',
    cut: [['src/core/pairing/queue/overview.ts', ', lt: startOfDay(now, community.zone) }', ', lt: now }']],
  },
  {
    threat: 'hear of reports and requests after they lost their role, or read of a report of themselves in the trail',
    test: 'test/core/pairing/report.test.ts',
    named: 'who may coordinate no more',
    cut: [
      ['src/core/members/grant.ts', 'before.length === 0 || !before.every(stays)', 'before.length === 0 && !before.every(stays)'],
    ],
  },
  {
    threat: 'hear of reports and requests after they lost their role, or read of a report of themselves in the trail',
    test: 'test/core/audit/reads.test.ts',
    named: 'finds nothing of it in the trail',
    cut: [['src/core/audit/read.ts', 'NOT: [{ action: LOOKED }, ...about]', 'NOT: [{ action: LOOKED }, ...about.slice(0, 0)]']],
  },
  {
    threat: 'do something by their role and deny it, or look at what is shared',
    test: 'test/core/audit/audit.test.ts',
    cut: [
      [
        'src/core/audit/chain.ts',
        'const content = [communityId, seq, base64(before), base64(actorTag), action,',
        'const content = [communityId, seq, base64(before), base64(actorTag),',
      ],
    ],
  },
  {
    threat: 'do something by their role and deny it, or look at what is shared',
    test: 'test/core/pairing/shares.test.ts',
    cut: [
      ['src/core/pairing/mentees.ts', 'if (Object.keys(shown).length > 0) await note(tx, scope, LOOKED, { about: row.id });', ''],
    ],
  },
  {
    threat: 'read of somebody what their role opens, without that one hearing of it',
    test: 'test/core/audit/reads.test.ts',
    cut: [['src/core/audit/note.ts', 'return others.filter((id) => !told.has(id));', 'return others.filter(() => false);']],
  },
  {
    threat: 'read of somebody what their role opens, without that one hearing of it',
    test: 'test/security/authorisation.test.ts',
    named: 'what is read of one member',
    cut: [['src/core/pairing/queue/waiting.ts', "  await noteReads(db, scope, 'request.read', ids);\n", '']],
  },
  {
    threat: 'keep things for longer than people think',
    test: 'test/core/retention/night.test.ts',
    cut: [
      [
        'src/core/retention/night.ts',
        'for (const name of RETENTION_NAMES) await',
        "for (const name of RETENTION_NAMES.filter((one) => one !== 'answers')) await",
      ],
    ],
  },
  {
    threat: 'keep things for longer than people think',
    test: 'test/scenarios/kept-long-enough.test.ts',
    cut: [
      [
        'src/core/retention/night.ts',
        'for (const name of RETENTION_NAMES) await',
        "for (const name of RETENTION_NAMES.filter((one) => one !== 'checkins')) await",
      ],
    ],
  },
  {
    threat: "read, change or guess what is another's",
    test: 'test/db/tenant.test.ts',
    cut: [
      [
        'src/db/scope.ts',
        '  return { ...where, [field]: communityId };',
        '  return { ...(communityId && where), ...(field && {}) };',
      ],
    ],
  },
  {
    threat: "read, change or guess what is another's",
    test: 'test/db/tenant.test.ts',
    cut: [
      [
        'src/db/scope.ts',
        '  return { ...data, communityId: scope.communityId };',
        '  return { communityId: scope.communityId, ...data };',
      ],
      ['src/db/scope.ts', "  refuseOther(data.communityId, scope, 'data');\n", ''],
    ],
  },
  {
    threat: "read, change or guess what is another's",
    test: 'test/db/tenant.test.ts',
    named: 'holds the community on both sides',
    cut: [
      [
        'prisma/migrations/20261125194500_attendance_slips/migration.sql',
        '"Attendance_communityId_memberId_fkey" FOREIGN KEY ("communityId", "memberId") REFERENCES "Member"("communityId", "id")',
        '"Attendance_communityId_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id")',
      ],
    ],
  },
  {
    threat: 'press a button of another community, or a private one of somebody else',
    test: 'test/chat/router.test.ts',
    cut: [
      [
        'src/core/taps/find.ts',
        'tap.community === community && (tap.reader === undefined || tap.reader === member)',
        'tap.community === community && member !== undefined',
      ],
    ],
  },
  {
    threat: 'press a button of another community, or a private one of somebody else',
    test: 'test/chat/router.test.ts',
    cut: [['src/core/taps/find.ts', 'tap.community === community && (', 'community !== undefined && (']],
  },
  {
    threat: 'press a button of another community, or a private one of somebody else',
    test: 'test/chat/router.test.ts',
    cut: [
      [
        'src/core/taps/keep.ts',
        "import { randomBytes } from 'node:crypto';",
        "import { createHash, randomBytes } from 'node:crypto';",
      ],
      [
        'src/core/taps/keep.ts',
        'cipher.tag(JSON.stringify([community.id, path, input]))',
        "createHash('md5').update(JSON.stringify([cipher && community.id, path, input])).digest()",
      ],
    ],
  },
  {
    threat:
      'name somebody who is only elsewhere, so that the bot writes to them, or tells them of a community that they never were in',
    test: 'test/core/members/named.test.ts',
    cut: [
      [
        'src/core/members/behind.ts',
        'isHere && !(await isHere(externalId))',
        'isHere && (await isHere(externalId)) === undefined',
      ],
    ],
  },
  {
    threat: 'join a place to theirs without being asked',
    test: 'test/core/communities/link.test.ts',
    named: 'after some wrong codes',
    cut: [['src/core/communities/link/look.ts', 'if (wrong >= WRONG_CODES.most)', 'if (wrong > 10 * WRONG_CODES.most)']],
  },
  {
    threat: 'join a place to theirs without being asked',
    test: 'test/core/communities/link.test.ts',
    cut: [
      ['src/core/communities/link/join.ts', "      if (code.expiresAt <= now) throw new UserError('link.over');\n", ''],
      ['src/core/communities/link/look.ts', "    if (code.expiresAt <= now) throw new UserError('link.over');\n", ''],
    ],
  },
  {
    threat: 'join a place to theirs without being asked',
    test: 'test/core/communities/link.test.ts',
    cut: [
      ['src/core/communities/link/code.ts', 'new Uint8Array(cipher.tag(named(code)));', 'new Uint8Array(cipher && code);'],
      [
        'src/core/communities/link/code.ts',
        'return code && cipher.tags(named(code)).map((tag) => new Uint8Array(tag));',
        'return code && [new Uint8Array(cipher && code)];',
      ],
    ],
  },
  {
    threat: 'read notifications and direct messages in passing',
    test: 'test/scenarios/milestones.test.ts',
    cut: [
      [
        'src/notices/milestones-day.ts',
        "const summary = ctx.t('milestone.note');",
        "const summary = ctx.t('milestone.note') + milestones.map(({ fresh }) => JSON.stringify(fresh)).join();",
      ],
    ],
  },
  {
    threat: 'read notifications and direct messages in passing',
    test: 'test/scenarios/closed-direct-messages.test.ts',
    cut: [
      [
        'src/notices/fallback.ts',
        "reply: cover(reply, delivery, ctx.t('unreached.open')),",
        'reply: cover === undefined ? cover : reply,',
      ],
    ],
  },
  {
    threat: 'forge what a member says',
    test: 'test/adapters/slack/connection.test.ts',
    cut: [
      [
        'src/adapters/slack/connect.ts',
        'new HTTPReceiver({ signingSecret,',
        'new HTTPReceiver({ signatureVerification: false, signingSecret,',
      ],
    ],
  },
  {
    threat: 'forge what a member says',
    test: 'test/adapters/slack/connection.test.ts',
    cut: [
      ['src/adapters/slack/bounded.ts', 'if (isFromAhead(request)) {', 'if (isFromAhead(request) && isFromAhead.length > 9) {'],
    ],
  },
];
