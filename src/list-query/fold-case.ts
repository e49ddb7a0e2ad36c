/**
 * Case folding for every letter: what the application stores in `*_folded` columns and applies to the operands it looks for
 * there. Each code point is mapped by itself to exactly one code point (Unicode's *simple* case folding), so that
 * `foldCase(a + b) === foldCase(a) + foldCase(b)` and a literal substring stays a literal substring. Hence:
 * - `Σ`, `σ` and final `ς` are one letter; `ẞ` and `ß` are one letter, which is not `ss`;
 * - `İ` and `ı` stay themselves, apart from `i`: their mappings belong to one language or need two code points;
 * - accents are kept and nothing is normalized: `é` and `e` + U+0301 differ, as they do in names (`contract.md` section 3).
 */
export const foldCase = (text: string): string => (NOT_ASCII.test(text) ? text.replace(TO_FOLD, foldCodePoint) : text.toLowerCase());

const NOT_ASCII = /\P{ASCII}/u;
const TO_FOLD = /[A-Z]|\P{ASCII}/gu;
const DOTLESS_I = 'ı';

/** Through upper case first, so that the several small forms of one letter (`σ ς`, `µ μ`, `s ſ`) meet. */
function foldCodePoint(char: string): string {
  if (char === DOTLESS_I) return char;
  const upper = char.toUpperCase();
  const lower = (isOne(upper) ? upper : char).toLowerCase();
  return isOne(lower) ? lower : char;
}

const isOne = (text: string): boolean => text.length === 1 || (text.length === 2 && text.codePointAt(0)! > 0xffff);
