import { setTimeout as sleep } from 'node:timers/promises';

const MOST_ROUNDS = 60;

/**
 * Sends two things at once, over and over, until each has won: whoever lost is let go first the next time, so that the two keep
 * meeting whatever the machine is busy with.
 *
 * @param round sends both, each when its turn resolves, checks what came, and says which of them won
 * @throws Error when one always won: then they did not meet
 */
export async function untilEachHasWon(
  round: (turns: readonly [() => Promise<void>, () => Promise<void>]) => Promise<0 | 1>,
): Promise<void> {
  const wins: [number, number] = [0, 0];
  for (let ahead = 0, rounds = 0; wins[0] === 0 || wins[1] === 0; rounds++) {
    if (rounds === MOST_ROUNDS) throw new Error(`In ${MOST_ROUNDS} rounds one won always: ${wins.join(' to ')}.`);
    const after = (ms: number) => async () => void (ms > 0 && (await sleep(ms)));
    const winner = await round([after(-ahead), after(ahead)]);
    wins[winner] += 1;
    ahead += winner === 0 ? -1 : 1;
  }
}
