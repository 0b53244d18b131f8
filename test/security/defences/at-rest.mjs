/** What is kept, its keys, and what leaves by itself: logs, errors, previews. */
export const atRest = [
  {
    threat: 'read what members wrote, and their dates',
    test: 'test/db/cipher.test.ts',
    cut: [
      [
        'src/db/cipher.ts',
        "const body = [cipher.update(plain, 'utf8'), cipher.final()];",
        "const body = [Buffer.from(plain, 'utf8'), cipher.final()];",
      ],
      [
        'src/db/cipher.ts',
        'return Buffer.concat([decipher.update(body), decipher.final()]).toString(',
        'return Buffer.from(body).toString(',
      ],
    ],
  },
  {
    threat: 'read what members wrote, and their dates',
    test: 'test/db/keys.test.ts',
    cut: [
      [
        'src/db/verify-keys.ts',
        'makeCipher<ReturnType<typeof bindOf>>([key]).open(row.check, bindOf(row.id)) === CHECK',
        'key.secret.export().equals(row.check)',
      ],
      [
        'src/db/verify-keys.ts',
        'makeCipher<ReturnType<typeof bindOf>>([key]).seal(CHECK, bindOf(key.id))',
        'new Uint8Array(key.secret.export())',
      ],
    ],
  },
  {
    threat: 'find a column that was forgotten',
    test: 'test/db/sealed.test.ts',
    compiler: true,
    cut: [['prisma/schema.prisma', 'model GoalStep {\n', 'model GoalStep {\n  remark String?\n']],
  },
  {
    threat: 'find a column that was forgotten',
    test: 'test/security/canaries.test.ts',
    named: 'what is typed',
    cut: [['src/core/pairing/restrict.ts', 'cipher.seal(reason, reasonBinding(id))', 'new TextEncoder().encode(reason)']],
  },
  {
    threat: "put somebody's words into another's row, or an older value of another place",
    test: 'test/db/cipher.test.ts',
    cut: [
      [
        'src/db/cipher.ts',
        "Buffer.concat([head, Buffer.from(bind, 'utf8')])",
        "Buffer.concat([head, Buffer.from(bind.slice(0, 0), 'utf8')])",
      ],
    ],
  },
  {
    threat: 'guess what mentors offer from the index',
    test: 'test/core/pairing/mentors.test.ts',
    cut: [
      [
        'src/core/pairing/traits.ts',
        'cipher.tag(tagged(trait)).readInt32BE(0);',
        'Buffer.from(trait.slice(-4).padEnd(4)).readInt32BE(0);',
      ],
      [
        'src/core/pairing/traits.ts',
        '  cipher.tags(tagged(trait)).map((tag) => tag.readInt32BE(0));',
        '  cipher.tags(tagged(trait)).map(() => Buffer.from(trait.slice(-4).padEnd(4)).readInt32BE(0));',
      ],
    ],
  },
  {
    threat: 'read planned messages',
    test: 'test/scenarios/one-evening.test.ts',
    cut: [
      [
        'src/schedule/deliver.ts',
        '    await permit.taken({',
        '    await parts.prisma.delivery.updateMany({ where: { id: delivery.id }, data: { reason: JSON.stringify(rendered.reply.blocks) } });\n    await permit.taken({',
      ],
      ['src/schedule/sent.ts', '"reason" = NULL', '"reason" = d."reason"'],
    ],
  },
  {
    threat: 'read planned messages',
    test: 'test/scenarios/goals.test.ts',
    cut: [
      [
        'src/core/daily/look.ts',
        'endedAt: { lt: new Date(now.getTime() - FORGET_AFTER) }',
        'endedAt: { lt: new Date(FORGET_AFTER) }',
      ],
    ],
  },
  {
    threat: 'find out from an attendance slip who was where',
    test: 'test/core/slips/slips.test.ts',
    cut: [
      [
        'src/core/slips/vault.ts',
        "hkdfSync('sha256', code, '', 'slip.seal', 32)",
        "hkdfSync('sha256', code.subarray(0, 0), '', 'slip.seal', 32)",
      ],
    ],
  },
  {
    threat: 'read what comes later, too',
    test: 'test/db/rotate.test.ts',
    cut: [
      [
        'src/db/rotate.ts',
        '  for (const place of SEALED_PLACES) {\n    const passed',
        "  for (const place of SEALED_PLACES.filter((one) => one !== 'CheckIn.answers')) {\n    const passed",
      ],
    ],
  },
  {
    threat: 'read what comes later, too',
    test: 'test/process/rotation-crash.test.ts',
    cut: [
      [
        'src/db/rotate.ts',
        '  for (const place of SEALED_PLACES) {\n    const passed',
        "  for (const place of SEALED_PLACES.filter((one) => one !== 'CheckIn.answers')) {\n    const passed",
      ],
    ],
  },
  {
    threat: 'read it from a setting, a file that others can read, a shell or an error',
    test: 'test/db/key-source.test.ts',
    named: 'is told of, without what it said',
    cut: [['src/key-source.ts', 'const reason = error ? why(error)', 'const reason = error ? why(error) + said']],
  },
  {
    threat: 'read it from a setting, a file that others can read, a shell or an error',
    test: 'test/db/key-source.test.ts',
    named: 'no shell reads them',
    cut: [['src/key-source.ts', "encoding: 'utf8', windowsHide: true }", "encoding: 'utf8', windowsHide: true, shell: true }"]],
  },
  {
    threat: 'read it from a setting, a file that others can read, a shell or an error',
    test: 'test/db/key-source.test.ts',
    named: 'that others can read',
    cut: [['src/db/keys.ts', '(mode & 0o077) !== 0', '(mode & 0o000) !== 0']],
  },
  {
    threat: 'read it from a setting, a file that others can read, a shell or an error',
    test: 'test/config.test.ts',
    named: 'no message ever holds a value',
    cut: [['src/settings.ts', ' : issue.message;', ' : issue.message + given[name];']],
  },
  {
    threat: 'find words, names or tokens there',
    test: 'test/log/log.test.ts',
    cut: [
      [
        'src/log/fields.ts',
        '    if (!shape) {\n      dropped += 1;',
        '    if (!shape) {\n      written[name] = String((given as Readonly<Record<string, unknown>>)[name]);\n      dropped += 1;',
      ],
    ],
  },
  {
    threat: 'find words, names or tokens there',
    test: 'test/log/log.test.ts',
    cut: [
      [
        'src/log/fields.ts',
        'written[name] = shape.take(value, words) ?? typeOf(value);',
        'written[name] = shape.take(value, words) ?? String(value) ?? typeOf(value);',
      ],
    ],
  },
  {
    threat: 'read what somebody typed, of any field, in what an error quotes',
    test: 'test/security/canaries.test.ts',
    named: 'an error that quotes',
    cut: [['src/log/errors.ts', "return { error: 'no error' };", 'return { error: String(error) as never };']],
  },
  {
    threat: 'read it in an error page, or get at the server from a web page',
    test: 'test/http/server.test.ts',
    named: 'an error inside tells the caller nothing of it',
    cut: [
      [
        'src/http/server.ts',
        "c.json({ error: 'Something went wrong on our side. Please try again.' }, 500)",
        'c.json({ error: error.message }, 500)',
      ],
    ],
  },
  {
    threat: 'read it in an error page, or get at the server from a web page',
    test: 'test/http/server.test.ts',
    named: 'what browsers are told',
    cut: [['src/http/security.ts', '      frameAncestors: ["\'none\'"],\n', '']],
  },
  {
    threat: 'read it in an error page, or get at the server from a web page',
    test: 'test/http/server.test.ts',
    named: 'a body over the limit',
    cut: [['src/http/server.ts', 'maxSize: BODY_LIMIT,', 'maxSize: BODY_LIMIT * 1024,']],
  },
];
