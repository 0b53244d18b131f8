import { z } from 'zod';
import { kept, LEADS, nobodys, personal, sealed } from '../privacy/declare.js';
import { suggestedSchema } from './care/suggestion.js';

export const resourceTables = {
  ResourceSource: nobodys('a list that others publish', 'name url attribution licence zone seenAt skipped isOwn createdAt'),
  Resource: nobodys(
    'a service, as its source publishes it and the community keeps it, without who said so',
    'sourceId no key name latitude longitude zone hours verified names places terms details hash retiredAt retiredBy pinnedAt checkedOn fixes published note',
  ),
  ResourceWord: nobodys('a stem by which services are found', 'word count near anywhere names places'),
  ResourceTown: nobodys('a town in which services are', 'label folded count'),
  ResourceReport: personal('ResourceReport', {
    mine: ({ id }) => ({ memberId: id }),
    erased: 'goes',
    columns: {
      ...{ resourceId: LEADS, memberId: 'self', what: 'mine', openFor: 'mine', words: sealed(z.string()), createdAt: 'mine' },
      ...{ closedAt: 'mine', outcome: 'mine' },
    },
  }),
  ResourceSuggestion: personal('ResourceSuggestion', {
    mine: ({ id }) => ({ memberId: id }),
    erased: 'goes',
    columns: {
      ...{ memberId: 'self', body: sealed(suggestedSchema), createdAt: 'mine', closedAt: 'mine', outcome: 'mine' },
      resourceId: kept('a service that everybody can see'),
    },
  }),
  ResourceCount: nobodys('how many, without who', 'month what topic members'),
  ResourceCounted: nobodys('that somebody was counted, as a keyed digest, until the month is over', 'month digest'),
};
