import { expect, test } from '@jest/globals';
import { cases, columnsOf } from './cases.js';
import { fqlHost } from './host.js';
import { parse } from '../../src/fql/parser.js';
import { analyse } from '../../src/fql/analysis.js';
import { canonicalText } from '../../src/fql/canonical.js';
import { print } from '../../src/fql/printer.js';
import { compile } from '../../src/fql/evaluator.js';
import { columnsUsed } from '../../src/fql/columns-used.js';

test('tier two', () => {
  const bad: string[] = [];
  const byId = new Map(cases.map((one) => [one.id, one]));
  const fp = (one: any) => (one ? canonicalText(parse(one.definition)) : 'none');
  for (const one of cases.filter((c) => c.valid)) {
    const columns = columnsOf(one);
    const tree = parse(one.definition);
    const found = analyse(tree, columns, fqlHost);
    const codes = found.map((f) => f.code);
    if (one.warnings && (one.warnings.length === 0 ? codes.length > 0 : !one.warnings.every((w) => codes.includes(w))))
      bad.push(`${one.id} ${codes}`);
    if (found.length)
      console.log(
        one.id,
        one.definition.slice(0, 100),
        JSON.stringify(one.warnings),
        found
          .map(
            (f) =>
              `${f.code} [${one.definition.slice(f.span.start, f.span.end)}] ${f.message} | ${f.help} | ${JSON.stringify(f.suggestions)}`,
          )
          .join('\n'),
      );
    for (const { row, matches } of one.rows ?? [])
      if ((compile(tree, columns, fqlHost)(row) === true) !== matches) bad.push(`${one.id} ${JSON.stringify(row)}`);
    if (one.columns_used && JSON.stringify(one.columns_used) !== JSON.stringify(columnsUsed(tree))) bad.push(`${one.id} cols`);
    if (one.same_fingerprint_as && byId.has(one.same_fingerprint_as) && fp(one) !== fp(byId.get(one.same_fingerprint_as)))
      bad.push(`${one.id} fp ${fp(one)}`);
    if (one.other_fingerprint_than && fp(one) === fp(byId.get(one.other_fingerprint_than))) bad.push(`${one.id} fp2`);
    const again = print(parse(print(tree)));
    if (again !== print(tree)) bad.push(`${one.id} print`);
    const c = canonicalText(tree);
    if (canonicalText(parse(c)) !== c) bad.push(`${one.id} canon ${c}`);
  }
  expect(bad).toEqual([]);
});
