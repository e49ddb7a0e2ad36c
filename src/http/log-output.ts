import { constants, fstatSync, openSync, writeSync } from 'node:fs';
import { lostLogLines } from '../metrics/tallies.js';

const stdout = 1;
const newline = 0x0a;

/**
 * Where the log goes. The lines of one turn of the event loop are written at its end together, which takes a request less than a write
 * of its own; what ends the process writes what there is, unless it is killed outright. A full disk, a closed pipe or a reader that
 * has stopped reading costs log lines, which are counted and told as soon as there is room, never the service: it neither ends nor
 * waits.
 */
export class LogOutput {
  private readonly file = withoutWaiting(stdout);
  private waiting = '';
  private lost = 0;

  constructor() {
    process.once('exit', () => this.flushSync());
  }

  write(line: string): void {
    if (this.waiting === '') setImmediate(() => this.flushSync());
    this.waiting += line;
  }

  /** So that pino, too, can ask for it: it does after a fatal line. */
  flushSync(): void {
    const lines = this.waiting;
    if (lines === '') return;
    this.waiting = '';
    const isTold =
      this.lost === 0 || this.put(`\n{"level":"warn","time":"${new Date().toISOString()}","lost_log_lines":${this.lost}}\n`) === 0;
    const lost = isTold ? this.put(lines) : linesIn(Buffer.from(lines));
    this.lost = (isTold ? 0 : this.lost) + lost;
    if (lost > 0) lostLogLines.add('no_room', lost);
  }

  /** @returns the number of lines that are not out whole */
  private put(text: string): number {
    const bytes = Buffer.from(text);
    try {
      return linesIn(bytes.subarray(writeSync(this.file, bytes)));
    } catch {
      return linesIn(bytes);
    }
  }
}

function linesIn(bytes: Buffer): number {
  let count = 0;
  for (const byte of bytes) if (byte === newline) count += 1;
  return count;
}

/** A pipe opened once more is ours alone, so that others who write to it may go on waiting. What is no pipe does not make us wait. */
function withoutWaiting(file: number): number {
  try {
    return fstatSync(file).isFIFO() ? openSync(`/proc/self/fd/${file}`, constants.O_WRONLY | constants.O_NONBLOCK) : file;
  } catch {
    return file;
  }
}
