/** How figures are put into words. */

export const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

/** @returns how often each of these occurs */
export const count = (names) => names.reduce((sum, name) => ({ ...sum, [name]: (sum[name] ?? 0) + 1 }), {});

export const said = (counts) =>
  Object.entries(counts)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([what, n]) => `${n} × ${what}`)
    .join(', ');

/** What some answers to one question were, in an order of their own: `200 + 409`. */
export const together = (answers) =>
  answers
    .map(({ status }) => status || 'no answer')
    .toSorted()
    .join(' + ');

export const byStatus = (answers) => count(answers.map(({ status }) => status || 'no answer'));

/** Runs `work` for 0, 1, 2 … below `total`, so many at once. @returns what each of them returned */
export async function times(total, atOnce, work) {
  const results = [];
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < total; at = next++) results[at] = await work(at);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}
