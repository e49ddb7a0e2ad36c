import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerOf } from './error-answer.js';
import { securityHeaders } from './security-headers.js';
import { sendFailure } from './send-failure.js';

/** Errors of Fastify's own, raised before any handler (a malformed address): our envelope, without their echo. No hook has run. */
export function frameworkFailure(_error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  reply.headers(securityHeaders).header('x-request-id', request.id);
  sendFailure(reply, answerOf({ statusCode: 400 }));
}
