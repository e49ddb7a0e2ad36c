import { expect, test } from '@jest/globals';
import { indexColumns } from '../../fql/columns.js';
import { recheckSegments } from './recheck-segments.js';

const columns = indexColumns([{ name: 'age', type: 'int' }]);
async function* pages(count: number, definition: string) {
  const page = Array.from({ length: 500 }, (_, at) => ({ id: String(at), name: `s${at}`, definition, description: '' }));
  for (let left = count; left > 0; left -= page.length) yield page.slice(0, left);
}
const recheck = (count: number, definition: string) => recheckSegments(pages(count, definition), columns);

test('of 2,000 segments each is looked at, and others get their turn meanwhile', async () => {
  const turns = { all: 0 };
  const timer = setInterval(() => (turns.all += 1), 1);
  const answer = await recheck(2_000, "age > 50 and (age < 70 or agee == 3) and age != 60 and region == 'Hawaii'");
  clearInterval(timer);
  expect(answer).toMatchObject({ segment_count: 2_000, ok_count: 0, broken_count: 2_000, unchecked_count: 0 });
  expect(answer.broken).toHaveLength(500);
  expect(answer.broken[0]?.errors.map(({ code }) => code)).toEqual(['FQL_UNKNOWN_COLUMN', 'FQL_UNKNOWN_COLUMN']);
  expect(turns.all).toBeGreaterThan(3);
});

test('past so much text the others are counted only', async () => {
  const answer = await recheck(600, `age >${' '.repeat(9_994)}1`);
  expect(answer).toEqual({ segment_count: 600, ok_count: 500, broken_count: 0, unchecked_count: 100, broken: [] });
});
