import type { Span } from './ast.js';
import { codePointName } from './characters.js';
import type { Columns } from './columns.js';
import type { Suggestion } from './diagnostic.js';
import { functions } from './functions.js';
import { functionAliases, functionHints } from './hints.js';
import { excerpt, isBareName, writeColumn, writeText } from './source-text.js';
import { insert, replaceBy } from './suggestion.js';
import { syntaxError, type FqlSyntaxError } from './syntax-error.js';

/** Mistakes in numbers and in names without quotes, each with its mend. */

/** Letters of other scripts that look like Latin ones; normal form does not map them. */
const lookAlikes: ReadonlyMap<string, string> = new Map(
  [
    ['асԁеһіјӏорԛѕуѵхԝАВСЕНІЈКМОРЅТУХ', 'acdehijlopqsyvxwABCEHIJKMOPSTYX'],
    ['αονρικυΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'aovpikuABEZHIKMNOPTYX'],
  ].flatMap(([alien = '', latin = '']) => [...alien].map((character, index) => [character, latin[index] ?? ''] as const)),
);

/** `größe`, `a.b`: a word that is only a name between quotes. */
export function unquotedName(text: string, span: Span, columns: Columns): FqlSyntaxError {
  const word = text.slice(span.start, span.end);
  const quoted = replaceBy(span, `"${word}"`);
  const fail = (help: string, suggestions: Suggestion[], message = `The name ${excerpt(word)} needs double quotes.`): FqlSyntaxError =>
    syntaxError('FQL_UNQUOTED_NAME', span, message, help, suggestions);

  const composed = word.normalize('NFC');
  for (const name of [word, composed, word.normalize('NFD')]) {
    if (columns.has(name)) return fail(`Write "${excerpt(name)}".`, [replaceBy(span, writeColumn(name))]);
  }

  const method = methodCall(text, span);
  if (method) {
    const help = `FQL has no methods; a function takes the value as its first argument.${method.hint && ` ${method.hint}`}`;
    return fail(help, method.suggestions, `${excerpt(word)}() is not a function of FQL.`);
  }

  const latin = latinForm(composed);
  if (latin && isBareName(latin.text)) {
    const message = `The name ${excerpt(word)} has the letter ${latin.alien} (${codePointName(latin.alien.codePointAt(0) ?? 0)}), which looks like ${latin.letter}.`;
    return fail(
      `Write ${excerpt(latin.text)} with Latin letters, or put the name in double quotes.`,
      [replaceBy(span, latin.text), quoted],
      message,
    );
  }

  const part = word.split('.').find((piece) => columns.has(piece));
  const suggestions = part === undefined ? [quoted] : [replaceBy(span, writeColumn(part)), quoted];
  const help = word.includes('.')
    ? `Write "${excerpt(word)}" if that is the name of a column. A column is written by its name alone, without a table.`
    : `Write "${excerpt(word)}". Without quotes a name has the letters A-Z, digits and underscores only.`;
  return fail(help, suggestions);
}

/** `name.startswith('a')` as `startswith(name, 'a')`. */
function methodCall(text: string, span: Span): { suggestions: Suggestion[]; hint: string } | undefined {
  const word = text.slice(span.start, span.end);
  const open = /^[ \t\r\n]*\(/.exec(text.slice(span.end));
  const lastDot = word.lastIndexOf('.');
  if (!open || lastDot <= 0) return undefined;
  const method = word.slice(lastDot + 1).toLowerCase();
  const name = functions.has(method) ? method : functionAliases.get(method);
  if (name === undefined) return { suggestions: [], hint: functionHints.get(method) ?? '' };
  const end = span.end + open[0].length;
  const empty = /^[ \t\r\n]*\)/.test(text.slice(end));
  const call = `${name}(${writeColumn(word.slice(0, lastDot))}${empty ? '' : ', '}`;
  return { suggestions: [{ ...replaceBy({ start: span.start, end }, call), title: `Replace by ${name}(…)` }], hint: '' };
}

function latinForm(word: string): { text: string; alien: string; letter: string } | undefined {
  let latin = '';
  let first: { alien: string; letter: string } | undefined;
  for (const character of word) {
    const letter = lookAlikes.get(character) ?? character.normalize('NFKC');
    if (letter !== character) first ??= { alien: character, letter };
    latin += letter;
  }
  return first && { text: latin, ...first };
}

/** `5.`, `007`, `1_000`, `0x1F`, `5and`: digits with something glued to them. */
export function invalidNumber(text: string, span: Span, columns: Columns): FqlSyntaxError {
  const word = text.slice(span.start, span.end);
  const fail = (help: string, ...suggestions: Suggestion[]): FqlSyntaxError =>
    syntaxError('FQL_INVALID_NUMBER', span, `${excerpt(word)} is not a number.`, help, suggestions);
  if (columns.has(word)) return fail(`Write "${excerpt(word)}" for the column of that name.`, replaceBy(span, `"${word}"`));
  const rule = numberRules.find(({ pattern }) => pattern.test(word));
  if (rule) {
    const mended = rule.mend?.(word);
    return fail(rule.help, ...(mended === undefined ? [] : [mended].flat().map((one) => replaceBy(span, one))));
  }
  const glued = /^(?:\d+(?:\.\d+)?|\.\d+)(?=[A-Za-z_])/.exec(word);
  const gap = glued && /^(?:and|or)$/i.test(word.slice(glued[0].length)) ? [insert(span.start + glued[0].length, ' ')] : [];
  const help = glued
    ? `A space is missing after ${excerpt(glued[0])}, or the name of a column needs double quotes, as in "1st".`
    : 'A number has digits and at most one point, as in 10 or 2.5.';
  return fail(help, ...gap.map((suggestion) => ({ ...suggestion, title: 'Insert a space' })));
}

interface NumberRule {
  readonly pattern: RegExp;
  readonly help: string;
  readonly mend?: (word: string) => string | string[];
}

const plain = (digits: string): string => digits.replace(/^0+(?=\d)/, '');

const numberRules: readonly NumberRule[] = [
  { pattern: /^\d+\.$/, help: 'Digits must follow the point, as in 5.0.', mend: (word) => [`${plain(word)}0`, plain(word.slice(0, -1))] },
  {
    pattern: /^0\d*(?:\.\d+)?$/,
    help: 'A number has no leading zeros. If it is a code such as a postal code, it is text and takes single quotes.',
    mend: (word) => [plain(word), writeText(word)],
  },
  { pattern: /^\d+(?:_\d+)+(?:\.\d+)?$/, help: 'Write the digits without a separator.', mend: (word) => plain(word.replaceAll('_', '')) },
  {
    pattern: /^0(?:x[0-9a-f]{1,12}|b[01]{1,40}|o[0-7]{1,15})$/i,
    help: 'Numbers are written in decimal digits.',
    mend: (word) => String(Number(word.toLowerCase())),
  },
  { pattern: /^(?:0|[1-9]\d*)(?:\.\d+)?[lfd]$/i, help: 'A number has no suffix.', mend: (word) => word.slice(0, -1) },
  {
    pattern: /^[\d.]+E\d*$/,
    help: 'The exponent is written with a small e, as in 1e5.',
    mend: (word) => (/^(?:0|[1-9]\d*)(?:\.\d+)?E\d+$/.test(word) ? word.toLowerCase() : []),
  },
  { pattern: /^[\d.]+e$/, help: 'Digits must follow the e of an exponent, as in 1e5.' },
  {
    pattern: /^\d+(?:\.\d+){2,}$/,
    help: 'A number has one point at most. A version is text and takes single quotes.',
    mend: (word) => writeText(word),
  },
];

export function numberOutOfRange(span: Span, digits: string): FqlSyntaxError {
  const message = `The number ${excerpt(digits)} is out of range.`;
  const help = 'A number lies between 5e-324 and 1.7976931348623157e308, or is 0.';
  return syntaxError('FQL_NUMBER_OUT_OF_RANGE', span, message, help);
}
