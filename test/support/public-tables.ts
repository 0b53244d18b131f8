/**
 * Tables in which what somebody typed may be read in the database, and why. Everything else that is typed is sealed, or not kept.
 */
const PUBLIC: Readonly<Record<string, string>> = {
  Meeting: 'public facts from lists, which somebody may happen to look for in the same words',
  MeetingSource: 'the same',
  Resource: 'the same',
  ResourceSource: 'the same',
  ResourceTown: 'the same',
  ResourceWord: 'the same, word by word',
};

export const isPublic = (table: string): boolean => Object.hasOwn(PUBLIC, table);
