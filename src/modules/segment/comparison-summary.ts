import type { Comparison } from '../../fql/compare.js';

/** A comparison in one plain sentence. */
export function summaryOf({ relation, both, firstOnly, secondOnly }: Comparison): string {
  switch (relation) {
    case 'equal':
      return both.kind === 'none' ? 'Neither has any row, so they are equal.' : 'They are equal: every row of one is in the other.';
    case 'contained':
      return both.kind === 'none'
        ? 'The first has no row, the second has some.'
        : 'Every row of the first is in the second, which has more.';
    case 'contains':
      return both.kind === 'none'
        ? 'The second has no row, the first has some.'
        : 'Every row of the second is in the first, which has more.';
    case 'disjoint':
      return 'No row is in both.';
    case 'overlapping':
      return 'Some rows are in both, some in the first alone and some in the second alone.';
    case 'unknown':
      return unknownSummary({ both, firstOnly, secondOnly });
  }
}

type Part = 'both' | 'firstOnly' | 'secondOnly';

const facts: Readonly<Record<Part, { readonly none: string; readonly row: string }>> = {
  both: { none: 'no row is in both', row: 'some rows are in both' },
  firstOnly: { none: 'every row of the first is in the second', row: 'some rows are in the first alone' },
  secondOnly: { none: 'every row of the second is in the first', row: 'some rows are in the second alone' },
};

function unknownSummary(parts: Pick<Comparison, Part>): string {
  const known = (['both', 'firstOnly', 'secondOnly'] as const).flatMap((part) => {
    const { kind } = parts[part];
    return kind === 'unknown' ? [] : [facts[part][kind]];
  });
  return known.length === 0
    ? 'It is not known how they relate.'
    : `It is not known how they relate in full; what is known: ${known.join(', ')}.`;
}
