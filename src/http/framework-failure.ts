import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerOf } from './error-answer.js';
import { sendFailure } from './send-failure.js';

/** Errors of Fastify's own, raised before any handler (a malformed address): our envelope, without their echo. */
export function frameworkFailure(_error: unknown, _request: FastifyRequest, reply: FastifyReply): void {
  sendFailure(reply, answerOf({ statusCode: 400 }));
}
