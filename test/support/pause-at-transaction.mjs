/**
 * Preloaded into a program (`node --import`): it stands still before its next transaction while the file `gate` of this module's address
 * is there, and says so by a second file, `reached`. So two programs meet where a test wants them to, on either database.
 */
import { existsSync, writeFileSync } from 'node:fs';
import Database from 'libsql';
import mysql from 'mysql2';

const gate = new URL(import.meta.url).searchParams.get('gate');
const start = /^(?:BEGIN|START TRANSACTION)/;
const cell = new Int32Array(new SharedArrayBuffer(4));

for (const [prototype, method] of [
  [Database.prototype, 'exec'],
  [mysql.Connection.prototype, 'query'],
]) {
  const original = prototype[method];
  prototype[method] = function (...args) {
    if (start.test(args[0]?.sql ?? args[0]) && existsSync(gate)) {
      writeFileSync(`${gate}.reached`, '');
      for (const until = Date.now() + 20_000; existsSync(gate) && Date.now() < until;) Atomics.wait(cell, 0, 0, 10);
    }
    return original.apply(this, args);
  };
}
