import { connect } from 'node:net';
import type { Answer, Watcher } from './api.js';

const watchers = new Map<number, Watcher>();

/** Lets a watcher see what is sent to this port here, as far as it has a request line. */
export const watchRaw = (port: number, watch: Watcher): void => void watchers.set(port, watch);

/** Sends these bytes to the service and reads until it closes: for requests that no HTTP client would make. */
export async function sendRaw(port: number, bytes: string): Promise<Answer> {
  const answer = await exchange(port, bytes);
  const [, method, path] = /^([A-Z]+) (\/\S*) HTTP\/1\.[01]\r\n/.exec(bytes) ?? [];
  if (method !== undefined && path !== undefined) watchers.get(port)?.(method, path, answer);
  return answer;
}

function exchange(port: number, bytes: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
    const chunks: Buffer[] = [];
    socket.setTimeout(10_000, () => socket.destroy(new Error(`No end of the answer to:\n${bytes.slice(0, 300)}`)));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.once('error', reject);
    socket.once('close', () => resolve(parseAnswer(Buffer.concat(chunks).toString('utf8'))));
  });
}

function parseAnswer(text: string): Answer {
  const end = text.indexOf('\r\n\r\n');
  const [statusLine = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = new Headers(
    lines.map((line): [string, string] => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const body = text.slice(end + 4);
  return { status: Number(statusLine.split(' ')[1]), headers, text: body, body: body.startsWith('{') ? JSON.parse(body) : undefined };
}
