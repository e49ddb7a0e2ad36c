/** An HTTP client that never throws and never waits for ever: every request ends as one record, which is what the faults judge. */
import { Agent, request } from 'node:http';

/** Milliseconds after which a request counts as hung. */
const patience = 20_000;

/**
 * @typedef {{ method: string, path: string, status: number | string, at: number, ms: number, headers: object, body: any }} Answer
 *   `status` is the HTTP status, or the socket's error code, or 'hung'; `at` is when it was sent (performance.now())
 */

/** A client with keep-alive connections. @param {{ connections?: number, keepAlive?: boolean }} options */
export function clientAt(url, token, { connections = 10, keepAlive = true } = {}) {
  const agent = new Agent({ keepAlive, maxSockets: connections });
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };

  /** @returns {Promise<Answer>} */
  const send = (method, path, body, more = {}) =>
    new Promise((resolve) => {
      const at = performance.now();
      const payload = body === undefined ? undefined : JSON.stringify(body);
      const content = payload === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) };
      const call = request(new URL(path, url), { method, agent, headers: { ...authorization, ...content, ...more } });
      const timer = setTimeout(() => end({ status: 'hung' }), patience);
      const end = (outcome) => {
        clearTimeout(timer);
        call.destroy();
        resolve({ method, path, at, ms: performance.now() - at, headers: {}, body: undefined, ...outcome });
      };
      call.on('error', ({ code, message }) => end({ status: code ?? message }));
      call.on('response', (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', ({ code, message }) => end({ status: code ?? message }));
        response.on('end', () => {
          clearTimeout(timer);
          const text = Buffer.concat(chunks).toString();
          const { statusCode: status, headers } = response;
          resolve({ method, path, status, headers, at, ms: performance.now() - at, body: text === '' ? undefined : JSON.parse(text) });
        });
      });
      call.end(payload);
    });
  return {
    get: (path) => send('GET', path),
    post: (path, body, headers) => send('POST', path, body, headers),
    close: () => agent.destroy(),
  };
}

/** Sends requests one after the other in each of `workers` loops until `stop()` is true. @returns {Promise<Answer[]>} all answers */
export async function load(workers, next, stop) {
  const answers = [];
  const loop = async () => {
    while (!stop()) answers.push(await next());
  };
  await Promise.all(Array.from({ length: workers }, loop));
  return answers;
}

/** True from the n-th call on, so that a load of that many requests ends. */
export function counted(n) {
  let calls = 0;
  return () => ++calls > n;
}

/** How many answers had which status, such as { 200: 310, 503: 12 }. */
export function tally(answers) {
  const counts = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

export const tallyText = (answers) =>
  Object.entries(tally(answers))
    .map(([status, count]) => `${count} × ${status}`)
    .join(', ') || 'none';

export const slowest = (answers) => Math.round(Math.max(0, ...answers.map(({ ms }) => ms)));

/** Whether every answer has one of these statuses, and every 503 says when to come back. */
export const onlyStatuses = (answers, ...statuses) =>
  answers.every(({ status, headers }) => statuses.includes(status) && (status !== 503 || headers['retry-after'] !== undefined));
