import { describe, expect, test } from '@jest/globals';
import { analyse } from '../../src/fql/analysis.js';
import { indexColumns } from '../../src/fql/columns.js';
import { checkDefinition } from '../../src/fql/fql.js';
import { compareDefinitions } from '../../src/fql/compare.js';
import { parse } from '../../src/fql/parser.js';
import { effort } from '../support/effort.js';
import { fqlHost } from './host.js';

const many = (count: number, make: (index: number) => string, joint: string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join(joint);
const wide = indexColumns([
  { name: 'balance', type: 'float' },
  { name: 'active', type: 'bool' },
  { name: 'name', type: 'str' },
  ...Array.from({ length: 1_000 }, (_, index) => ({ name: `c${index}`, type: 'bool' as const })),
]);
const pairs = (index: number): string => `(c${index % 30} or c${(index * 7) % 30})`;

describe('any valid definition is looked through in little time', () => {
  test.each([
    ['columns joined by or', many(1_000, (index) => `c${index}`, ' or ')],
    ['columns joined by and', many(1_000, (index) => `c${index}`, ' and ')],
    ['a long sum', `${many(990, () => 'balance', ' + ')} > 0`],
    ['texts joined by or', many(500, (index) => `name=='${index}'`, ' or ')],
    ['texts joined by and', many(500, (index) => `name!='${index}'`, ' and ')],
    ['numbers joined by or', many(500, (index) => `balance==${index}`, ' or ')],
    ['bounds joined by and', many(500, (index) => `balance>${index}`, ' and ')],
    ['pairs joined by and', many(330, pairs, ' and ')],
    ['nested if', many(45, (index) => `if(c${index}, balance > ${index}, `, '') + 'active' + ')'.repeat(45)],
    ['nested equality', '('.repeat(90) + 'active' + many(90, (index) => ` == c${index})`, '')],
  ])('%s', (_, text) => {
    const tree = parse(text);
    // 10 to 40 ms on a small machine, seconds if it were quadratic in sets.
    expect(effort(() => void analyse(tree, wide, fqlHost), 200)).toBeLessThan(200);
  });
});

describe('S45 any text at all gets its verdict at once', () => {
  test.each([
    ['8,000 brackets', '('.repeat(8_000)],
    ['8,000 brackets that are closed', `${'('.repeat(8_000)}active${')'.repeat(8_000)}`],
    ['8,000 denials', 'not '.repeat(8_000)],
    ['2,400 denials of something', `${'not '.repeat(2_400)}active`],
    ['2,000 alternatives and none', 'balance == 1 or '.repeat(2_000)],
    ['as many alternatives as fit', `${'balance==1 or '.repeat(499)}active`],
    ['a name of 16 KB', 'x'.repeat(16 * 1_024)],
    ['a name of 10,000 characters', 'x'.repeat(10_000)],
    ['a text that does not end', `name == '${'a'.repeat(9_000)}`],
    ['5,000 signs', '-'.repeat(5_000)],
    ['5,000 commas', `name in [${','.repeat(5_000)}`],
  ])('S45 %s', (_, text) => {
    expect(checkDefinition(text, wide, fqlHost)).toMatchObject({ valid: text.startsWith('balance==1') });
    // At most 15 ms on a small machine.
    expect(effort(() => void checkDefinition(text, wide, fqlHost), 100)).toBeLessThan(100);
  });
});

describe('any two valid definitions are compared in little time', () => {
  const both = (shift: number, joint: string, other: string): string =>
    many(130, (index) => `(c${index % (30 + shift)} ${other} c${(index * (7 + shift)) % 30})`, ` ${joint} `);
  const choices = (shift: number): string =>
    many(190, (index) => `(if(c${(index * 7) % 58}, c${index % 51}, c${(index + shift) % 53}) or c${index % 9} == c${shift})`, ' and ');
  const found = (shift: number): string => many(20, (index) => `match(name, '(x{1,${index + shift}}[^z]{1,30}){20}q')`, ' or ');

  test.each([
    ['columns joined by or and by and', many(1_000, (index) => `c${index}`, ' or '), many(1_000, (index) => `c${999 - index}`, ' and ')],
    ['pairs joined by or', both(0, 'or', 'and'), both(1, 'or', 'and')],
    ['pairs joined by and', both(0, 'and', 'or'), both(1, 'and', 'or')],
    ['many pairs', many(330, pairs, ' and '), many(330, (index) => `(c${index % 29} and c${(index * 7) % 29})`, ' or ')],
    ['numbers', many(500, (index) => `balance==${index}`, ' or '), many(500, (index) => `balance!=${index + 1}`, ' and ')],
    ['texts', many(500, (index) => `name=='${index}'`, ' or '), many(500, (index) => `name!='${index + 1}'`, ' and ')],
    ['choices', choices(1), choices(2)],
    ['patterns that take long to compile', `${found(1)} or length(name) > 99`, `${found(2)} or length(name) > 98`],
    ['a pattern for a long text', `name == '${'ab'.repeat(2_000)}'`, "match(name, '([ab]{1,30}[^z]{1,30}){20}q')"],
    ['what is not decided', 'balance * balance == 334455', 'balance * balance == 123456'],
  ])('%s', (_, first, second) => {
    const [one, other] = [parse(first), parse(second)];
    // 1 to 50 ms on a small machine; with the patterns 440 when every row was tried, however long it took.
    expect(effort(() => void compareDefinitions(one, other, wide, fqlHost), 250)).toBeLessThan(250);
  });
});
