/** Of an error, what may stand in the log. */
export interface ErrorDescription {
  readonly name: string;
  /** Of our own errors only. */
  readonly message?: string;
  readonly errno?: number | undefined;
  readonly code?: string | undefined;
  readonly stack?: readonly string[] | undefined;
}

/**
 * Anything thrown, for the log: the class, the place and the driver's number. Never the text of a driver's error, which quotes SQL and
 * values: so of its stack only the lines that name a place are taken, since that text stands in front of them, on as many as it has.
 */
export function describeError(error: unknown): ErrorDescription {
  if (!(error instanceof Error)) return { name: typeof error };
  const { errno, code } = error as { errno?: number; code?: string };
  const isDrivers = 'sql' in error || 'query' in error || errno !== undefined;
  const stack = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return { name: error.name, ...(isDrivers ? {} : { message: error.message }), errno, code, stack };
}
