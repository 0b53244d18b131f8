/**
 * What a person decided about rows of the crisis table that a rule can't decide. Keys are `<country> <name in the table>`.
 * Anything here that meets no row stops the build, so that a decision can't outlive its reason.
 *
 * `name`: how the line writes its own name. `phone`: its numbers, one by one. `sms: null`: not offered as a text line.
 * `note`: `crisis.notes.<id>` says something that matters to a caller. `split`: one row that holds two lines.
 */
export const editing = {
  'US Emergency services': { note: true },
  'US Veterans Crisis Line': { phone: [{ number: '988', press: '1' }], note: true },
  'US SAMHSA National Helpline': { sms: null, note: true },
  'US Never Use Alone': { phone: [{ number: '1-877-696-1996' }, { number: '1-800-484-3731' }], note: true },
  'US SafeSpot (formerly NUA New England / MA Overdose Prevention Helpline)': { name: 'SafeSpot' },
  'US Trans Lifeline': { note: true },
  'CA Quebec: 1-866-APPELLE': { name: '1 866 APPELLE', note: true },
  'CA Trans Lifeline (Canada)': { name: 'Trans Lifeline' },
  'CA Poison Centres (toll-free)': { name: 'Poison Centres' },
  'GB Emergency services': { phone: [{ number: '999' }, { number: '112' }] },
  'GB NHS 111 (mental health option 2)': { name: 'NHS 111', phone: [{ number: '111', press: '2' }], note: true },
  'GB Samaritans': { languages: ['en'], note: true },
  'GB DAN 24/7 (Wales)': { name: 'DAN 24/7', note: true },
  'GB AA Great Britain': { name: 'Alcoholics Anonymous Great Britain' },
  'GB National Domestic Abuse Helpline (Refuge)': { name: 'National Domestic Abuse Helpline, by Refuge' },
  'IE Emergency services': { phone: [{ number: '112' }, { number: '999' }] },
  'AU Emergency services': { note: true },
  'AU Lifeline': { languages: ['en'], interpreters: true, note: true },
  'NZ 1737 Need to talk?': { note: true },
  'NZ Suicide Crisis Helpline (TAUTOKO)': { name: 'Suicide Crisis Helpline, Tautoko' },
  'NZ Alcohol Drug Helpline': { sms: null },
  'IN Tele-MANAS': { phone: [{ number: '14416' }, { number: '1-800-891-4416' }] },
  'DE TelefonSeelsorge': { phone: [{ number: '0800 111 0 111' }, { number: '0800 111 0 222' }, { number: '116 123' }] },
  'DE Sucht & Drogen Hotline': { note: true },
  'FR 3114 Numero national de prevention du suicide': { name: '3114, numéro national de prévention du suicide' },
  'ES 024 Llama a la vida': { name: '024, llama a la vida', note: true },
  'NL 113 Zelfmoordpreventie': { phone: [{ number: '113' }, { number: '0800-0113' }] },
  'BE Zelfmoordlijn / Centre de Prevention': {
    split: [
      { name: 'Zelfmoordlijn 1813', phone: [{ number: '1813' }], languages: ['nl'] },
      { name: 'Centre de Prévention du Suicide', phone: [{ number: '0800 32 123' }], languages: ['fr'], web: null },
    ],
  },
  'SE Mind Sjalvmordslinjen': { name: 'Mind Självmordslinjen' },
  'NO Mental Helse / Kirkens SOS': {
    split: [
      { name: 'Mental Helse', phone: [{ number: '116 123' }] },
      { name: 'Kirkens SOS', phone: [{ number: '22 40 00 40' }] },
    ],
  },
  'MX Linea de la Vida': { name: 'Línea de la Vida', note: true },
  'AR Centro de Asistencia al Suicida': { phone: [{ number: '135' }, { number: '(011) 5275-1135' }], note: true },
  'JP TELL Lifeline (English) / Yorisoi': {
    split: [
      { name: 'TELL Lifeline', phone: [{ number: '0800-300-8355' }], languages: ['en'] },
      { name: 'Yorisoi Hotline', phone: [{ number: '0120-279-338' }], languages: ['ja', 'mul'], chat: null, web: null },
    ],
  },
};

/** Opening hours of the table to the codes that have words under `crisis.hours`. */
export const hours = {
  '24/7': 'always',
  '24/7 (routes to state service)': 'always',
  '24/7 (paid call)': 'always',
  'NOT 24/7 - check site': 'check',
  'NOT 24/7': 'check',
  'varies by area, often 24/7': 'area',
  'Mon-Fri office hours (about 9:30-17:30)': 'office',
  'daily, long hours (not 24/7 in older sources)': 'daily',
  'limited hours nationally': 'limited',
  varies: 'varies',
  directory: 'varies',
};

/** Language notes of the table to ISO 639 codes; `mul` is "many". */
export const languageWords = {
  cree: 'cr',
  ojibway: 'oj',
  inuktitut: 'iu',
  multi: 'mul',
  many: 'mul',
  'local + often en': 'mul',
  '20 languages': 'mul',
  local: 'mul',
  others: 'mul',
};

/** Short names of sources, in words. What stands in the table otherwise is kept as it is. */
export const sourceWords = {
  wiki2021: "Wikipedia's list of suicide crisis lines, copy of 2021",
  crisistwin2025: 'crisistwin, list of emergency numbers, copy of 2025',
  aidlines2024: 'AidLines, list of help lines, copy of 2024',
  many: 'many public pages that agree',
  'find_string hits': 'several public pages and programs that agree',
  find_string: 'several public pages and programs that agree',
  'find_string hit 2026-09': 'a public page of September 2026',
  'two find_string hits': 'two public pages that agree',
  'code hits': 'several public programs that agree',
  'code corpus hit': 'a public program',
  'CONFLICT: see notes': 'public pages, which disagree about the number',
  '>8 independent find_string hits, one verified 2026-09-06':
    'more than eight public pages, one of them checked by its owner on 6 September 2026',
  'query/NZ National Telehealth references': 'references of the New Zealand National Telehealth Service',
  'query/knowledge': 'a search of public pages',
  'NB a 2018-20 page gives 086 1800 280 (old Crisis Text Line number)': 'a page of 2018 to 2020, for an older number',
  'knowledge + query': 'a search of public pages',
  'not in wiki2021 (launched Oct 2021)': null,
  knowledge: 'general knowledge',
};
