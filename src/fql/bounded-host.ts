import type { FqlHost } from './host.js';

/** Thrown where going on would take more time than a request may. What was asked is then not known. */
export class OutOfSteps extends Error {}

/** The same host, which compiles each pattern once, and so many instructions of them in all: beyond it, `OutOfSteps` is thrown. */
export function boundedHost(host: FqlHost, instructions: number): FqlHost {
  const compiled = new Map<string, (text: string) => boolean>();
  let left = instructions;
  return {
    ...host,
    compilePattern(pattern) {
      const known = compiled.get(pattern);
      if (known) return known;
      left -= host.patternSize(pattern);
      if (left < 0) throw new OutOfSteps('patterns that take too long to compile');
      const search = host.compilePattern(pattern);
      compiled.set(pattern, search);
      return search;
    },
  };
}

/** What `work` gives, or `otherwise` when it took too many steps. */
export function inSteps<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof OutOfSteps) return otherwise;
    throw error;
  }
}
