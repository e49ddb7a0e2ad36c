import type { Columns } from '../../fql/columns.js';
import type { Diagnostic } from '../../fql/diagnostic.js';
import { checkDefinition } from '../../fql/fql.js';
import { fqlHost } from './fql-host.js';
import type { SegmentTexts } from './segment-text.repository.js';
import { Turns } from './turns.js';

/** Broken segments that an answer shows. */
export const brokenShown = 500;
/** UTF-16 units of definitions that one request looks through, 500 for each of 10,000 segments: some seconds of work. */
const textLimit = 5_000_000;

/** Patterns do not depend on columns, and those that are stored have been checked: compiling them again would be most of the work. */
const host = { ...fqlHost, checkPattern: () => undefined };

type Broken = Pick<SegmentTexts, 'id' | 'name' | 'definition'> & { readonly errors: readonly Diagnostic[] };

interface Recheck {
  readonly segment_count: number;
  readonly ok_count: number;
  readonly broken_count: number;
  readonly unchecked_count: number;
  readonly broken: readonly Broken[];
}

interface RecheckBounds {
  /** UTF-16 units of definitions that are looked through. */
  readonly text: number;
  /** Broken segments that are told. */
  readonly shown: number;
}

/** What would become of segments if their model had these columns. Time is bounded by the text, and given up now and then. */
export async function recheckSegments(
  pages: AsyncIterable<readonly SegmentTexts[]>,
  columns: Columns,
  bounds: RecheckBounds = { text: textLimit, shown: brokenShown },
): Promise<Recheck> {
  const count = { segment: 0, broken: 0, unchecked: 0 };
  const broken: Broken[] = [];
  let left = bounds.text;
  const turns = new Turns();
  for await (const page of pages) {
    for (const { id, name, definition } of page) {
      count.segment += 1;
      left -= definition.length;
      if (left < 0) {
        count.unchecked += 1;
        continue;
      }
      const verdict = checkDefinition(definition, columns, host);
      if (!verdict.valid) count.broken += 1;
      if (!verdict.valid && broken.length < bounds.shown) broken.push({ id, name, definition, errors: verdict.errors });
      await turns.next();
    }
  }
  return {
    segment_count: count.segment,
    ok_count: count.segment - count.broken - count.unchecked,
    broken_count: count.broken,
    unchecked_count: count.unchecked,
    broken,
  };
}
