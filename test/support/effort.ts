const ROUNDS = 5;
/** What `reference` takes on the machine that the bounds were set on. */
const REFERENCE_MS = 10;

/**
 * Processor time of a piece of work in milliseconds, of up to five runs the least; it stops at the first that is within the bound.
 * Past the bound it is divided by how much slower than usual a fixed piece of work is in the same breath, of as many runs the least
 * too: so a machine of CI that is slow or shares its cores is told from code that is slow.
 */
export function effort(run: () => void, bound: number): number {
  let [least, usual] = [Infinity, Infinity];
  for (let round = 0; round < ROUNDS && least > bound; round++) {
    least = Math.min(least, processorTime(run));
    if (least > bound) usual = Math.min(usual, processorTime(reference));
  }
  return least <= bound ? least : least / Math.max(1, usual / REFERENCE_MS);
}

function processorTime(run: () => void): number {
  const start = process.cpuUsage().user;
  run();
  return (process.cpuUsage().user - start) / 1_000;
}

/** Texts, a map, a sort and a pattern: what the work that is measured is made of too. */
function reference(): void {
  const counts = new Map<string, number>();
  for (let n = 0; n < 12_000; n++) counts.set(`word ${(n * 7_919) % 12_000}`, n);
  [...counts.keys()].sort().join(' ').replace(/\d+/g, '');
}
