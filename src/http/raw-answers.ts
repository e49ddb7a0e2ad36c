import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { failure } from './envelope.js';
import { answerOf, type Answer } from './error-answer.js';
import { HttpProblem } from './http-problem.js';
import { securityHeaders } from './security-headers.js';

/** Node's parser gives up before there is a request; these are the statuses it means. */
const parserStatuses: Readonly<Record<string, number>> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/** Our envelope for what no route ever sees: oversized heads, smuggling attempts, slow requests. Nothing is echoed. */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  endWith(socket, answerOf({ statusCode: parserStatuses[String(error.code)] ?? 400 }));
}

/** What Node answers by itself, without a body, or by cutting the connection. */
export function registerRawAnswers(server: Server): void {
  server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => {
    const { status, headers, body } = rawAnswer(answerOf({ statusCode: 417 }));
    response.writeHead(status, headers).end(body);
  });
  server.on('connect', (_request: IncomingMessage, socket: Duplex) => {
    const problem = { reason: 'MethodNotAllowed', message: 'CONNECT is not allowed here.', help: 'This service is no proxy.' };
    socket.on('error', () => socket.destroy());
    endWith(socket, answerOf(new HttpProblem(405, [problem], { allow: 'DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT' })));
  });
}

function rawAnswer({ status, entries, headers }: Answer) {
  const body = JSON.stringify(failure(status, entries));
  const all = {
    ...securityHeaders,
    ...headers,
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    'x-request-id': randomUUID(),
    connection: 'close',
  };
  return { status, headers: all, body };
}

function endWith(socket: Duplex, answer: Answer): void {
  const { status, headers, body } = rawAnswer(answer);
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
