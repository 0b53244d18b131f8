import { foldWords } from '../../words/fold.js';
import { nearOf, stem } from './stem.js';

/** What services are for, as members choose it. */
export const CATEGORIES = [
  'housing',
  'work',
  'money',
  'legal',
  'health',
  'mental',
  'treatment',
  'food',
  'transport',
  'children',
  'papers',
  'reentry',
  'school',
] as const;
export type Category = (typeof CATEGORIES)[number];

/** Whom services are for. */
export const WHOS = ['women', 'men', 'youth', 'older', 'families', 'veterans', 'lgbtq', 'disabled'] as const;
export type Who = (typeof WHOS)[number];

/** How services are paid. */
export const COSTS = ['free', 'sliding', 'medicaid', 'insurance'] as const;
export type Cost = (typeof COSTS)[number];

export const OTHERS = ['detox', 'moud', 'sober', 'inpatient', 'outpatient', 'violence', 'remote'] as const;
/** What is asked for exactly: whoever asks for one of them is not helped by all that is legal, or all that is about money. */
const NARROW = ['eviction', 'immigration', 'expungement', 'debt', 'licence', 'native', 'latino'] as const;

export type Concept = Category | Who | Cost | (typeof OTHERS | typeof NARROW)[number];

/** Words and phrases, in English and Spanish, that mean the same to somebody who looks for help. */
const PHRASES: Readonly<Record<Concept, string>> = {
  housing:
    'housing|shelter|apartment|rent|homeless|homelessness|place to sleep|sleep|bed|eviction|landlord|tenant|residence|vivienda|refugio|albergue|alojamiento|alquiler|renta|dormir|cama|desalojo|sin hogar|casa',
  work: 'job|jobs|work|employment|employer|career|vocational|workforce|resume|trabajo|empleo|laboral|oficio',
  money:
    'money|financial|finance|debt|cash|benefits|bills|bankruptcy|budget|income|utilities|dinero|deuda|deudas|financiera|beneficios|facturas|bancarrota|ingresos',
  legal:
    'legal|lawyer|attorney|law|court|expungement|immigration|rights|abogado|abogada|juridica|corte|tribunal|inmigracion|derechos',
  health:
    'health|medical|doctor|clinic|dental|dentist|pharmacy|medication|hospital|hepatitis|hiv|salud|medico|clinica|dentista|farmacia|medicamentos',
  mental:
    'mental|psychiatric|psychiatry|therapy|therapist|counseling|counselling|counselor|behavioral|depression|anxiety|trauma|psiquiatra|terapia|consejeria|depresion|ansiedad',
  treatment:
    'treatment|rehab|rehabilitation|recovery|substance|addiction|alcohol|drug|drugs|opioid|tratamiento|rehabilitacion|recuperacion|adiccion|adicciones|drogas|sustancias',
  food: 'food|meal|meals|pantry|groceries|hungry|snap|food stamps|comida|alimentos|despensa|comedor|hambre',
  transport: 'transport|transportation|ride|rides|bus|transit|transporte|autobus|viaje',
  children: 'child care|childcare|daycare|day care|preschool|head start|guarderia|cuidado de ninos',
  papers:
    'id|identification|birth certificate|license|identity|documents|social security card|identificacion|acta de nacimiento|documentos|licencia|papeles',
  reentry:
    'reentry|re entry|prison|jail|incarcerated|incarceration|parole|probation|ex offender|carcel|prision|reinsercion|libertad condicional',
  school: 'school|education|ged|tutoring|literacy|college|escuela|educacion|estudios',
  women: 'woman|women|womens|female|ladies|mother|mothers|pregnant|mujer|mujeres|madre|madres|embarazada',
  men: 'man|men|mens|male|father|fathers|hombre|hombres|padre',
  youth: 'youth|teen|teens|teenager|adolescent|adolescents|young|juvenile|jovenes|joven|adolescentes',
  older: 'senior|seniors|elder|elderly|older adults|aging|mayores|ancianos|tercera edad',
  families: 'family|families|children|parents|parenting|kids|familia|familias|hijos|ninos|padres',
  veterans: 'veteran|veterans|military|va|veterano|veteranos|militar',
  lgbtq: 'lgbt|lgbtq|lgbtqia|gay|lesbian|transgender|queer|trans|lesbiana|transgenero',
  disabled: 'disability|disabilities|disabled|deaf|blind|wheelchair|discapacidad|discapacitados|sordos|ciegos',
  free: 'free|no cost|no charge|free of charge|gratis|gratuito|gratuita|sin costo',
  sliding: 'sliding scale|sliding fee|sliding|income based|escala movil|segun ingresos',
  medicaid: 'medicaid|medi cal|medical assistance|husky',
  insurance: 'insurance|insured|medicare|private insurance|seguro|aseguranza',
  detox: 'detox|detoxification|withdrawal|withdrawal management|desintoxicacion|abstinencia',
  moud: 'moud|buprenorphine|suboxone|subutex|methadone|naltrexone|vivitrol|medication assisted|opioid treatment|otp|buprenorfina|metadona|naltrexona',
  sober: 'sober living|sober|recovery house|halfway house|oxford house|recovery residence|sobria|sobrio|casa de recuperacion',
  inpatient: 'inpatient|residential|residencial|internado|hospitalizacion',
  outpatient: 'outpatient|iop|intensive outpatient|ambulatorio|ambulatoria',
  violence: 'domestic violence|violence|abused|battered|sexual assault|trafficking|violencia|maltrato',
  eviction: 'eviction|evicted|evict|landlord|tenant|tenants|desalojo|desalojan|desahucio|casero|inquilino',
  immigration: 'immigration|immigrant|immigrants|asylum|visa|deportation|inmigracion|inmigrante|inmigrantes|asilo|deportacion',
  expungement: 'expungement|expunge|sealing|sealed|criminal record|my record|antecedentes penales|antecedentes',
  debt: 'debt|debts|bankruptcy|creditor|creditors|collector|collectors|debt collection|deuda|deudas|bancarrota',
  licence:
    'driver license|drivers license|driving license|license auto|suspended license|drive|licencia de conducir|licencia de manejar',
  native: 'native|native american|tribal|tribe|tribes|indian|indigenous|indigena|indigenas|nativo',
  latino: 'latino|latina|latinos|latinas|latinx|hispanic|hispanics|hispano|hispana|hispanos|spanish speaking',
  remote: 'online|virtual|telehealth|telephone|hotline|remote|por telefono|en linea|telesalud|virtual',
};

const key = (phrase: string) => foldWords(phrase).split(' ').map(stem).join(' ');
const MOST_WORDS = 3;

const byPhrase = new Map<string, Concept[]>();
for (const [concept, phrases] of Object.entries(PHRASES) as [Concept, string][])
  for (const phrase of new Set(phrases.split('|').map(key))) byPhrase.set(phrase, [...(byPhrase.get(phrase) ?? []), concept]);

/** With which a phrase begins. */
const beginnings = new Set([...byPhrase.keys()].map((phrase) => phrase.split(' ', 1)[0] ?? ''));

/** Words a slip apart from one that means something. */
const byNear = new Map<string, Set<string>>();
for (const phrase of byPhrase.keys())
  if (phrase.length > 4 && !phrase.includes(' '))
    for (const near of nearOf(phrase)) byNear.set(near, (byNear.get(near) ?? new Set()).add(phrase));

/** The narrow ones of what words mean; all of it where none is narrow. */
export function narrowed(concepts: readonly Concept[]): readonly Concept[] {
  const names: readonly string[] = NARROW;
  const narrow = concepts.filter((concept) => names.includes(concept));
  return narrow.length > 0 ? narrow : concepts;
}

/** How a concept stands among the terms of a service: no word of a text looks like it. */
export const termOf = (concept: Concept): string => `~${concept}`;

/** Words of a text that mean something together: where they stand, and what they mean. */
export interface Meaning {
  readonly from: number;
  readonly length: number;
  readonly concepts: readonly Concept[];
}

/** What stems mean, the longest phrases first. @param stems of all words of a text in their order, fillers too */
export function meaningsOf(stems: readonly string[]): readonly Meaning[] {
  const found: Meaning[] = [];
  for (let from = 0; from < stems.length; ) {
    let length = beginnings.has(stems[from] ?? '') ? Math.min(MOST_WORDS, stems.length - from) : 0;
    while (length > 0 && !byPhrase.has(stems.slice(from, from + length).join(' '))) length -= 1;
    if (length > 0) found.push({ from, length, concepts: byPhrase.get(stems.slice(from, from + length).join(' ')) ?? [] });
    from += Math.max(1, length);
  }
  return found;
}

/** Stems of words that mean something and are written like this one. */
export const meantBy = (word: string): readonly string[] => [
  ...new Set(nearOf(word).flatMap((near) => [...(byNear.get(near) ?? [])])),
];

/** What a text is about. */
export const conceptsIn = (text: string): readonly Concept[] => {
  const stems = foldWords(text).split(' ').map(stem);
  return [...new Set(meaningsOf(stems).flatMap(({ concepts }) => concepts))];
};
