import { describe, expect, test } from '@jest/globals';
import { analyse } from '../../src/fql/analysis.js';
import { indexColumns } from '../../src/fql/columns.js';
import { parse } from '../../src/fql/parser.js';
import { fqlHost } from './host.js';

describe('any valid definition is looked through in little time', () => {
  const many = (count: number, make: (index: number) => string, joint: string): string =>
    Array.from({ length: count }, (_, index) => make(index)).join(joint);
  const wide = indexColumns([
    { name: 'balance', type: 'float' },
    { name: 'active', type: 'bool' },
    { name: 'name', type: 'str' },
    ...Array.from({ length: 1_000 }, (_, index) => ({ name: `c${index}`, type: 'bool' as const })),
  ]);
  const pairs = (index: number): string => `(c${index % 30} or c${(index * 7) % 30})`;

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
    const times = Array.from({ length: 5 }, () => {
      const start = process.cpuUsage().user;
      analyse(tree, wide, fqlHost);
      return (process.cpuUsage().user - start) / 1_000;
    });
    // Milliseconds of processor time: 10 to 40 on a small machine, seconds if it were quadratic in sets.
    expect(Math.min(...times)).toBeLessThan(150);
  });
});
