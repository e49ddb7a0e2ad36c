import type { Problem } from '../errors/app-error.js';

/** An answer that only the edge gives: a status that no service knows, with its headers. */
export class HttpProblem extends Error {
  constructor(
    readonly status: number,
    readonly problems: readonly [Problem, ...Problem[]],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(problems[0].message);
    this.name = 'HttpProblem';
  }
}
