import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describeSchedule, type ScheduleParts } from '../../src/time/describe-schedule.js';
import { orderTimes } from '../../src/time/recurrence.js';
import { WEEKDAYS } from '../../src/time/rule.js';
import { saySchedule } from '../../src/time/say-schedule.js';

const hear = (text: string) => {
  const said = saySchedule(text, 'Europe/Madrid');
  if (!said.ok) return said.word === undefined ? said.why : `${said.why}: ${said.word}`;
  return `${said.rrule.replace('FREQ=', '')} ${said.times.map((time) => time.toString({ smallestUnit: 'minute' })).join(' ')}`;
};

test.each([
  ['every day at 8', 'DAILY 08:00'],
  ['Daily, 8 am', 'DAILY 08:00'],
  ['8:00', 'DAILY 08:00'],
  ['at 8 and 8pm', 'DAILY 08:00 20:00'],
  ['weekdays at 7:30am', 'WEEKLY;BYDAY=MO,TU,WE,TH,FR 07:30'],
  ['every weekday at 7.30 a.m.', 'WEEKLY;BYDAY=MO,TU,WE,TH,FR 07:30'],
  ['mon-fri 9', 'WEEKLY;BYDAY=MO,TU,WE,TH,FR 09:00'],
  ['from Friday to Monday at midnight', 'WEEKLY;BYDAY=MO,FR,SA,SU 00:00'],
  ['weekends 10:00', 'WEEKLY;BYDAY=SA,SU 10:00'],
  ['mon, wed and fri at 9pm', 'WEEKLY;BYDAY=MO,WE,FR 21:00'],
  ['Mondays & Thursdays @ 21:00', 'WEEKLY;BYDAY=MO,TH 21:00'],
  ['every 3 days at noon', 'DAILY;INTERVAL=3 12:00'],
  ['every other day at 12am', 'DAILY;INTERVAL=2 00:00'],
  ['twice a day at 8:00 and 20:00', 'DAILY 08:00 20:00'],
  ['three times a day: 8, 14, 20'.replace(':', ''), 'DAILY 08:00 14:00 20:00'],
  ['every other sunday 6pm', 'WEEKLY;INTERVAL=2;BYDAY=SU 18:00'],
  ['every 2 weeks on tue and sat at half past 7 in the evening', 'WEEKLY;INTERVAL=2;BYDAY=TU,SA 19:30'],
  ['monthly on the 1st at 9', 'MONTHLY;BYMONTHDAY=1 09:00'],
  ['on the 1st and 15th of each month at 9', 'MONTHLY;BYMONTHDAY=1,15 09:00'],
  ['every 3 months on the last day at eight', 'MONTHLY;INTERVAL=3;BYMONTHDAY=-1 08:00'],
  ['the third friday of the month at 7pm', 'MONTHLY;BYDAY=3FR 19:00'],
  ['2nd and 4th Thursday at 7pm', 'MONTHLY;BYDAY=2TH,4TH 19:00'],
  ['every second and last Monday of the month, 18:30', 'MONTHLY;BYDAY=-1MO,2MO 18:30'],
  ['1st, 3rd and 5th saturday of each month 10am', 'MONTHLY;BYDAY=1SA,3SA,5SA 10:00'],
  ['first Sunday of the month 18:30', 'MONTHLY;BYDAY=1SU 18:30'],
  ['every Tuesday 19:00', 'WEEKLY;BYDAY=TU 19:00'],
  ['el segundo y el cuarto jueves a las 19', 'MONTHLY;BYDAY=2TH,4TH 19:00'],
  ['primer y tercer lunes de cada mes a las 20:00', 'MONTHLY;BYDAY=1MO,3MO 20:00'],
  ['2º y 4º jueves a las 7 de la tarde', 'MONTHLY;BYDAY=2TH,4TH 19:00'],
  ['every evening at 8', 'DAILY 20:00'],
  ['every night at 12', 'DAILY 00:00'],
  ['every day from monday to friday at 0730', 'WEEKLY;BYDAY=MO,TU,WE,TH,FR 07:30'],
  ['monday to sunday 8:15', 'DAILY 08:15'],
  ['cada día a las 8', 'DAILY 08:00'],
  ['todos los días a las 8 y a las 20', 'DAILY 08:00 20:00'],
  ['de lunes a viernes a las 7:30', 'WEEKLY;BYDAY=MO,TU,WE,TH,FR 07:30'],
  ['Lunes y jueves 21:00', 'WEEKLY;BYDAY=MO,TH 21:00'],
  ['miércoles y sábados a las 7 y media de la tarde', 'WEEKLY;BYDAY=WE,SA 19:30'],
  ['cada 3 días al mediodía', 'DAILY;INTERVAL=3 12:00'],
  ['fines de semana a las 10', 'WEEKLY;BYDAY=SA,SU 10:00'],
  ['dos veces al día a las 8:00 y 20:00', 'DAILY 08:00 20:00'],
  ['cada dos semanas el domingo a la una de la tarde', 'WEEKLY;INTERVAL=2;BYDAY=SU 13:00'],
  ['cada dos domingos a las 18 h', 'WEEKLY;INTERVAL=2;BYDAY=SU 18:00'],
  ['el 1 y el 15 de cada mes a las 9', 'MONTHLY;BYMONTHDAY=1,15 09:00'],
  ['el primer lunes de cada mes a las 9 de la mañana', 'MONTHLY;BYDAY=1MO 09:00'],
  ['el último día del mes a las 21:45', 'MONTHLY;BYMONTHDAY=-1 21:45'],
  ['entre semana a las 8 menos cuarto', 'WEEKLY;BYDAY=MO,TU,WE,TH,FR 07:45'],
  ['todas las noches a las 10', 'DAILY 22:00'],
  ['FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=30', 'WEEKLY;BYDAY=MO 09:30'],
  ['rrule:FREQ=DAILY;UNTIL=20270101T000000Z 8pm', 'DAILY;UNTIL=20270101 20:00'],
  ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29 at 9 and 21', 'YEARLY;BYMONTH=2;BYMONTHDAY=29 09:00 21:00'],
])('%j is %s', (text, meant) => expect(hear(text)).toBe(meant));

test.each([
  ['', 'no-time'],
  ['every day', 'no-time'],
  ['cada domingo', 'no-time'],
  ['FREQ=DAILY', 'no-time'],
  ['weekly at 9', 'no-day'],
  ['mensual a las 9', 'no-day'],
  ['twice a day at 8', 'how-many'],
  ['every 3 days on monday at 9', 'two-rules'],
  ['monthly on monday at 9', 'two-rules'],
  ['every 2 hours', 'too-often'],
  ['cada 90 minutos', 'too-often'],
  ['FREQ=HOURLY', 'too-often'],
  ['every 900 days at 8', 'interval'],
  ['on the 32nd at 8', 'unreadable'],
  ['every day at 8 except sunday', 'word: except'],
  ['every blursday at 9', 'word: blursday'],
  ['at 25', 'word: 25'],
  ['at 13pm', 'word: 13pm'],
  ['8:75', 'word: 8:75'],
  ['x'.repeat(201), 'unreadable'],
])('%j is refused: %s', (text, why) => expect(hear(text)).toBe(why));

/** How an edge might say the parts; the catalogue's own words are of its own making. */
const speak: Record<'en' | 'es', (parts: ScheduleParts) => string> = {
  en({ kind, interval, days, monthDays, nths, times }) {
    const names = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
    const on = days.map((day) => names[WEEKDAYS.indexOf(day)]).join(' and ');
    const every = (unit: string) => (interval === 1 ? `every ${unit}` : `every ${interval} ${unit}s`);
    const each = monthDays.map((day) => (day === -1 ? 'the last day' : `the ${day}`)).join(' and ');
    const ordinals = ['', 'first', 'second', 'third', 'fourth', 'fifth'];
    const which = nths.map((nth) => (nth === -1 ? 'last' : ordinals[nth])).join(' and ');
    const said = {
      daily: every('day'),
      weekdays: 'weekdays',
      weekends: 'weekends',
      weekly: `${every('week')} on ${on}`,
      monthly: `${every('month')} on ${each}`,
      'monthly-weekday': `${every('month')} on the ${which} ${on}`,
      rule: '',
    }[kind];
    return `${said} at ${times.join(', ')}`;
  },
  es({ kind, interval, days, monthDays, nths, times }) {
    const names = ['lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado', 'domingo'];
    const on = days.map((day) => names[WEEKDAYS.indexOf(day)]).join(' y ');
    const every = (one: string, many: string) => (interval === 1 ? `cada ${one}` : `cada ${interval} ${many}`);
    const each = monthDays.map((day) => (day === -1 ? 'el último día' : `el ${day}`)).join(' y ');
    const ordinals = ['', 'primer', 'segundo', 'tercer', 'cuarto', 'quinto'];
    const which = nths.map((nth) => (nth === -1 ? 'último' : ordinals[nth])).join(' y ');
    const said = {
      daily: every('día', 'días'),
      weekdays: 'de lunes a viernes',
      weekends: 'los fines de semana',
      weekly: `${every('semana', 'semanas')} el ${on}`,
      monthly: `${every('mes', 'meses')} ${each}`,
      'monthly-weekday': `${every('mes', 'meses')} el ${which} ${on}`,
      rule: '',
    }[kind];
    return `${said} a las ${times.join(' y ')}`;
  },
};

const times = fc
  .array(fc.integer({ min: 0, max: 1439 }), { minLength: 1, maxLength: 4 })
  .map((all) => orderTimes(all.map((minutes) => Temporal.PlainTime.from('00:00').add({ minutes }))));
const interval = (most: number) => fc.integer({ min: 1, max: most }).map((n) => (n === 1 ? '' : `;INTERVAL=${n}`));
const rules = fc.oneof(
  interval(30).map((every) => `FREQ=DAILY${every}`),
  fc
    .tuple(interval(8), fc.subarray([...WEEKDAYS], { minLength: 1 }))
    .map(([every, days]) => (days.length === 7 && every === '' ? 'FREQ=DAILY' : `FREQ=WEEKLY${every};BYDAY=${days.join(',')}`)),
  fc
    .tuple(interval(8), fc.subarray([-1, ...Array.from({ length: 31 }, (_, day) => day + 1)], { minLength: 1, maxLength: 4 }))
    .map(([every, days]) => `FREQ=MONTHLY${every};BYMONTHDAY=${days.join(',')}`),
  fc
    .tuple(interval(8), fc.subarray([-1, 1, 2, 3, 4, 5], { minLength: 1 }), fc.constantFrom(...WEEKDAYS))
    .map(([every, nths, day]) => `FREQ=MONTHLY${every};BYDAY=${nths.map((nth) => `${nth}${day}`).join(',')}`),
);

test.each(['en', 'es'] as const)('in %s, what is described is understood as the same', (language) => {
  fc.assert(
    fc.property(rules, times, (rrule, at) => {
      const parts = describeSchedule({ rrule, times: at });
      const said = saySchedule(speak[language](parts), 'UTC');
      expect(said.ok && { rrule: said.rrule, times: said.times.map(String) }).toEqual({ rrule, times: at.map(String) });
    }),
    { numRuns: 1500 },
  );
});

test('what has no words of its own is described by its rule, which is understood as it stands', () => {
  const rrule = 'FREQ=YEARLY;UNTIL=20300101;BYMONTH=2;BYMONTHDAY=29';
  const said = saySchedule(`${rrule} 09:00`, 'UTC');
  expect(said.ok && describeSchedule(said)).toEqual({
    kind: 'rule',
    interval: 1,
    days: [],
    monthDays: [],
    nths: [],
    times: ['09:00'],
    until: '2030-01-01',
    rrule,
  });
});

test('no text breaks it, and what it accepts is a rule that it accepts again', () => {
  const words = fc.constantFrom(
    'every',
    'cada',
    'day',
    'lunes',
    'mon',
    '3',
    'at',
    'a las',
    '8',
    '8pm',
    'the',
    '1st',
    'mes',
    'weekly',
    ',',
    '-',
    'y',
    'FREQ=DAILY',
    'x',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc.array(words, { maxLength: 12 }).map((all) => all.join(' ')),
      ),
      (text) => {
        const said = saySchedule(text, 'UTC');
        if (!said.ok) return;
        const again = saySchedule(
          `${said.rrule} ${said.times.map((time) => time.toString({ smallestUnit: 'minute' })).join(' ')}`,
          'UTC',
        );
        expect(again).toEqual(said);
      },
    ),
    { numRuns: 2000 },
  );
});
