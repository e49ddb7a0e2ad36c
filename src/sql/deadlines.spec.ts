import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { Deadlines } from './deadlines.js';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** What was ended, in order. */
function watch() {
  const ended: string[] = [];
  const deadlines = new Deadlines<{ name: string }>(({ name }) => void ended.push(name));
  return { ended, deadlines };
}

test.each([
  ['not before its time', 1_000, 1_000, []],
  ['a quarter of a second late at most', 1_000, 1_250, ['a']],
  ['once only', 1_000, 9_000, ['a']],
])('%s: after %i ms asked, %i ms passed', (_, within, passed, wanted) => {
  const { ended, deadlines } = watch();
  deadlines.start({ name: 'a' }, within);
  jest.advanceTimersByTime(passed);
  expect(ended).toEqual(wanted);
});

test('what starts between two looks is not ended before its time either', () => {
  const { ended, deadlines } = watch();
  jest.advanceTimersByTime(249);
  deadlines.start({ name: 'a' }, 500);
  jest.advanceTimersByTime(500);
  expect(ended).toEqual([]);
  jest.advanceTimersByTime(250);
  expect(ended).toEqual(['a']);
});

test('what is over in time is left alone, and what starts again has a new deadline', () => {
  const { ended, deadlines } = watch();
  const [a, b, c] = [{ name: 'a' }, { name: 'b' }, { name: 'c' }];
  for (const thing of [a, b, c]) deadlines.start(thing, 1_000);
  jest.advanceTimersByTime(750);
  deadlines.over(a);
  deadlines.start(b, 1_000);
  jest.advanceTimersByTime(500);
  expect(ended).toEqual(['c']);
  jest.advanceTimersByTime(750);
  expect(ended).toEqual(['c', 'b']);
});
