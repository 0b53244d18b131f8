import { nobodys } from '../privacy/declare.js';

export const communityTables = {
  Community: nobodys('of everybody together', 'zone language country setUpAt createdAt'),
  Space: nobodys('a guild or workspace', 'platform externalId wrongCodes wrongSince removedAt createdAt'),
  LinkCode: nobodys('a keyed digest of a code with which a place joins', 'digest expiresAt'),
  Setting: nobodys("a community's own choice", 'key value updatedAt'),
  Forgotten: nobodys('how many rows were deleted in a night because their time was over', 'kind night count'),
};
