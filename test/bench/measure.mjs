/** One burst of load on one candidate, and what it cost the server. */
import { cpuTime, residentMemory } from './process-figures.mjs';

const connections = 10;

/** @returns figures of one burst: requests a second, milliseconds, microseconds of processor time a request, MB */
export async function measure(generator, { pid, url }, { token, requests, amount, seconds }) {
  const before = cpuTime(pid);
  const { answers, rate, p50, p99, statuses, errors } = await generator.run({ url, token, requests, connections, amount, seconds });
  const failed = answers - (statuses[200] ?? 0) + errors;
  if (failed > 0)
    throw new Error(`${failed} of ${answers} requests failed at ${requests[0].path}: ${JSON.stringify({ statuses, errors })}`);
  return { rate, p50, p99, cpu: (cpuTime(pid) - before) / answers, memory: residentMemory(pid) };
}

export const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)];

/** Round by round → one figure each. */
export const summary = (bursts) => Object.fromEntries(Object.keys(bursts[0]).map((name) => [name, median(bursts.map((one) => one[name]))]));
