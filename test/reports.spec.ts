import { expect, test } from '@jest/globals';
import { reports } from './reports.js';
import { namedTestTrouble } from './support/named-test.js';

const all = Object.entries(reports);

/** How many reports each chapter has. */
const chapters = { A: 7, B: 4, C: 9, D: 7, E: 2, F: 6, G: 5, H: 2, I: 3, J: 7, K: 3, L: 2, M: 3 };

test('all 60 reports are here', () => {
  const counts: Record<string, number> = {};
  for (const [id] of all) counts[id[0]!] = (counts[id[0]!] ?? 0) + 1;
  expect(counts).toEqual(chapters);
  expect(all).toHaveLength(60);
});

test('each is of its own and can be looked up', () => {
  for (const [id, { link }] of all)
    expect({ id, link }).toEqual({ id, link: expect.stringMatching(/^https:\/\/github\.com\/[\w.-]+\/[\w.-]+\/(?:issues|pull)\/\d+$/) });
  expect(new Set(all.map(([, { link }]) => link)).size).toBe(all.length);
});

test('each has a test that is there, or a reason', () => {
  const troubles = all.flatMap(([id, report]) => {
    const trouble = 'test' in report ? namedTestTrouble(report.test) : report.reason.length < 40 ? 'the reason says too little' : undefined;
    return trouble === undefined ? [] : [`${id}: ${trouble}`];
  });
  expect(troubles).toEqual([]);
});
