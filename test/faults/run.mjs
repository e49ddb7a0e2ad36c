/**
 * Breaks things on purpose and measures what the service makes of it, one row for each promise.
 *
 *     npm run test:faults                  all faults, on a private database server and some on SQLite too
 *     npm run test:faults -- F03 F08       these only
 *     npm run test:faults -- --quick       the fast ones, for every commit
 *     npm run test:faults -- --markdown    the table as Markdown
 *     SOAK_SECONDS=3600 npm run test:faults -- F25
 *
 * A fault is { id, breaks, promise, on, quick, run(lab) }; `run` returns { pass, measured }. Ends with 1 when one does not hold.
 */
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { Lab, startServer } from './lab.mjs';
import { contention } from './contention.mjs';
import { crashes } from './crashes.mjs';
import { clocks } from './clocks.mjs';
import { migrations } from './migrations.mjs';
import { network } from './network.mjs';
import { processes } from './processes.mjs';
import { races } from './races.mjs';
import { refusals } from './refusals.mjs';
import { shutdowns } from './shutdowns.mjs';

const all = [...crashes, ...contention, ...shutdowns, ...processes, ...races, ...migrations, ...refusals, ...clocks, ...network].sort(
  (a, b) => (a.id < b.id ? -1 : 1),
);
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, markdown: { type: 'boolean', default: false } },
});
const named = (id) => positionals.some((name) => id === name || new RegExp(`^${name}[a-z]?$`).test(id));
const wanted = all.filter(({ id, quick }) => (positionals.length === 0 ? !values.quick || quick : named(id)));
if (wanted.length === 0) throw new Error(`There is no fault ${positionals.join(', ')}: ${all.map(({ id }) => id).join(' ')}`);

/** The fast ones are tried on one engine. */
const enginesOf = ({ on = ['mysql'] }) => (values.quick ? on.slice(0, 1) : on);
const needsServer = wanted.some((fault) => enginesOf(fault).includes('mysql'));
const server = needsServer ? await startServer() : undefined;
const rows = [];
const began = performance.now();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));
try {
  for (const fault of wanted) for (const engine of enginesOf(fault)) rows.push(await attempt(fault, engine));
} finally {
  await server?.stop();
}
console.log(`\n${values.markdown ? markdown(rows) : text(rows)}\n`);
const version = /Ver (\S+)/.exec(server?.version ?? '')?.[1] ?? server?.version ?? 'SQLite only';
const count = (wanted) => rows.filter(({ verdict }) => verdict === wanted).length;
console.log(
  `${version}; Node ${process.version}; ${cpus().length} cores, load ${loadavg()[0].toFixed(1)}; ${new Date().toISOString().slice(0, 10)}`,
);
console.log(
  `${count('pass')} passed, ${count('FAIL')} failed, ${count('skipped')} skipped in ${Math.round((performance.now() - began) / 1_000)} s`,
);
process.exit(count('FAIL') === 0 ? 0 : 1);

async function attempt({ id, breaks, promise, run }, engine) {
  const lab = new Lab(engine === 'mysql' ? server : undefined);
  const start = performance.now();
  let outcome;
  try {
    outcome = await run(lab);
  } catch (error) {
    outcome = { pass: false, measured: `the fault could not be tried: ${error.stack}` };
  } finally {
    await lab.close();
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const verdict = outcome.skipped ? 'skipped' : outcome.pass ? 'pass' : 'FAIL';
  console.log(`${id} ${engine} ${verdict} in ${seconds} s: ${outcome.measured}`);
  return { id, engine, breaks, promise, measured: outcome.measured, verdict };
}

function text(table) {
  const line = ({ id, engine, breaks, promise, measured, verdict }) =>
    [`${id.padEnd(5)} ${verdict.padEnd(7)} ${breaks} (${engine})`, `      promise   ${promise}`, `      measured  ${measured}`].join('\n');
  return table.map(line).join('\n');
}

function markdown(table) {
  const line = ({ id, engine, breaks, promise, measured, verdict }) =>
    `| ${id} | ${breaks}${engine === 'sqlite' ? ' (SQLite)' : ''} | ${promise} | ${cell(measured)} | ${verdict} |`;
  return ['| | what is broken | promise | measured | |', '| --- | --- | --- | --- | --- |', ...table.map(line)].join('\n');
}

/** What was measured may quote a program, whose text must not end the cell. */
function cell(text) {
  return text.replaceAll('|', '\\|').replace(/\s+/g, ' ');
}
