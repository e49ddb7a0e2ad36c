import fc from 'fast-check';
import { indexColumns, type Columns } from '../../src/fql/columns.js';

/** Well-typed definitions and rows over one small schema. Few columns and values, so that conditions meet and contradict. */

export const randomColumns: Columns = indexColumns([
  { name: 'i', type: 'int', min: 0, max: 3 },
  { name: 'k', type: 'int' },
  { name: 'n', type: 'float' },
  { name: 'a b', type: 'float' },
  { name: 'b', type: 'bool' },
  { name: 'and', type: 'bool' },
  { name: 's', type: 'str' },
  { name: 'c', type: 'category', categories: ['x', 'y'] },
  { name: 't', type: 'timestamp' },
]);

export type RandomRow = Readonly<Record<string, unknown>>;

const nullable = <T>(value: fc.Arbitrary<T>) => fc.oneof({ weight: 1, arbitrary: fc.constant(null) }, { weight: 5, arbitrary: value });
const someText = fc.constantFrom('x', 'y', 'xy', '', 'é', '😀x', "it's");
const someNumber = fc.constantFrom(0, 1, 2, 3, -1, 0.5, 1e21, 1e-7);

export const randomRow: fc.Arbitrary<RandomRow> = fc.record(
  {
    i: nullable(fc.integer({ min: -2, max: 4 })),
    k: nullable(fc.integer({ min: -2, max: 4 })),
    n: nullable(fc.oneof(someNumber, fc.integer({ min: -2, max: 4 }))),
    'a b': nullable(someNumber),
    b: nullable(fc.boolean()),
    and: nullable(fc.boolean()),
    s: nullable(someText),
    c: nullable(fc.constantFrom('x', 'y', '')),
    t: nullable(fc.constant('2026-01-01')),
  },
  { requiredKeys: [] },
);

/** Patterns that RE2 and JavaScript agree on. */
export const patterns = ['', 'x', '^x', 'y$', '^$', 'x.*y', '.*'];

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;
const oneOf = (...texts: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...texts);
const call = (name: string, ...given: fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.tuple(...given).map((values) => `${name}(${values.join(', ')})`);

interface Kinds {
  readonly plain: string;
  readonly condition: string;
  readonly number: string;
  readonly text: string;
}

/** Each operand in parentheses or bare at random: a bare one may be taken apart by precedence, and is well typed all the same. */
const infix = (left: fc.Arbitrary<string>, operators: fc.Arbitrary<string>, right: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(left, operators, right).map(([a, operator, b]) => `(${a}) ${operator} (${b})`);

const kinds = fc.letrec<Kinds>((tie: fc.LetrecTypedTie<Kinds>) => {
  const condition = tie('condition');
  const number = tie('number');
  const words = tie('text');
  const order = oneOf('<', '<=', '>', '>=', '==', '!=');
  const equality = oneOf('==', '!=');
  const plainNumber = oneOf('i', 'k', 'n', '"a b"', 'i', 'n');
  const constant = oneOf('0', '1', '2', '3', '0.5', '1.50', '-1', '1e21', '2.5', '- -1');
  const plain = tie('plain');
  const comparison = fc.oneof(
    { weight: 4, arbitrary: fc.tuple(plainNumber, order, constant).map((parts) => parts.join(' ')) },
    { weight: 1, arbitrary: fc.tuple(constant, order, plainNumber).map((parts) => parts.join(' ')) },
    { weight: 2, arbitrary: fc.tuple(oneOf('s', 'c'), equality, someText.map(text)).map((parts) => parts.join(' ')) },
    {
      weight: 3,
      arbitrary: oneOf(
        'b',
        '"and"',
        'true',
        'false',
        'is_null(t)',
        'is_not_null(i)',
        'is_null(s)',
        'is_null(c)',
        'i == i',
        'i < k',
        'k <= i',
      ),
    },
  );
  return {
    plain: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'plain', withCrossShrink: true },
      { weight: 3, arbitrary: comparison },
      { weight: 3, arbitrary: infix(plain, oneOf('and', 'or'), plain) },
      {
        weight: 3,
        arbitrary: fc.tuple(plain, oneOf(' and ', ' or '), plain, plain).map(([a, operator, b, c]) => [a, b, `(${c})`].join(operator)),
      },
      { weight: 2, arbitrary: plain.map((inner) => `not (${inner})`) },
      { weight: 1, arbitrary: call('if', plain, fc.oneof(plain, oneOf('null')), plain) },
    ),
    condition: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'tree', withCrossShrink: true },
      { weight: 7, arbitrary: comparison },
      { weight: 4, arbitrary: infix(condition, oneOf('and', 'or'), condition) },
      {
        weight: 2,
        arbitrary: fc
          .tuple(condition, oneOf('and', 'or'), condition, condition)
          .map(([a, operator, b, c]) => `${a} ${operator} ${b} ${operator} ${c}`),
      },
      { weight: 2, arbitrary: condition.map((inner) => `not (${inner})`) },
      { weight: 1, arbitrary: infix(condition, equality, condition) },
      { weight: 1, arbitrary: infix(number, order, number) },
      { weight: 1, arbitrary: infix(words, equality, words) },
      { weight: 1, arbitrary: call('if', condition, condition, fc.oneof(condition, oneOf('null', 'true'))) },
      { weight: 1, arbitrary: call('if', condition, oneOf('null', 'false'), condition) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(oneOf('is_null', 'is_not_null'), fc.oneof(condition, number, words))
          .map(([name, inner]) => `${name}(${inner})`),
      },
      { weight: 1, arbitrary: call('match', words, fc.constantFrom(...patterns).map(text)) },
      { weight: 1, arbitrary: call('startswith', words, words) },
    ),
    number: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'tree', withCrossShrink: true },
      { weight: 3, arbitrary: plainNumber },
      { weight: 3, arbitrary: constant },
      { weight: 2, arbitrary: infix(number, oneOf('+', '-', '*', '^'), number) },
      // A divisor that is always 0 is an error, so a column stands here.
      { weight: 1, arbitrary: infix(number, oneOf('/', '%'), plainNumber) },
      { weight: 1, arbitrary: fc.tuple(number, number, number).map(([a, b, c]) => `${a} + ${b} * ${c}`) },
      { weight: 1, arbitrary: number.map((inner) => `-(${inner})`) },
      {
        weight: 1,
        arbitrary: fc.tuple(oneOf('abs', 'sqrt', 'exp', 'log', 'log2', 'log10'), number).map(([name, inner]) => `${name}(${inner})`),
      },
      { weight: 1, arbitrary: call('length', words) },
      { weight: 1, arbitrary: call('if', condition, number, fc.oneof(number, oneOf('null'))) },
    ),
    text: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'tree', withCrossShrink: true },
      { weight: 3, arbitrary: oneOf('s', 'c') },
      { weight: 2, arbitrary: someText.map(text) },
      { weight: 1, arbitrary: call('to_string', fc.oneof(number, condition, words)) },
      { weight: 1, arbitrary: call('substring', words, fc.oneof(oneOf('1', '2'), plainNumber), fc.oneof(oneOf('0', '2'), plainNumber)) },
      { weight: 1, arbitrary: call('if', condition, words, words) },
    ),
  };
});

/** Text of a valid definition over `randomColumns`. */
export const randomDefinition: fc.Arbitrary<string> = kinds.condition;

/** The same of simple conditions only, which meet each other more often. */
export const plainDefinition: fc.Arbitrary<string> = kinds.plain;

/** Conditions on the whole numbers of `k` alone, against bounds from -1 to 3. */
export const oneColumnDefinition: fc.Arbitrary<string> = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'one', withCrossShrink: true },
    {
      weight: 6,
      arbitrary: fc
        .tuple(oneOf('<', '<=', '>', '>=', '==', '!='), oneOf('-1', '0', '1', '2', '3', '0.5'))
        .map(([operator, bound]) => `k ${operator} ${bound}`),
    },
    { weight: 1, arbitrary: oneOf('is_null(k)', 'is_not_null(k)', 'k == k') },
    { weight: 6, arbitrary: infix(tie('condition'), oneOf('and', 'or'), tie('condition')) },
    { weight: 2, arbitrary: tie('condition').map((inner) => `not (${inner})`) },
    { weight: 1, arbitrary: call('if', tie('condition'), tie('condition'), tie('condition')) },
  ),
})).condition;
