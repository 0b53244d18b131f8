import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { CREDENTIALS } from '../../../src/core/pairing/credentials.js';
import { PATHWAYS } from '../../../src/core/pairing/vocabulary.js';
import { describeWithShared, sharedData } from '../../support/shared.js';

const codesIn = (file: string): string[] => {
  const rows: { code: string }[] = parse(readFileSync(sharedData('reference', file), 'utf8'), { columns: true });
  return rows.map(({ code }) => code).sort();
};

describeWithShared('what can be told of and wished for', () => {
  test('is every pathway that is known, and no other', () => {
    expect([...PATHWAYS].sort()).toEqual(codesIn('pathways.csv'));
  });

  test('is every credential that is known, and no other', () => {
    expect([...CREDENTIALS].sort()).toEqual(codesIn('mentor_credentials.csv'));
  });
});
