/** What the kernel knows of a process (Linux). */
import { readFileSync, readdirSync } from 'node:fs';

/** Microseconds of a clock tick: USER_HZ is 100 wherever Node runs on Linux. */
const tick = 10_000;

/** Processor time of all its threads so far, in microseconds, to a tick. */
export function cpuTime(pid) {
  // The second field is the program's name in parentheses, which may hold blanks.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * tick;
}

/** Resident memory in MB of 2^20 bytes. */
export const residentMemory = (pid) => Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

/** Open files and sockets. */
export const openHandles = (pid) => readdirSync(`/proc/${pid}/fd`).length;
