/**
 * What the language costs, on the built service: `npm run build && npm run bench:fql`. Prints milliseconds of 25 rounds; nothing here fails.
 *
 * Typical definitions are the valid ones of the worked cases with 40 to 300 characters, repeated to 1,000; the worst are as long, deep,
 * or entangled as the limits let them be.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from '../../dist/fql/checker.js';
import { indexColumns } from '../../dist/fql/columns.js';
import { compile } from '../../dist/fql/evaluator.js';
import { checkDefinition } from '../../dist/fql/fql.js';
import { fqlLimits } from '../../dist/fql/limits.js';
import { parse } from '../../dist/fql/parser.js';
import { fqlHost } from '../../dist/modules/segment/fql-host.js';
import { conditions, peers } from './fql-peers.mjs';

const rounds = 25;
const many = (count, make, joint) => Array.from({ length: count }, (_, index) => make(index)).join(joint);
const { schemas, cases } = JSON.parse(readFileSync(join(import.meta.dirname, '../fql/cases.json'), 'utf8'));
const types = {
  INTEGER: 'int',
  FLOAT: 'float',
  BOOLEAN: 'bool',
  STRING: 'str',
  CATEGORY: 'category',
  TIMESTAMP: 'timestamp',
  VECTOR: 'vector',
};
const toColumns = (columns) => indexColumns(columns.map((column) => ({ ...column, type: types[column.data_type] })));
const columnsOf = new Map(Object.entries(schemas).map(([name, columns]) => [name, toColumns(columns)]));
const columnsFor = (one) => (one.columns ? toColumns(one.columns) : columnsOf.get(one.schema));

/** Milliseconds that `work` takes, after some rounds to warm up; the fastest round says most on a machine that does other things too. */
function measure(work) {
  const times = [];
  for (let round = -5; round < rounds; round += 1) {
    const start = performance.now();
    work();
    if (round >= 0) times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return { median: times[Math.floor(rounds / 2)], fastest: times[0] };
}

const heading = (title) => console.log(`\n${title.padEnd(62)} median  fastest, ms`);
const print = (name, { median, fastest }, target) => {
  const wanted = target === undefined ? '' : `   wanted: under ${target}`;
  console.log(`  ${name.padEnd(58)} ${median.toFixed(2).padStart(8)} ${fastest.toFixed(2).padStart(8)}${wanted}`);
};

const usable = cases.filter(({ valid, definition }) => valid && definition.length >= 40 && definition.length <= 300);
const typical = Array.from({ length: 1_000 }, (_, index) => {
  const one = usable[index % usable.length];
  return { text: one.definition, columns: columnsFor(one) };
});
const mean = typical.reduce((sum, { text }) => sum + text.length, 0) / typical.length;

heading(`1,000 typical definitions, mean ${mean.toFixed(0)} characters`);
print(
  'parse',
  measure(() => typical.forEach(({ text, columns }) => parse(text, fqlLimits, columns))),
);
print(
  'parse and check',
  measure(() => typical.forEach(({ text, columns }) => check(parse(text, fqlLimits, columns), text, columns, fqlHost, fqlLimits))),
  15,
);
print(
  'the whole door: canonical form and fingerprint too',
  measure(() => typical.forEach(({ text, columns }) => checkDefinition(text, columns, fqlHost))),
);
print(
  'and the warnings',
  measure(() => typical.forEach(({ text, columns }) => checkDefinition(text, columns, fqlHost).warnings)),
);

const churn = columnsOf.get('churn');
const regions = ['California', 'Florida', 'Hawaii', 'Massachusetts', 'New York', 'Texas'];
const rows = Array.from({ length: 100_000 }, (_, index) => ({
  age: index % 11 === 0 ? null : 18 + ((index * 7) % 75),
  balance: index % 13 === 0 ? undefined : (index * 37.5) % 100_000,
  tenure: index % 11,
  creditscore: 350 + (index % 500),
  geography: regions[index % regions.length],
  gender: index % 2 ? 'Female' : 'Male',
  isactivemember: index % 3 > 0,
}));

heading('100,000 rows');
for (const text of [
  "age > 30 and geography == 'Hawaii'",
  "(age < 25 or age > 60) and balance / 1000 > 12.5 and not is_null(tenure) and gender != 'Male'",
  "if(isactivemember, abs(creditscore - 600) * 2, tenure ^ 2) > 100 or startswith(geography, 'New')",
  "match(geography, '(?i)^new|as$')",
]) {
  const matches = compile(parse(text, fqlLimits, churn), churn, fqlHost);
  let found = 0;
  const time = measure(() => {
    found = 0;
    for (const row of rows) if (matches(row) === true) found += 1;
  });
  print(text.length > 58 ? `${text.slice(0, 55)}...` : text, time, text.startsWith('match') ? undefined : 50);
}

const whole = rows.slice(0, 10_000).map((row) => ({ ...row, age: row.age ?? 18, balance: (row.balance ?? 0) + 0.25 }));
const ours = {
  name: 'this language, every name and type checked',
  text: ({ fql }) => fql,
  prepare: (text) => {
    const tree = parse(text, fqlLimits, churn);
    if (check(tree, text, churn, fqlHost, fqlLimits).length > 0) throw new Error(text);
    return compile(tree, churn, fqlHost);
  },
  matches: (compiled, row) => compiled(row) === true,
};

for (const condition of conditions) {
  heading(condition.fql);
  let expected;
  for (const { name, text, prepare, matches } of [ours, ...peers]) {
    const prepared = prepare(text(condition));
    const found = whole.filter((row) => matches(prepared, row)).length;
    if (found !== (expected ??= found)) throw new Error(`${name} finds ${found} rows, not ${expected}`);
    print(
      `${name}: prepared 1,000 times`,
      measure(() => many(1_000, () => void prepare(text(condition)), '')),
    );
    print(
      `${name}: 10,000 rows`,
      measure(() => whole.forEach((row) => matches(prepared, row))),
    );
  }
}

const wide = indexColumns([
  ...churn.values(),
  ...Array.from({ length: 1_000 }, (_, index) => ({ name: `c${index}`, type: 'bool' })),
  ...Array.from({ length: 1_000 }, (_, index) => ({ name: `a_column_with_a_long_name_${index}`, type: 'int' })),
]);
const worst = [
  ['1,000 columns joined by or', many(1_000, (index) => `c${index}`, ' or ')],
  ['a sum of 990 columns', `${many(990, () => 'balance', '+')} > 0`],
  ['100 nested parentheses', `${'('.repeat(100)}age > 1${')'.repeat(100)}`],
  ['100 times not', `${'not '.repeat(100)}isactivemember`],
  ['45 nested if', `${many(45, (index) => `if(c${index}, age > ${index + 18}, `, '')}c1${')'.repeat(45)}`],
  ['500 unknown categories', many(500, (index) => `gender=='x${index}'`, ' or ')],
  ['330 linked pairs of columns', many(330, (index) => `(c${index % 30} or c${(index * 7) % 30})`, ' and ')],
  ['500 bounds on one column', many(500, (index) => `balance>${index}`, ' and ')],
  ['250 misspelt names among 2,000 columns', many(250, (index) => `a_colunm_with_a_long_name_${index}x`, ' + ')],
  ['10,000 times (', '('.repeat(10_000)],
  ['a name of 10,000 characters', 'x'.repeat(10_000)],
  ['5,000 lone surrogates', '\ud800'.repeat(5_000)],
  ['900 nested in', '((age in '.repeat(900)],
];

heading('the worst under the limits: verdict and warnings');
for (const [name, text] of worst) {
  let verdict = '';
  const time = measure(() => {
    const result = checkDefinition(text, wide, fqlHost);
    verdict = result.valid ? `valid, ${result.warnings.length} warnings` : result.errors[0].code;
  });
  print(`${name} (${verdict})`, time);
}
