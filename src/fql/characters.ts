/** The characters of the language, by class and by name. */

export const space = 1;
export const digit = 2;
export const letter = 4;

/** The class of each ASCII code: white space is space, tab, LF and CR; a letter is A-Z, a-z and the underscore. */
export const classes = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (' \t\n\r'.includes(character)) return space;
  if (character >= '0' && character <= '9') return digit;
  return /[A-Za-z_]/.test(character) ? letter : 0;
});

/** Letters, marks, digits, the underscore and the dot of any script: what a reader takes for one word. */
export const anyWord = /[\p{L}\p{M}\p{N}_.]+/uy;

/** Control characters except tab, and the direction marks that make a text read otherwise than it is. Line breaks end a literal anyway. */
export function isRefusedInLiterals(code: number): boolean {
  if (code < 0x7f) return code < 0x20 && code !== 0x09;
  return code === 0x7f || (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

export interface OddCharacter {
  readonly name: string;
  /** What to write in its place; empty: leave it out. */
  readonly instead: string;
}

const odd = (instead: string, names: Readonly<Record<number, string>>): [number, OddCharacter][] =>
  Object.entries(names).map(([code, name]) => [Number(code), { name, instead }]);

/** Characters that reach a definition from word processors, web pages and other keyboards. */
export const oddCharacters: ReadonlyMap<number, OddCharacter> = new Map([
  ...odd(' ', {
    0x0b: 'vertical tab',
    0x0c: 'form feed',
    0x85: 'next line',
    0xa0: 'no-break space',
    0x1680: 'ogham space mark',
    0x2000: 'en quad',
    0x2001: 'em quad',
    0x2002: 'en space',
    0x2003: 'em space',
    0x2004: 'three-per-em space',
    0x2005: 'four-per-em space',
    0x2006: 'six-per-em space',
    0x2007: 'figure space',
    0x2008: 'punctuation space',
    0x2009: 'thin space',
    0x200a: 'hair space',
    0x2028: 'line separator',
    0x2029: 'paragraph separator',
    0x202f: 'narrow no-break space',
    0x205f: 'medium mathematical space',
    0x3000: 'ideographic space',
  }),
  ...odd('', {
    0x00: 'null character',
    0x1b: 'escape character',
    0x7f: 'delete character',
    0xad: 'soft hyphen',
    0x061c: 'Arabic letter mark',
    0x180e: 'Mongolian vowel separator',
    0x200b: 'zero-width space',
    0x200c: 'zero-width non-joiner',
    0x200d: 'zero-width joiner',
    0x200e: 'left-to-right mark',
    0x200f: 'right-to-left mark',
    0x202a: 'left-to-right embedding',
    0x202b: 'right-to-left embedding',
    0x202c: 'pop directional formatting',
    0x202d: 'left-to-right override',
    0x202e: 'right-to-left override',
    0x2060: 'word joiner',
    0x2061: 'invisible function application',
    0x2062: 'invisible times',
    0x2063: 'invisible separator',
    0x2064: 'invisible plus',
    0x2066: 'left-to-right isolate',
    0x2067: 'right-to-left isolate',
    0x2068: 'first strong isolate',
    0x2069: 'pop directional isolate',
    0xfeff: 'byte order mark',
  }),
  ...odd('-', {
    0x2010: 'hyphen',
    0x2011: 'non-breaking hyphen',
    0x2012: 'figure dash',
    0x2013: 'en dash',
    0x2014: 'em dash',
    0x2212: 'minus sign',
  }),
  ...odd('*', { 0xd7: 'multiplication sign', 0x2217: 'asterisk operator', 0x22c5: 'dot operator', 0xb7: 'middle dot' }),
  ...odd('/', { 0xf7: 'division sign', 0x2044: 'fraction slash', 0x2215: 'division slash' }),
  ...odd('>=', { 0x2265: 'greater-than-or-equal sign', 0x2a7e: 'slanted greater-than-or-equal sign' }),
  ...odd('<=', { 0x2264: 'less-than-or-equal sign', 0x2a7d: 'slanted less-than-or-equal sign' }),
  ...odd('!=', { 0x2260: 'not-equal sign' }),
  ...odd('==', { 0x2261: 'identical sign' }),
  ...odd('and', { 0x2227: 'logical-and sign' }),
  ...odd('or', { 0x2228: 'logical-or sign' }),
  ...odd('not', { 0xac: 'not sign' }),
]);

/** Typographic quotes and what they stand for. Backquotes and angle quotes are no quotes of any value here. */
export const smartQuotes: ReadonlyMap<string, "'" | '"'> = new Map(
  (
    [
      ["'", '‘’‚‛´′'],
      ['"', '“”„‟″'],
    ] as const
  ).flatMap(([straight, quotes]) => [...quotes].map((quote) => [quote, straight] as const)),
);

/** `U+00A0`. */
export function codePointName(code: number): string {
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}
