import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Node } from '../../src/fql/ast.js';
import type { Columns } from '../../src/fql/columns.js';
import type { Diagnostic, Edit } from '../../src/fql/diagnostic.js';
import { errorCodes } from '../../src/fql/codes.js';
import { checkDefinition } from '../../src/fql/fql.js';
import { parse } from '../../src/fql/parser.js';
import { print } from '../../src/fql/printer.js';
import { schema } from './cases.js';
import { effort } from '../support/effort.js';
import { fqlHost } from './host.js';

/** What holds for every text. */

const churn = schema('churn');
const odd = schema('odd');

const words = [
  'age geography isactivemember timestamp "max age" tenur Texas "Texas" \'Texas\' \'50\' 50 1e5 007 5. 0 1 null None true false True and or not',
  'AND NOT ( ) ( ) , = == != < <= > >= + - * / % ^ -- # && || ! ~ ? <> => === ** := in like between is contains when xor [ ] { } ; . : \' "',
  "length( substring( match( if( is_null( e() sum( pow( foo( age( geography.length( größe аge ≥ − ５０ “age” ‘x’ \u00a0 \u200b \ud800 \u0000 '\u202e' 😀",
].flatMap((line) => line.split(' '));

const soup = fc
  .array(fc.tuple(fc.constantFrom(...words), fc.constantFrom('', ' ', ' ', '\n', '\r\n', '\t')), { maxLength: 14 })
  .map((pieces) => pieces.flat().join(''));
const anyText = fc.oneof(soup, soup, fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ maxLength: 60 }));
const anyColumns = fc.constantFrom<Columns>(churn, odd, new Map());

function errorsOf(text: string, columns: Columns): readonly Diagnostic[] {
  const result = checkDefinition(text, columns, fqlHost);
  return result.valid ? result.warnings : result.errors;
}

/** A part of `shown` that is a long part of `text`. */
function longEcho(shown: string, text: string): string | undefined {
  for (let at = 0; at + 41 <= shown.length; at += 1) {
    const part = shown.slice(at, at + 41);
    if (text.includes(part)) return part;
  }
  return undefined;
}

describe('any text', () => {
  test('gives a result, or errors that lie inside of it and are fit to be shown', () => {
    fc.assert(
      fc.property(anyText, anyColumns, (text, columns) => {
        const result = checkDefinition(text, columns, fqlHost);
        if (result.valid) return;
        expect(result.errors.length).toBeGreaterThanOrEqual(1);
        expect(result.errors.length).toBeLessThanOrEqual(21);
        let before = 0;
        for (const { code, message, help, position, snippet, suggestions } of result.errors) {
          expect(errorCodes.has(code)).toBe(true);
          expect(message).toMatch(/^[^\p{Cc}\p{Cs}]+$/u);
          expect(help).toMatch(/^[^\p{Cc}\p{Cs}]*$/u);
          expect(position.offset).toBeGreaterThanOrEqual(before);
          before = position.offset;
          expect(position.length).toBeGreaterThanOrEqual(0);
          expect(position.offset + position.length).toBeLessThanOrEqual(text.length);
          const lines = text.slice(0, position.offset).split(/\r\n|\r|\n/);
          expect(position.line).toBe(lines.length);
          expect(position.column).toBe([...(lines.at(-1) ?? '')].length + 1);
          expect(snippet.split('\n')).toHaveLength(2);
          expect(snippet).toMatch(/\n *\^+$/);
          for (const { title, edits } of suggestions) {
            expect(title).toMatch(/^[^\p{Cc}\p{Cs}]+$/u);
            for (const { offset, length } of edits) {
              expect(offset).toBeGreaterThanOrEqual(0);
              expect(offset + length).toBeLessThanOrEqual(text.length);
            }
          }
        }
      }),
      { numRuns: 1_500 },
    );
  });

  test('is never echoed at length', () => {
    const long = fc
      .integer({ min: 41, max: 300 })
      .chain((length) => fc.constantFrom('x', 'ab', '😀', 'é', '1', '\u202e').map((unit) => unit.repeat(length)));
    const frames = [
      '#',
      '"#"',
      "'#'",
      '#(1)',
      'age == #',
      "geography == '#' or '#'",
      'match(geography, "#")',
      "match(geography, '(#')",
      "age # 'a'",
      "age in ('#', '#')",
    ];
    fc.assert(
      fc.property(long, fc.constantFrom(...frames), (inner, frame) => {
        const text = frame.replaceAll('#', inner);
        for (const { message, help, suggestions } of errorsOf(text, churn)) {
          for (const shown of [message, help, ...suggestions.map(({ title }) => title)]) expect(longEcho(shown, inner)).toBeUndefined();
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('suggestions', () => {
  const apply = (text: string, { offset, length, text: put }: Edit): string => text.slice(0, offset) + put + text.slice(offset + length);
  const codes = (errors: readonly Diagnostic[], code: string): number => errors.filter((error) => error.code === code).length;

  test('that replace a token mend the error', () => {
    fc.assert(
      fc.property(soup, anyColumns, (text, columns) => {
        const errors = errorsOf(text, columns);
        for (const { code, position, suggestions } of errors) {
          for (const { edits } of suggestions) {
            const [edit] = edits;
            if (!edit || edits.length > 1 || edit.length === 0 || edit.text.trim() === '') continue;
            const mended = apply(text, edit);
            const left = errorsOf(mended, columns);
            const stays = left.some((error) => error.code === code && error.position.offset === position.offset);
            if (stays && codes(left, code) >= codes(errors, code))
              throw new Error(`${JSON.stringify(text)} still has ${code} as ${JSON.stringify(mended)}`);
          }
        }
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('printing', () => {
  const { tree: expressions } = fc.letrec<{ tree: string; leaf: string }>((tie) => ({
    leaf: fc.constantFrom('age', '"max age"', "'it''s'", '2.50', '1e5', 'true', 'null', 'e()', '"a""b"'),
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      tie('leaf'),
      fc
        .tuple(tie('tree'), fc.constantFrom('+', '-', '*', '/', '%', '^', '<', '==', 'and', 'or'), tie('tree'))
        .map(([a, operator, b]) => `(${a}) ${operator} (${b})`),
      fc
        .tuple(
          tie('leaf'),
          fc.constantFrom('+', '-', '*', '^', 'and', 'or'),
          tie('leaf'),
          fc.constantFrom('-', '/', '^', 'and', 'or'),
          tie('leaf'),
        )
        .map((parts) => parts.join(' ')),
      tie('tree').map((inner) => `- (${inner})`),
      tie('tree').map((inner) => `not (${inner})`),
      fc.tuple(tie('tree'), tie('tree')).map((given) => `f(${given.join(', ')}, x=${given[0]})`),
    ),
  }));

  /** The tree without positions. */
  const bare = (node: Node): unknown =>
    JSON.parse(
      JSON.stringify(node, (key, value: unknown) =>
        ['start', 'end', 'quoted', 'nameSpan', 'operatorSpan'].includes(key) ? undefined : value,
      ),
    );

  test('and reading again gives the same tree', () => {
    fc.assert(
      fc.property(expressions, (text) => {
        const tree = parse(text);
        expect(bare(parse(print(tree)))).toEqual(bare(tree));
      }),
      { numRuns: 500 },
    );
  });
});

describe('hostile texts', () => {
  const nested = (open: string, count: number, inner: string, close = ''): string => open.repeat(count) + inner + close.repeat(count);
  const chain = (count: number, part: string, operator: string): string => Array.from({ length: count }, () => part).join(operator);

  const texts: readonly (readonly [name: string, text: string, code: string | undefined])[] = [
    ['10,000 (', '('.repeat(10_000), 'FQL_TOO_DEEP'],
    ['2,400 not', 'not '.repeat(2_400), 'FQL_TOO_DEEP'],
    ['5,000 not', 'not '.repeat(5_000), 'FQL_TOO_LONG'],
    ['5,000 minus', '- '.repeat(5_000), 'FQL_TOO_DEEP'],
    ['a ^ chain', chain(2_000, '1', ' ^ '), 'FQL_TOO_DEEP'],
    ['300 nested calls', nested('abs(', 300, 'age', ')'), 'FQL_TOO_DEEP'],
    ['100 parentheses', nested('(', 100, 'age > 1', ')'), undefined],
    ['101 parentheses', nested('(', 101, 'age > 1', ')'), 'FQL_TOO_DEEP'],
    ['100 calls', `${nested('abs(', 100, 'age', ')')} > 1`, undefined],
    ['101 calls', `${nested('abs(', 101, 'age', ')')} > 1`, 'FQL_TOO_DEEP'],
    ['100 not', `${'not '.repeat(100)}isactivemember`, undefined],
    ['101 not', `${'not '.repeat(101)}isactivemember`, 'FQL_TOO_DEEP'],
    ['100 minus', `${'- '.repeat(100)}age > 1`, undefined],
    ['101 minus', `${'- '.repeat(101)}age > 1`, 'FQL_TOO_DEEP'],
    ['100 ^', `age${'^1'.repeat(100)} > 1`, undefined],
    ['101 ^', `age${'^1'.repeat(101)} > 1`, 'FQL_TOO_DEEP'],
    [
      'levels of all kinds, 100',
      `${'not '.repeat(25)}${'('.repeat(25)}${'- '.repeat(25)}age${'^1'.repeat(25)} > 1${')'.repeat(25)}`,
      undefined,
    ],
    [
      'levels of all kinds, 101',
      `${'not '.repeat(26)}${'('.repeat(25)}${'- '.repeat(25)}age${'^1'.repeat(25)} > 1${')'.repeat(25)}`,
      'FQL_TOO_DEEP',
    ],
    ['1,000 terms: 1,999 nodes', chain(1_000, 'isactivemember', ' or ').replaceAll('isactivemember', 'true'), undefined],
    ['2,001 nodes', `${chain(1_000, 'true', ' or ')} or true`, 'FQL_TOO_COMPLEX'],
    ['a flat chain of errors', chain(1_000, 'zz', '+'), 'FQL_UNKNOWN_COLUMN'],
    ['a name of 10,000 characters', 'x'.repeat(10_000), 'FQL_UNKNOWN_COLUMN'],
    ['10,000 quotes', "'".repeat(10_000), 'FQL_NOT_BOOLEAN'],
    ['lone surrogates', '\ud800'.repeat(5_000), 'FQL_UNEXPECTED_CHARACTER'],
    ['NUL', '\u0000'.repeat(5_000), 'FQL_UNEXPECTED_CHARACTER'],
    ['one line break after another', '\r'.repeat(9_000), 'FQL_EMPTY'],
    ['nested in', 'age in ('.repeat(1_000), 'FQL_UNSUPPORTED_OPERATOR'],
    ['nested in, in parentheses', '((age in '.repeat(900), 'FQL_UNSUPPORTED_OPERATOR'],
    ['nested ternaries', 'age > 1 ? ('.repeat(800), 'FQL_UNSUPPORTED_OPERATOR'],
    ['a long list for in', `age in (${chain(3_000, '1', ',')})`, 'FQL_UNSUPPORTED_OPERATOR'],
    ['spaces before a name', `sum(a${' '.repeat(9_000)}=1)`, 'FQL_AGGREGATE_IN_SEGMENT'],
    ['1,000 full-width digits', '５'.repeat(10_000), 'FQL_UNEXPECTED_CHARACTER'],
    ['words glued to a number', `1${'a.'.repeat(4_000)}`, 'FQL_INVALID_NUMBER'],
    ['comments', '/*'.repeat(5_000), 'FQL_COMMENT'],
    ['a hard pattern', `match(geography, '${'(a{1000})'.repeat(100)}')`, 'FQL_REGEX_INVALID'],
    ['an empty pattern nested', `match(geography, '${'('.repeat(1_000)}')`, 'FQL_REGEX_INVALID'],
  ];

  test.each(texts)('%s is answered at once', (_, text, code) => {
    const answer = () => checkDefinition(text, churn, fqlHost);
    const result = answer();
    expect(result.valid ? undefined : result.errors[0]?.code).toBe(code);
    expect(effort(answer, 50)).toBeLessThan(50);
  });

  test('many unknown names among many columns are answered at once', () => {
    const columns: Columns = new Map(
      Array.from({ length: 2_000 }, (_, index) => [
        `column_with_a_long_name_${index}`,
        { name: `column_with_a_long_name_${index}`, type: 'int' as const },
      ]),
    );
    const text = Array.from({ length: 250 }, (_, index) => `colunm_with_a_long_name_${index}x`).join(' + ');
    // 20 errors with 2,000 names each: the most work that an answer can take.
    expect(effort(() => void checkDefinition(text, columns, fqlHost), 200)).toBeLessThan(200);
  });
});
