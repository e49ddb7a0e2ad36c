/**
 * Loaded into a program: it kills itself as soon as the database has answered the FAULT_DIE_AT-th statement that changes something.
 * Without that variable it tells at its end how many there were.
 */
import { createRequire } from 'node:module';

const require = createRequire(new URL('../../../package.json', import.meta.url));
const { Connection } = require('mysql2');
const dieAt = Number(process.env.FAULT_DIE_AT ?? Infinity);
const changes = /^\s*(?:CREATE|ALTER|DROP|INSERT|UPDATE|DELETE|START|COMMIT)/i;
let count = 0;

for (const method of ['query', 'execute']) {
  const original = Connection.prototype[method];
  Connection.prototype[method] = function (sql, values, callback) {
    const text = typeof sql === 'string' ? sql : sql.sql;
    const given = typeof values === 'function' ? values : callback;
    if (!changes.test(text) || given === undefined) return original.call(this, sql, values, callback);
    const counting = (...answer) => {
      count += 1;
      if (count === dieAt) process.kill(process.pid, 'SIGKILL');
      given(...answer);
    };
    return typeof values === 'function' ? original.call(this, sql, counting) : original.call(this, sql, values, counting);
  };
}
if (dieAt === Infinity) process.on('exit', () => process.stderr.write(`${count} statements\n`));
