import type { FastifyReply } from 'fastify';
import { failure } from './envelope.js';
import type { Answer } from './error-answer.js';

export function sendFailure(reply: FastifyReply, { status, entries, headers }: Answer): void {
  void reply.status(status).headers(headers).type('application/json; charset=utf-8').send(failure(status, entries));
}
