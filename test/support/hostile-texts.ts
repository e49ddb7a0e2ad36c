/**
 * Texts that make a regular expression with too much freedom slow: the pattern's own characters, one or two of them over and over,
 * with an end that does not fit.
 * @param source as `RegExp.source`
 */
export function hostileTexts(source: string, length: number): string[] {
  const own = alphabetOf(source);
  const times = (text: string) => text.repeat(Math.ceil(length / text.length));
  return [...new Set(['a', ...own])].flatMap((one) => [
    `${times(one)}!`,
    `!${times(one)}!`,
    `!${times(one)}\u0000`,
    ...own.flatMap((other) => [`${one}${times(other)}!`, ...(one < other ? [`${times(one + other)}!`] : [])]),
  ]);
}

/** Characters that the classes of a pattern let through. */
const members: Readonly<Record<string, string>> = { d: '0', w: 'a', s: ' ', p: 'é', r: '\r', n: '\n', t: '\t', S: 'x', D: 'x', W: '-' };
const most = 12;

function alphabetOf(source: string): string[] {
  const plain = source.replaceAll(/\\u[\da-f]{4}|\\x[\da-f]{2}|\\[pP]\{[^}]*\}|\(\?(?:<?[=!]|:)|\{\d+(?:,\d*)?\}/gi, (escape) =>
    /^\\[pP]/.test(escape) ? 'é' : /^\\[ux]/i.test(escape) ? String.fromCodePoint(parseInt(escape.slice(2), 16)) : '',
  );
  const found = [...plain.matchAll(/\\?([\s\S])/gu)].map(([whole, char = '']) => (whole.length > 1 ? (members[char] ?? char) : char));
  return [...new Set(found.filter((char) => !'^$*+?|()'.includes(char) || plain.includes(`\\${char}`)))].slice(0, most);
}
