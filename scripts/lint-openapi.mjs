/**
 * Holds `openapi.json` against the rules of Redocly (recommended-strict) and of Spectral (oas): no error and no warning. Both work
 * offline: Redocly's reports of usage and look for updates are off.
 *
 *     npm run lint:openapi
 *     npm run lint:openapi -- --all     with Spectral's two rules on examples too: 10 s of processor time for what Redocly's say in one
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import core from '@stoplight/spectral-core';
import parsers from '@stoplight/spectral-parsers';
import rulesets from '@stoplight/spectral-rulesets';

const root = join(import.meta.dirname, '..');
const file = join(root, 'openapi.json');
const exampleRules = ['oas3-valid-media-example', 'oas3-valid-schema-example'];

/** @returns {Promise<string[]>} what is wrong, one line each */
async function redocly() {
  const program = join(root, 'node_modules', '@redocly', 'cli', 'bin', 'cli.js');
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  const args = [program, 'lint', '--extends', 'recommended-strict', '--format', 'json', file];
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) child[name].setEncoding('utf8').on('data', (text) => (output[name] += text));
  const code = await new Promise((resolve) => child.once('close', resolve));
  const { problems } = JSON.parse(output.stdout || 'null') ?? { problems: [] };
  if (code !== 0 && problems.length === 0) throw new Error(`Redocly failed:\n${output.stderr}`);
  return problems.map(({ ruleId, message, location: [{ pointer } = {}] = [] }) => `redocly ${ruleId} ${pointer}: ${message}`);
}

async function spectral(all) {
  const linter = new core.Spectral();
  const rules = Object.fromEntries(all ? [] : exampleRules.map((rule) => [rule, 'off']));
  linter.setRuleset({ extends: [[rulesets.oas, 'recommended']], rules });
  const found = await linter.run(new core.Document(readFileSync(file, 'utf8'), parsers.Json, 'openapi.json'));
  return found.map(({ code, path, message }) => `spectral ${code} #/${path.join('/')}: ${message}`);
}

const problems = (await Promise.all([redocly(), spectral(process.argv.includes('--all'))])).flat();
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
