/**
 * What a change must pass before it is worth testing: rules, format, unused code, copies, the OpenAPI document, and types, side by side.
 * What did not change since the last time is not looked at again.
 *
 *     npm run check
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

async function run(script) {
  const began = performance.now();
  const child = spawn('npm', ['run', '--silent', script], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(chunk));
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) process.stdout.write(Buffer.concat(output));
  console.log(`${code === 0 ? '✓' : '✗'} ${script} ${((performance.now() - began) / 1000).toFixed(1)} s`);
  return code === 0;
}

const fine = await Promise.all(['lint', 'types'].map(run));
process.exitCode = fine.every(Boolean) ? 0 : 1;
