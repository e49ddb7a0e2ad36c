/**
 * Preloaded into a service (`node --import`), writes each statement that goes to either database as a line of JSON: its text alone, never
 * its values. The file is the `log` of this module's address.
 */
import { appendFileSync } from 'node:fs';
import Database from 'libsql';
import mysql from 'mysql2';

const file = new URL(import.meta.url).searchParams.get('log');
const note = (sql) => appendFileSync(file, `${JSON.stringify(sql)}\n`);

function watch(prototype, methods, textOf) {
  for (const method of methods) {
    const original = prototype[method];
    prototype[method] = function (...args) {
      note(textOf(this, args));
      return original.apply(this, args);
    };
  }
}

const texts = new WeakMap();
const { prepare } = Database.prototype;
Database.prototype.prepare = function (sql) {
  const statement = prepare.call(this, sql);
  texts.set(statement, sql);
  return statement;
};
const database = new Database(':memory:');
watch(Object.getPrototypeOf(database.prepare('SELECT 1')), ['all', 'get', 'run', 'iterate'], (statement) => texts.get(statement));
watch(Database.prototype, ['exec'], (_, [sql]) => sql);
database.close();

watch(mysql.Connection.prototype, ['query', 'execute'], (_, [options]) => options.sql ?? options);
