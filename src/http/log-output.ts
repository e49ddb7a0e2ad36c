import { constants, fstatSync, openSync, writeSync } from 'node:fs';

const stdout = 1;

/**
 * Where the log goes. A full disk, a closed pipe or a reader that has stopped reading costs log lines, which are counted and told
 * as soon as there is room, never the service: it neither ends nor waits.
 */
export class LogOutput {
  private readonly file = withoutWaiting(stdout);
  private lost = 0;

  write(line: string): void {
    if (this.lost > 0 && !this.put(`\n{"level":"warn","time":"${new Date().toISOString()}","lost_log_lines":${this.lost}}\n`)) {
      this.lost += 1;
      return;
    }
    this.lost = this.put(line) ? 0 : 1;
  }

  private put(text: string): boolean {
    try {
      return writeSync(this.file, text) === Buffer.byteLength(text);
    } catch {
      return false;
    }
  }
}

/** A pipe opened once more is ours alone, so that others who write to it may go on waiting. What is no pipe does not make us wait. */
function withoutWaiting(file: number): number {
  try {
    return fstatSync(file).isFIFO() ? openSync(`/proc/self/fd/${file}`, constants.O_WRONLY | constants.O_NONBLOCK) : file;
  } catch {
    return file;
  }
}
