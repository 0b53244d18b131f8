import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import {
  type Anniversary,
  anniversariesIn,
  nextAnniversary,
  tally,
  totalCount,
} from '../../../src/core/milestones/anniversaries.js';
import { MARK_LISTS, type MarkListName } from '../../../src/core/milestones/marks.js';
import { dayOf } from '../../../src/time/local.js';

const day = (text: string) => Temporal.PlainDate.from(text);
const shown = (each: Anniversary | undefined) => each && `${each.mark.count} ${each.mark.unit} on ${each.on}`;
const all = (from: string, list: MarkListName, after: string, through: string) =>
  anniversariesIn(day(from), list, day(after), day(through)).map(shown);

test('days, and then every 365', () => {
  expect(shown(nextAnniversary(day('2027-01-01'), 'days', day('2027-01-01')))).toBe('1 days on 2027-01-02');
  expect(shown(nextAnniversary(day('2027-01-01'), 'days', day('2027-01-31')))).toBe('60 days on 2027-03-02');
  expect(all('2020-01-01', 'days', '2021-12-31', '2024-12-31')).toEqual([
    '1095 days on 2022-12-31',
    '1460 days on 2023-12-31',
    '1825 days on 2024-12-30',
  ]);
});

test('months are those of the calendar, from the first day on', () => {
  expect(all('2027-01-31', 'months', '2027-01-31', '2027-06-01')).toEqual([
    '1 months on 2027-02-28',
    '2 months on 2027-03-31',
    '3 months on 2027-04-30',
    '4 months on 2027-05-31',
  ]);
  expect(all('2028-01-30', 'months', '2028-01-30', '2028-02-29')).toEqual(['1 months on 2028-02-29']);
});

test('who began on 29 February has an anniversary every year', () => {
  expect(all('2024-02-29', 'years', '2024-02-29', '2028-12-31')).toEqual([
    '1 years on 2025-02-28',
    '2 years on 2026-02-28',
    '3 years on 2027-02-28',
    '4 years on 2028-02-29',
  ]);
});

test('the fellowships have theirs', () => {
  expect(all('2025-01-15', 'aa', '2025-04-15', '2025-07-01')).toEqual(['4 months on 2025-05-15', '5 months on 2025-06-15']);
  expect(all('2025-01-15', 'na', '2025-01-15', '2028-02-01')).toEqual([
    '1 days on 2025-01-16',
    '30 days on 2025-02-14',
    '60 days on 2025-03-16',
    '90 days on 2025-04-15',
    '6 months on 2025-07-15',
    '9 months on 2025-10-15',
    '1 years on 2026-01-15',
    '18 months on 2026-07-15',
    '2 years on 2027-01-15',
    '3 years on 2028-01-15',
  ]);
});

test('backdating by decades brings the next one, not all of them', () => {
  expect(shown(nextAnniversary(day('1990-07-04'), 'years', day('2027-05-20')))).toBe('37 years on 2027-07-04');
  expect(anniversariesIn(day('1990-07-04'), 'aa', day('2027-05-20'), day('2027-05-21'))).toEqual([]);
});

const names = Object.keys(MARK_LISTS) as MarkListName[];

test('every list rises', () => {
  for (const name of names) {
    const found = anniversariesIn(day('2024-01-31'), name, day('2024-01-31'), day('2040-01-31')).map(({ on }) => String(on));
    expect(found).toEqual([...new Set(found)].sort());
    expect(MARK_LISTS[name].first.length).toBe(found.filter((on) => on <= String(nextAfterFirst(name))).length);
  }
});

function nextAfterFirst(name: MarkListName): Temporal.PlainDate {
  const last = MARK_LISTS[name].first.at(-1);
  return day('2024-01-31').add({ [last?.unit ?? 'days']: last?.count ?? 0 });
}

test('each mark is found once, however the days are cut and wherever the member is', () => {
  const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
  fc.assert(
    fc.property(
      fc.constantFrom(...names),
      fc.integer({ min: 0, max: 800 }),
      fc.array(fc.tuple(fc.integer({ min: 1, max: 2000 }), zones), { minLength: 1, maxLength: 40 }),
      (name, ago, looks) => {
        const set = new Date('2027-05-20T12:00:00Z');
        const from = dayOf(set, 'UTC').subtract({ days: ago });
        let [at, through] = [set.getTime(), dayOf(set, 'UTC')];
        const begun = through;
        const marked: string[] = [];
        for (const [hours, zone] of looks) {
          at += hours * 3_600_000;
          const today = dayOf(new Date(at), zone);
          marked.push(...anniversariesIn(from, name, through, today).map(({ on }) => String(on)));
          if (Temporal.PlainDate.compare(today, through) > 0) through = today;
        }
        expect(marked).toEqual(anniversariesIn(from, name, begun, through).map(({ on }) => String(on)));
        expect(new Set(marked).size).toBe(marked.length);
      },
    ),
    { numRuns: 150 },
  );
});

test('totals and tallies have marks of their own, and never go down', () => {
  const periods = [{ from: day('2027-01-01'), until: day('2027-01-21') }, { from: day('2027-02-01') }];
  expect(totalCount(periods, day('2027-02-11'))).toEqual({ reached: 30, last: 30, next: 60 });
  expect(tally([])).toEqual({ reached: 0, next: 1 });
  expect(tally(['2027-01-01', '2027-03-01', '2027-01-01'].map(day))).toEqual({ reached: 2, last: 1, next: 7 });
});
