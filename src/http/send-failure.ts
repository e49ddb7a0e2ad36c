import type { FastifyReply } from 'fastify';
import { noteRefusal } from './access-log.js';
import { failure } from './envelope.js';
import type { Answer } from './error-answer.js';

export function sendFailure(reply: FastifyReply, { status, entries, headers }: Answer): void {
  // Fastify would close on a body that is too large; a client that still writes it is then reset before it reads why. Node reads on.
  if (status === 413) reply.removeHeader('connection');
  noteRefusal(reply.request, status, entries[0].message);
  void reply.status(status).headers(headers).type('application/json; charset=utf-8').send(failure(status, entries));
}
