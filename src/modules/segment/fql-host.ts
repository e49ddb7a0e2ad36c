import { hash } from 'node:crypto';
import { distance } from 'fastest-levenshtein';
import { RE2JS } from 're2js';
import type { FqlHost } from '../../fql/host.js';
import { patternSize } from './pattern-size.js';

/** Instructions of a compiled pattern. Matching takes time in proportion to it, and `(a{1000})` a hundred times is short to write. */
const maximumProgram = 5_000;
const tooLarge = 'it is too large';

/** What the language gets from packages: patterns run on a linear-time engine, never on the one of JavaScript. */
export const fqlHost: FqlHost = {
  checkPattern(pattern) {
    if (patternSize(pattern) > maximumProgram) return tooLarge;
    try {
      return RE2JS.compile(pattern).programSize() > maximumProgram ? tooLarge : undefined;
    } catch (error) {
      return reason(error, pattern);
    }
  },
  compilePattern(pattern) {
    const compiled = RE2JS.compile(pattern);
    return (text) => compiled.test(text);
  },
  patternSize,
  editDistance: distance,
  sha256: (text) => hash('sha256', text),
};

/** The engine's words where they are not plain. */
const plainWords: ReadonlyMap<string, string> = new Map([
  ['invalid or unsupported Perl syntax', 'unsupported group'],
  ['invalid named capture', 'unsupported or badly named group'],
  ['missing argument to repetition operator', 'nothing to repeat before'],
  ['invalid nested repetition operator', 'repetition of a repetition'],
  ['trailing backslash at end of expression', 'a backslash at the end'],
  ['expression nests too deeply', 'it is nested too deep'],
  ['expression too large', 'it is too large'],
]);

/** `missing closing )`, `invalid escape sequence \1`. Anything thrown means that the pattern is not valid. */
function reason(error: unknown, pattern: string): string {
  const { error: words, input } = error as { error?: unknown; input?: unknown };
  if (typeof words !== 'string' || words === '') return 'it cannot be read or is too large';
  const plain = plainWords.get(words) ?? words;
  const isShortPart = typeof input === 'string' && input !== '' && input !== pattern && /^[\x21-\x7e]{1,20}$/.test(input);
  return isShortPart ? `${plain} ${input}` : plain;
}
