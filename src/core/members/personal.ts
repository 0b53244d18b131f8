import { z } from 'zod';
import { kept, LEADS, nobodys, not, personal, shaped, WORKING } from '../privacy/declare.js';

/** A role that was given to one of their accounts by name. */
const byName = (accounts: readonly { readonly platform: string; readonly externalId: string }[]) => ({
  kind: 'member' as const,
  OR: accounts.map(({ platform, externalId }) => ({ externalId, space: { platform: platform as never } })),
});

export const memberTables = {
  Member: personal('Member', {
    mine: ({ id }) => ({ id }),
    counted: false,
    erased: 'goes',
    columns: {
      ...{ zone: 'mine', toldZone: 'mine', language: 'mine', greetedAt: 'mine', quietFrom: 'mine', quietTo: 'mine' },
      ...{
        reflection: 'mine',
        asksAboutSaved: 'mine',
        unreachedAt: 'mine',
        coordinatesAt: 'mine',
        ageBand: 'mine',
        createdAt: 'mine',
      },
      ...{ thereAt: 'mine', leftAt: 'mine' },
      fallback: kept("the platform's ids of a place that its moderators share"),
      fallbackThread: kept("the platform's id of a thread"),
    },
  }),
  Identity: personal('Identity', {
    mine: ({ id }) => ({ memberId: id }),
    counted: false,
    erased: 'goes',
    columns: { memberId: 'self', platform: 'mine', externalId: 'mine', createdAt: 'mine' },
  }),
  Consent: personal('Consent', {
    mine: ({ id }) => ({ memberId: id }),
    counted: false,
    erased: 'goes',
    columns: {
      ...{ memberId: 'self', fact: 'mine', grantedAt: 'mine', revokedAt: 'mine' },
      // Of another's consent it may name the member: see `end` of this folder.
      recipient: 'other',
    },
    shape: shaped('fact grantedAt revokedAt', { to: z.string() }, ({ fact, recipient, grantedAt, revokedAt }) => ({
      ...{ fact, grantedAt, revokedAt },
      to: recipient.split(':', 1)[0] ?? '',
    })),
  }),
  RoleGrant: personal('RoleGrant', {
    mine: ({ accounts }) => byName(accounts),
    erased: 'deleted',
    columns: {
      spaceId: LEADS,
      role: 'mine',
      kind: not('whether it is a person or a role of the platform'),
      externalId: 'self',
      createdAt: 'mine',
    },
  }),
  MemberBlock: personal('MemberBlock', {
    mine: ({ id }) => ({ memberId: id }),
    erased: 'goes',
    columns: { memberId: 'self', otherId: 'other', at: 'mine' },
  }),
  Uptime: nobodys('when a process was listening', 'platform since until'),
  EncryptionKey: nobodys('proves that a key is the one that was used; holds no key', 'check usedAt retiredAt createdAt'),
  Pace: nobodys('how far ahead a rate is spoken for; a conversation only as a hash, for minutes', 'lane freeAt'),
};

export const workTables = {
  DueWork: personal('DueWork', {
    mine: ({ id }) => ({ subjectId: id }),
    counted: false,
    erased: 'deleted',
    columns: { kind: 'mine', subjectId: 'self', dueAt: 'mine', wakeAt: WORKING, failures: WORKING, createdAt: WORKING },
  }),
  Delivery: personal('Delivery', {
    mine: ({ id }) => ({ memberId: id }),
    erased: 'goes',
    columns: {
      ...{ kind: 'mine', memberId: 'self', platform: 'mine', state: 'mine', reason: 'mine', dueAt: 'mine', endedAt: 'mine' },
      ...{
        subjectId: LEADS,
        once: WORKING,
        expiresAt: WORKING,
        rank: WORKING,
        tries: WORKING,
        faults: WORKING,
        createdAt: WORKING,
      },
      ref: not("the platform's id of a message of the bot"),
    },
  }),
};
