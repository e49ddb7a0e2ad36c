import type { ErrorEntryResource, ErrorResource } from './schema.js';

/** Whatever the service refused: thrown by every call. A request that never arrived is the `TypeError` of fetch. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** The service's word for the first problem, for programs: `FQL_UNKNOWN_COLUMN`, `Conflict`. */
  readonly reason: string;

  constructor(
    readonly status: number,
    /** One for each problem, at least one; of a definition with `position`, `snippet` and `suggestions`. */
    readonly errors: readonly [ErrorEntryResource, ...ErrorEntryResource[]],
    /** Names the request in the service's logs. */
    readonly requestId: string | undefined,
    /** Seconds to wait before it is worth trying again, where the service says so. */
    readonly retryAfter: number | undefined,
  ) {
    super(errors[0].message);
    this.reason = errors[0].reason;
  }

  /** Of an answer that is no success, and its body as far as it was understood. */
  static of(response: Response, body: unknown): ApiError {
    const { status, statusText, headers } = response;
    const [first, ...others] = isOurs(body) ? body.error.errors : [];
    const wait = Number(headers.get('retry-after') ?? Number.NaN);
    return new ApiError(
      status,
      // Something between here and the service may answer in its stead: nothing that it sends is to be relied upon.
      first === undefined ? [{ reason: 'HttpError', message: `HTTP ${status} ${statusText}`.trimEnd(), help: '' }] : [first, ...others],
      headers.get('x-request-id') ?? undefined,
      Number.isNaN(wait) ? undefined : wait,
    );
  }
}

const isOurs = (body: unknown): body is ErrorResource =>
  typeof body === 'object' && body !== null && (body as Partial<ErrorResource>).kind === 'ERROR';
