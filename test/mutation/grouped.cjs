/**
 * What specs import as `@jest/globals` while mutants are run. Jest spends more on each of 2,400 rows than most rows on theirs, and does
 * so for every mutant anew; so the rows of a spec become a few tests. A group ends at its first failure, when the mutant is dead.
 */
const jestTest = globalThis.test;
const rowsOfGroup = 50;
let rows = [];

const argumentsOf = (row) => (Array.isArray(row) ? row : [row]);
const test = (name, work) => void rows.push(work);
test.each = (table) => (name, work) => void rows.push(...table.map((row) => () => work(...argumentsOf(row))));
const describe = (name, define) => define();
describe.each = (table) => (name, define) => table.forEach((row) => define(...argumentsOf(row)));

/** Loads a spec and makes tests of its rows. */
function group(name, load) {
  rows = [];
  load();
  const all = rows;
  for (let at = 0; at < all.length; at += rowsOfGroup)
    jestTest(`${name} ${at}`, async () => {
      for (const work of all.slice(at, at + rowsOfGroup)) await work();
    });
}

module.exports = { test, it: test, describe, expect: globalThis.expect, group };
