import { Catch, HttpException, Inject, Logger, NotFoundException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { describeError } from '../errors/describe-error.js';
import { answerOf } from './error-answer.js';
import { answerNoSuchRoute } from './no-such-route.js';
import { RouteTable } from './route-table.js';
import { sendFailure } from './send-failure.js';

/** The only producer of error envelopes once a request has a handler; anything thrown ends here. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('errors');

  constructor(@Inject(RouteTable) private readonly routes: RouteTable) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (request.is404 || (error instanceof NotFoundException && request.routeOptions?.url === undefined))
      return answerNoSuchRoute(this.routes, request, reply);
    const answer = answerOf(error instanceof HttpException ? httpExceptionAsProblem(error) : error);
    if (answer.unexpected) this.logger.error({ request_id: request.id, route: request.routeOptions?.url, error: describeError(error) });
    sendFailure(reply, answer);
  }
}

/** Nest's own exceptions carry a status; their texts are for developers and stay inside. */
function httpExceptionAsProblem(error: HttpException): unknown {
  const status = error.getStatus();
  return status >= 500 ? error : Object.assign(new Error('refused', { cause: error }), { statusCode: status });
}
