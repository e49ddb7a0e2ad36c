import type { Node } from './ast.js';
import type { Columns, ColumnType, FqlColumn } from './columns.js';
import { columnsUsed } from './columns-used.js';
import type { Row } from './row-value.js';
import { postorder } from './tree-walk.js';

/** Nodes evaluated in all. */
const allowance = 80_000;
const maximumRows = 1_000;
const maximumLiterals = 30;
const maximumLength = 100;

/**
 * Rows to try where reasoning found none, as in `age > balance + 1`: values near those that the definitions themselves speak of, mixed
 * by a fixed rule, so that the same definitions give the same rows.
 */
export function* sampleRows(trees: readonly Node[], columns: Columns): Generator<Row> {
  const nodes = trees.flatMap(postorder);
  const names = [...new Set(trees.flatMap(columnsUsed))];
  const literals = literalsOf(nodes);
  const ofTypes = new Map<ColumnType, readonly unknown[]>();
  const choices = names.map((name) => {
    const { type, categories } = columns.get(name) as FqlColumn;
    const near = ofTypes.get(type) ?? [...new Set(candidates[type](literals)), null];
    ofTypes.set(type, near);
    return { name, near, categories: (categories ?? []).slice(0, maximumLiterals) };
  });
  const next = sequence();
  for (let row = Math.min(maximumRows, Math.floor(allowance / nodes.length)); row > 0; row -= 1) {
    const entries = choices.map(({ name, near, categories }) => {
      const place = next() % (near.length + categories.length);
      return [name, place < near.length ? near[place] : categories[place - near.length]];
    });
    yield Object.fromEntries(entries);
  }
}

interface Literals {
  readonly numbers: readonly number[];
  readonly texts: readonly string[];
}

function literalsOf(nodes: readonly Node[]): Literals {
  const numbers = new Set(nodes.flatMap((node) => (node.kind === 'number' ? [node.value] : [])));
  const texts = new Set(nodes.flatMap((node) => (node.kind === 'text' && node.value.length <= maximumLength ? [node.value] : [])));
  return { numbers: [...numbers].slice(0, maximumLiterals), texts: [...texts].slice(0, maximumLiterals) };
}

type Candidates = (literals: Literals) => readonly unknown[];

const numbersNear = ({ numbers }: Literals): number[] =>
  [0, 1e3, 1e6, 1e9, ...numbers.flatMap((n) => [n, n - 1, n + 1, 2 * n])].flatMap((n) => [n, -n]).filter(Number.isFinite);

/** What a pattern such as `(?i)^new` is likely to find, and texts as long as a number asks. */
const textsNear = ({ texts, numbers }: Literals): string[] => [
  'other',
  ...texts.flatMap((text) => [text, text.replace(/\(\?\w+\)|[\\^$.*+?()[\]{}|]/g, '')]),
  ...numbers.filter((n) => n >= 0 && n < maximumLength).map((n) => 'x'.repeat(n + 1)),
  '',
];

const candidates: Readonly<Record<ColumnType, Candidates>> = {
  int: (literals) => numbersNear(literals).filter(Number.isInteger),
  float: (literals) => numbersNear(literals).flatMap((n) => [n, n + 0.5]),
  bool: () => [true, false],
  str: textsNear,
  category: textsNear,
  timestamp: () => ['2026-01-01T00:00:00.000Z'],
  vector: () => [[0]],
};

/** The same numbers each time (a linear congruential generator; the low bits repeat too soon to be used). */
function sequence(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 8;
  };
}
