/** What kind of trouble it is; the HTTP edge owns the mapping to a status (`contract.md` section 2). */
export type ErrorKind = 'invalid' | 'unauthorized' | 'forbidden' | 'not-found' | 'conflict' | 'in-flight' | 'reused-key' | 'unavailable';

/** One problem, as it appears in the envelope's `errors`. `field` is a JSON path such as `filter.rules[2].operator`. */
export interface Problem {
  readonly reason: string;
  readonly message: string;
  readonly help?: string;
  readonly field?: string;
  /** Further members for the wire: a definition's `position`, `snippet`, `suggestions`. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** The one error class of the services: a kind and at least one problem. Knows no HTTP and no framework. */
export class AppError extends Error {
  constructor(
    readonly kind: ErrorKind,
    readonly problems: readonly [Problem, ...Problem[]],
    options?: ErrorOptions,
  ) {
    super(problems[0].message, options);
    this.name = 'AppError';
  }
}

/** @throws AppError of this kind when there is a problem at all */
export function refuseAny(kind: ErrorKind, problems: readonly Problem[]): void {
  const [first, ...others] = problems;
  if (first !== undefined) throw new AppError(kind, [first, ...others]);
}

/** The request is wrong: one problem per thing to mend. */
export const invalid = (...problems: [Problem, ...Problem[]]): AppError => new AppError('invalid', problems);

/** No such thing, or another organization's: never told apart. */
export const notFound = (thing: string): AppError =>
  new AppError('not-found', [
    {
      reason: 'ObjectNotFound',
      message: `No such ${thing}.`,
      help: `Check the id; a ${thing} of another organization does not exist for you.`,
    },
  ]);

/** In the caller's organization, but their role does not allow it. */
export const forbidden = (message: string, help = ''): AppError => new AppError('forbidden', [{ reason: 'Forbidden', message, help }]);

/** The name is taken or the thing is in use. */
export const conflict = (message: string, help = '', field?: string): AppError =>
  new AppError('conflict', [{ reason: 'Conflict', message, help, ...(field === undefined ? {} : { field }) }]);

/** The token does not identify an active user. */
export const unauthorized = (message: string, help = ''): AppError =>
  new AppError('unauthorized', [{ reason: 'Unauthorized', message, help }]);
