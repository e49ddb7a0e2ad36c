/**
 * Runs admin command lines of the build, one after the other, in one process that has the program loaded: a process for each would
 * spend four fifths of its time on loading. What a process of its own is about (it is killed, races another, starts) does not run here.
 *
 *     node test/support/admin-host.mjs BUILD_DIRECTORY SOCKET
 *
 * Prints a line once it listens, and ends with its standard input. A connection asks one thing, as JSON, and is answered in JSON:
 * `{ args, env }` → `{ code, stdout, stderr }`; `{ routes: true }` → what `routes.mjs` finds.
 */
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { routesOf } from './routes.mjs';

const [build = 'dist', socket] = process.argv.slice(2);
const directory = resolve(build);
await import('reflect-metadata');
const { runCommandLine } = await import(pathToFileURL(join(directory, 'admin', 'command-line.js')).href);

const own = { ...process.env };
const write = { stdout: process.stdout.write.bind(process.stdout), stderr: process.stderr.write.bind(process.stderr) };
class Ended extends Error {}
process.exit = (code) => {
  process.exitCode = code ?? process.exitCode;
  throw new Ended();
};

async function commandLine({ args, env }) {
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'])
    process[stream].write = (chunk, ...rest) => {
      output[stream] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
      rest.findLast((one) => typeof one === 'function')?.();
      return true;
    };
  process.env = env;
  process.exitCode = undefined;
  try {
    await runCommandLine(args);
  } catch (error) {
    // As a process ends that nobody's `catch` was for.
    if (!(error instanceof Ended)) {
      output.stderr += `${error?.stack ?? error}\n`;
      process.exitCode = 1;
    }
  } finally {
    for (const stream of ['stdout', 'stderr']) process[stream].write = write[stream];
    process.env = own;
  }
  const code = process.exitCode ?? 0;
  process.exitCode = undefined;
  return { code, ...output };
}

let routes;
const answerTo = (request) => (request.routes ? (routes ??= routesOf(directory)) : commandLine(request));

let turn = Promise.resolve();
const server = createServer({ allowHalfOpen: true }, (connection) => {
  let request = '';
  connection.setEncoding('utf8').on('data', (text) => (request += text));
  connection.once('end', () => {
    turn = turn.then(async () => connection.end(JSON.stringify(await answerTo(JSON.parse(request)))));
  });
  connection.on('error', () => undefined);
});
server.listen(socket, () => write.stdout('ready\n'));
process.stdin.resume().once('end', () => process.reallyExit(0));
