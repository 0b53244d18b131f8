/**
 * Sixty questions of real need, and what would answer each, by facts that the lists themselves state. No engine had a part in it:
 * see docs/decisions/resource-quality.md for how a record is judged.
 */
export interface Judged {
  /** As somebody types it. */
  readonly ask: string;
  /** What the service has to be, each by words of its name, organization, description or kind; `otp`: a certified opioid treatment program. */
  readonly needs: readonly (RegExp | 'otp')[];
  /** Of which list it is. */
  readonly list: 'treatment' | 'legal';
  /** `City, ST`, a postal code, `County, ST` for a county that is named as such, or a state. */
  readonly at?: string;
}

const DETOX = /\bdetox|withdrawal/i;
const SOBER = /\bsober|recovery (?:house|home)|halfway|transitional|oxford house/i;
const WOMEN = /\bwom[ae]n|female|ladies|mother|mujer/i;
const MEN = /\bm[ae]ns?\b|\bmale\b/i;
const YOUTH = /\byouth|adolesc|\bteen|juvenile|young/i;
const VETERANS = /veteran|\bva\b/i;
const OUTPATIENT = /outpatient|\bop\b|\biop\b/i;
const RESIDENTIAL = /residential|inpatient/i;
const FAMILY = /famil|parent|child/i;
const LATINO = /latin|hispan|spanish|casa\b|centro|mujeres/i;
const NATIVE = /native|tribal|indian|tribe|nation\b/i;
const DUI = /\bdui\b|\bdwi\b|driv(?:er|ing)/i;
const MENTAL = /mental|behav|psych/i;
const HOUSING = /housing|shelter|homeless|transitional|halfway/i;
const MEDICAL = /hospital|medical ctr|medical center/i;

const treatment = (ask: string, needs: Judged['needs'], at?: string): Judged => ({
  ...{ ask, needs, list: 'treatment' },
  ...(at !== undefined && { at }),
});
const legal = (ask: string, needs: readonly RegExp[], at?: string): Judged => ({
  ...{ ask, needs, list: 'legal' },
  ...(at !== undefined && { at }),
});

export const JUDGED: readonly Judged[] = [
  treatment('detox that takes medicaid in hartford', [DETOX], 'Hartford, CT'),
  treatment('suboxon clinic near 06103', ['otp'], '06103'),
  treatment('methadone clinic in baltimore', ['otp'], 'Baltimore, MD'),
  treatment('metadona en el Bronx', ['otp'], 'Bronx, NY'),
  treatment('methodone treatment center chicago', ['otp'], 'Chicago, IL'),
  treatment('buprenorphine portland maine', ['otp'], 'Portland, ME'),
  treatment('opioid treatment program tucson az', ['otp'], 'Tucson, AZ'),
  treatment('where can i get methadone in Las Vegas', ['otp'], 'Las Vegas, NV'),
  treatment('vivienda sobria mujeres', [SOBER, WOMEN]),
  treatment('sober living for women in los angeles', [SOBER, WOMEN], 'Los Angeles, CA'),
  treatment('halfway house for men houston', [SOBER, MEN], 'Houston, TX'),
  treatment('recovery house philadelphia', [SOBER], 'Philadelphia, PA'),
  treatment('casa de recuperacion en phoenix', [SOBER], 'Phoenix, AZ'),
  treatment('sober house minnesota', [SOBER], 'MN'),
  treatment('womens residential treatment denver', [RESIDENTIAL, WOMEN], 'Denver, CO'),
  treatment('programa para mujeres en chicago', [WOMEN], 'Chicago, IL'),
  treatment('rehab for pregnant women florida', [WOMEN], 'FL'),
  treatment('mens program san diego', [MEN], 'San Diego, CA'),
  treatment('teen drug rehab salt lake city', [YOUTH], 'Salt Lake City, UT'),
  treatment('adolescent outpatient milwaukee', [YOUTH, OUTPATIENT], 'Milwaukee, WI'),
  treatment('ayuda para jóvenes adicciones albuquerque', [YOUTH], 'Albuquerque, NM'),
  treatment('youth services seattle', [YOUTH], 'Seattle, WA'),
  treatment('veterans clinic brooklyn', [VETERANS], 'Brooklyn, NY'),
  treatment('va hospital substance abuse cleveland', [VETERANS], 'Cleveland, OH'),
  treatment('programa para veteranos en san antonio', [VETERANS], 'San Antonio, TX'),
  treatment('veterns treatment ohio', [VETERANS], 'OH'),
  treatment('iop outpatient charlotte', [OUTPATIENT], 'Charlotte, NC'),
  treatment('outpateint counseling atlanta', [OUTPATIENT], 'Atlanta, GA'),
  treatment('tratamiento ambulatorio miami', [OUTPATIENT], 'Miami, FL'),
  treatment('residential treatment new york', [RESIDENTIAL], 'New York, NY'),
  treatment('residencial en puerto rico', [RESIDENTIAL], 'PR'),
  treatment('inpatient rehab near 33101', [RESIDENTIAL], '33101'),
  treatment('detox indianapolis', [DETOX], 'Indianapolis, IN'),
  treatment('desintoxicación en los angeles', [DETOX], 'Los Angeles, CA'),
  treatment('alcohol detoxification new jersey', [DETOX], 'NJ'),
  treatment('detox massachusetts', [DETOX], 'MA'),
  treatment('family counseling louisville', [FAMILY], 'Louisville, KY'),
  treatment('treatment where i can bring my children detroit', [FAMILY], 'Detroit, MI'),
  treatment('latino recovery program', [LATINO]),
  treatment('hispanic counseling new york', [LATINO], 'New York, NY'),
  treatment('native american treatment oklahoma', [NATIVE], 'OK'),
  treatment('tribal behavioral health montana', [NATIVE], 'MT'),
  treatment('dui classes colorado springs', [DUI], 'Colorado Springs, CO'),
  treatment('dui program las vegas', [DUI], 'Las Vegas, NV'),
  treatment('mental helth and addiction rochester ny', [MENTAL], 'Rochester, NY'),
  treatment('behavioral health saint paul', [MENTAL], 'Saint Paul, MN'),
  treatment('shelter with treatment columbus ohio', [HOUSING], 'Columbus, OH'),
  treatment('hospital with rehab in costa mesa', [MEDICAL], 'Costa Mesa, CA'),
  treatment('rehab in tulsa', [], 'Tulsa, OK'),
  treatment('help with drinking spokane', [], 'Spokane, WA'),
  legal('being evicted need a lawyer', [/evict|landlord/i]),
  legal('abogado por desalojo', [/evict|landlord/i]),
  legal('expungement of my record', [/expunge|seal/i]),
  legal('expungment tampa hillsborough', [/expunge|seal/i], 'Hillsborough County, FL'),
  legal('get my drivers license back', [/licen[cs]e|drive/i]),
  legal('divorce with domestic violence palm beach', [/divorce|dissolution/i, /domestic violence/i], 'Palm Beach County, FL'),
  legal('ayuda legal inmigración', [/immigra/i]),
  legal('help with social security disability after prison', [
    /social security|ssi\b|disabilit/i,
    /re-?entry|prison|incarcerat|inmate/i,
  ]),
  legal('debt collectors bankrupcy', [/bankruptcy|debt|collection/i]),
  legal('foreclosure help for seniors', [/foreclosure/i, /senior|elder|60/i]),
];
