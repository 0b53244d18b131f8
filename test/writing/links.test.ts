import fc from 'fast-check';
import { unwelcome } from '../../src/writing/links.js';

const INVITES = [
  'discord.gg/abc123',
  'https://discord.com/invite/abc123',
  'discordapp.com/invite/abc',
  'https://join.slack.com/t/group/shared_invite/zt-1',
  'group.slack.com/join/x',
  't.me/somebody',
  'https://telegram.me/joinchat/AA',
  'chat.whatsapp.com/AbCd',
  'https://wa.me/15550100',
  'signal.group/#abc',
  'https://matrix.to/#/#room:example.org',
];

test.each(INVITES)('%s is an invitation', (link) => expect(unwelcome(`Come: ${link}`)).toBe('invite'));

test.each([
  'DISCORD.GG/ABC',
  'ｄｉｓｃｏｒｄ．ｇｇ／abc',
  'discоrd.gg/abc',
  'discord(.)gg/abc',
  'discord [dot] gg / abc',
  'disc\u200bord.gg/abc',
  '𝐭.𝐦𝐞/abc',
  'chat․whatsapp․com/abc',
])('%s hides nothing', (text) => expect(unwelcome(`see ${text} now`)).toBe('invite'));

test.each([
  'javascript:alert(1)',
  'discord://-/invite/abc',
  'slack://open',
  'data:text/html;base64,AAAA',
  'file:///etc/passwd',
  'tg://resolve?domain=x',
])('%s opens no page', (text) => expect(unwelcome(`tap ${text}`)).toBe('odd'));

test.each([
  'https://example.org/meeting?id=1',
  'http://example.org',
  'Ten past seven: the hall',
  'me: I am here. gg to everyone/all',
  'I like discord.py and discord',
  'not.me/here',
  'Ratio 3:4 // see below',
  'data: nothing yet',
  'Write to me@example.org or tel:+15550100',
  'https://meet.example.com/t/abc',
])('%s may pass', (text) => expect(unwelcome(text)).toBeUndefined());

test('an invitation is found in whatever is around it, in any case', () => {
  const around = fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => (text === '' ? '' : `${text} `));
  fc.assert(
    fc.property(fc.constantFrom(...INVITES), around, around, fc.boolean(), (link, before, after, loud) => {
      expect(unwelcome(`${before}${loud ? link.toUpperCase() : link} ${after}`)).toBe('invite');
    }),
  );
});

test('words without a stroke and a colon lead nowhere', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      expect(unwelcome(text.normalize('NFKD').replace(/[/:\\⁄∕]/gu, ''))).toBeUndefined();
    }),
  );
});
