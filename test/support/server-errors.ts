/** A service of this suite: what it has logged so far, and how it is ended. */
interface Watched {
  logs(): string;
  stop(): Promise<unknown>;
}
const services: Watched[] = [];
/** The request ids of answers with a 5xx that a test wanted. */
const wanted = new Set<string>();

/** Lets the suite fail for every 5xx in this service's log that none of its tests wanted. */
export const watchService = (service: Watched): void => void services.push(service);

/** Says that the test wants this answer, which may be a 5xx. `expectError` says so by itself. */
export function wantAnswer({ status, headers }: { readonly status: number; readonly headers: Headers }): void {
  if (status >= 500) wanted.add(String(headers.get('x-request-id')));
}

/** Ends what still runs, so that each log is whole. @returns a line for each 5xx in the logs that nobody wanted */
export async function unwantedFailures(): Promise<string[]> {
  await Promise.all(services.map((service) => service.stop()));
  return services.flatMap((service) => failuresIn(service.logs(), wanted));
}

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
