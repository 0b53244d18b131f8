/**
 * Letters that are drawn as a Latin one, by that one: what Unicode's confusables (UTS 39) say of Latin, Greek, Cyrillic, Armenian, Cherokee,
 * Lisu and Coptic, and small capitals such as в, which they leave out. A capital is here only where it looks like another letter than its small
 * one does. What NFKD turns into Latin by itself (wide, bold, script, circled letters) is not.
 */
const DRAWN_AS: Readonly<Record<string, string>> = {
  a: 'ɑαаᎪꓮ',
  ae: 'æӕ',
  b: 'ƀƃƄɓβБвьѣҍᏏᏴꓐꞴ',
  c: 'ȼϲсҫᴄⲥꓚꮯ',
  d: 'ÐđƌɖɗԁᎠᏧꓒꓓ',
  e: 'ɇεеҽҿᎬꓰꬲ',
  f: 'ƒϜғքᵮẝꓝꞙꬵ',
  g: 'ƍǥɠɡԌցᏀᏳᶃꓖ',
  h: 'ħɦΗнћҢһӇӉհᎻᏂᏲⱧⲎꓧꚕ',
  i: 'ıǀɨɩɪͺιіӏᵻᵼⲒꓲꙇꭵ',
  j: 'ɉϳјյᎫꓙꞲ',
  k: 'ƙκкҚҞᏦⱩⲔꓗꝀ',
  l: 'łƚɫɭᏞⅼⳐꓡ',
  m: 'ʍΜϺмӍᎷⲘꓟ',
  n: 'ƝƞɳɴΝηпոռᵰⲚꓠ',
  o: 'øɵθοσоѳөօᴏᴑⲟꓳꝋꬽꬾꭴꮎꮻ',
  oe: 'œ',
  p: 'ƥρрᏢᵽⲣꓑ',
  q: 'ʠԛգզ',
  r: 'ɍɼɽʀгᎡᏒᴦᵲⲅꓣꭇꭈꮁ',
  s: 'ƽʂѕՏᏕᵴꓢꜱꮪ',
  t: 'ŧƭƮȾτтҬᎢᵵⲦꓔ',
  u: 'Ʉʋυսᴜᵾꓴꞟꭎꭒꮜ',
  v: 'νѵᴠꓦꮩ',
  w: 'ɯωѡѽԝաᏔᴡꓪꝡꮃ',
  x: 'χхҲⲬꓫꞳ',
  y: 'ƴɏɣʏΥγуүұᎩᎽᶌỿⲨꓬꭚ',
  z: 'ƶȥʐΖᴢᵶꓜꮓ',
};

const LATIN = new Map(Object.entries(DRAWN_AS).flatMap(([latin, others]) => [...others].map((other) => [other, latin] as const)));

/** The Latin letter as which this one is drawn; undefined for one that looks like itself. */
export const latinFor = (letter: string): string | undefined => LATIN.get(letter) ?? LATIN.get(letter.toLowerCase());
