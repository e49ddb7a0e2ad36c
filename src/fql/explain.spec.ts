import { expect, test } from '@jest/globals';
import { fqlHost } from '../../test/fql/host.js';
import { indexColumns } from './columns.js';
import { compileExplanation, maximumClauses } from './explain.js';
import { parse } from './parser.js';

const columns = indexColumns([
  { name: 'age', type: 'int' },
  { name: 'balance', type: 'float' },
  { name: 'tenure', type: 'int' },
  { name: 'active', type: 'bool' },
  { name: 'region', type: 'category' },
  { name: 'if', type: 'bool' },
]);

const explain = (text: string, row: Record<string, unknown>) => compileExplanation(parse(text), columns, fqlHost)(row);

/** Each clause as `text: result`. */
const clauses = (text: string, row: Record<string, unknown>) => {
  const { result, clauses: all } = explain(text, row);
  return [result, ...all.map((clause) => `${clause.text}: ${clause.result}`)];
};

test.each([
  ['age > 30', { age: 31 }, [true, 'age > 30: true']],
  ['age > 30', {}, [null, 'age > 30: null']],
  // Of a false `and` the false operands, of a true one all.
  ['age > 30 and balance > 5 and tenure > 1', { age: 20, balance: 9, tenure: 0 }, [false, 'age > 30: false', 'tenure > 1: false']],
  ['age > 30 and balance > 5', { age: 31, balance: 6 }, [true, 'age > 30: true', 'balance > 5: true']],
  ['age > 30 and balance > 5', { age: 31 }, [null, 'balance > 5: null']],
  ['age > 30 and balance > 5', { age: 20 }, [false, 'age > 30: false']],
  // Of a true `or` the true operands, of a false one all.
  ['age > 30 or balance > 5', { age: 31, balance: 1 }, [true, 'age > 30: true']],
  ['age > 30 or balance > 5', { age: 20, balance: 1 }, [false, 'age > 30: false', 'balance > 5: false']],
  ['not (age > 30 or active)', { age: 31, active: false }, [false, 'age > 30: true']],
  ['active and (age > 30 or balance > 5)', { active: true, age: 31, balance: 1 }, [true, 'active: true', 'age > 30: true']],
  ['if(active, age > 30, balance > 5)', { active: true, age: 31 }, [true, 'active: true', 'age > 30: true']],
  ['if(active, age > 30, balance > 5)', { balance: 6 }, [true, 'active: null', 'balance > 5: true']],
  ['if(active, age > 30, null)', { active: false }, [null, 'active: false', 'null: null']],
  ['not age > 30', {}, [null, 'age > 30: null']],
  ["startswith(region, 'W')", { region: 'West' }, [true, "startswith(region, 'W'): true"]],
  ['if', { if: true }, [true, 'if: true']],
  ['(age>30)==active', { age: 31, active: false }, [false, '(age > 30) == active: false']],
])('%s of %j', (text, row, expected) => expect(clauses(text, row)).toEqual(expected));

test('a clause says where it stands and what the row has', () => {
  expect(explain("region == 'West' and (balance / tenure > 2)", { region: 'West', balance: 5 })).toEqual({
    result: null,
    clauses: [{ text: 'balance / tenure > 2', span: { start: 21, end: 43 }, result: null, values: { balance: 5, tenure: null } }],
    omitted: 0,
  });
});

test('a long list is cut', () => {
  const text = Array.from({ length: 200 }, (_, index) => `age == ${index}`).join(' or ');
  const { clauses: all, omitted } = explain(text, { age: -1 });
  expect([all.length, omitted]).toEqual([maximumClauses, 200 - maximumClauses]);
});
