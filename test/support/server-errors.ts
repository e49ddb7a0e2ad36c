/** What services of this suite have logged so far, each by itself. */
const logs: (() => string)[] = [];
/** The request ids of answers with a 5xx that a test wanted. */
const wanted = new Set<string>();

/** Lets the suite fail for every 5xx in this log that none of its tests wanted. */
export const watchLog = (log: () => string): void => void logs.push(log);

/** Says that the test wants this answer, which may be a 5xx. `expectError` says so by itself. */
export function wantAnswer({ status, headers }: { readonly status: number; readonly headers: Headers }): void {
  if (status >= 500) wanted.add(String(headers.get('x-request-id')));
}

/** A line for each 5xx in the logs that nobody wanted. */
export const unwantedFailures = (): string[] => logs.flatMap((log) => failuresIn(log(), wanted));

/** Each by its line of the access log, whoever asked and however; where that is off, a 500 by its line of the error log. */
export function failuresIn(log: string, wantedIds: ReadonlySet<string>): string[] {
  const found = new Map<string, string>();
  for (const line of log.split('\n')) {
    if (!/^\{.*(?:"status":5\d\d\b|"level":"error")/.test(line)) continue;
    const { request_id: id, method = '', route, status = 500 } = JSON.parse(line) as Record<string, string | undefined>;
    if (id !== undefined && !wantedIds.has(id)) found.set(id, `${status} ${method} ${route} (request ${id})`.replace('  ', ' '));
  }
  return [...found.values()];
}
