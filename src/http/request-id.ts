import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** What we take over from a caller: nothing that could break a log line or a header. */
const sane = /^[A-Za-z0-9._-]{1,64}$/;

/** The caller's `X-Request-Id` when it is sane, else one of our own. */
export function requestId(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && sane.test(given) ? given : randomUUID();
}
