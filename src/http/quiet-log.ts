import { LogController, type FastifyReply, type FastifyRequest } from 'fastify';
import { describeError } from '../errors/describe-error.js';

/**
 * Fastify's own lines about a request are left out: they tell its address as it was sent. But for a file that breaks off, which its status
 * does not tell, and neither does the access log: the head was sent, and it was 200.
 */
export class QuietLog extends LogController {
  constructor() {
    super({ disableRequestLogging: true, requestIdLogLabel: 'request_id' });
  }

  override streamError(error: NodeJS.ErrnoException, request: FastifyRequest, _reply: FastifyReply): void {
    // The client went away.
    if (error.code === 'ERR_STREAM_PREMATURE_CLOSE') return;
    request.log.error({ route: request.routeOptions.url, error: describeError(error) }, 'the answer broke off');
  }
}
