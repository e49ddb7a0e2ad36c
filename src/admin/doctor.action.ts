import type { EffectiveSetting } from '../config/effective-settings.js';
import { ConfigError, type Env } from '../config/env.js';
import { inspectProcessEnv, processSettings } from '../config/process-env.js';
import { diagnose } from '../database/diagnose.js';
import { judged, wrong, type Finding } from '../database/finding.js';
import { exitCodes } from './exit-codes.js';

/** Everything is looked at before anything is told. */
export async function examine(json: boolean): Promise<void> {
  const settings = processSettings();
  const checks = [runtime(), ...(await environment())];
  const bad = checks.filter(({ status }) => status === 'wrong');
  process.stdout.write(json ? `${JSON.stringify({ settings: settings.map(plain), checks })}\n` : reportText(settings, checks));
  if (bad.length > 0) process.exitCode = bad.every(({ name }) => name === 'migrations') ? exitCodes.pendingMigrations : exitCodes.failed;
}

const plain = ({ name, value, isSet }: EffectiveSetting) => ({ name, value, is_set: isSet });

function runtime(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return judged('node', process.version, [major < 20 || (major === 20 && minor < 19), 'wrong', 'Use Node 20.19 or later.']);
}

async function environment(): Promise<Finding[]> {
  let env: Env;
  try {
    env = inspectProcessEnv();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.variables.map(({ name, problem }) =>
      wrong(name, problem, `Mend ${name} in the environment; docker/env.example explains it.`),
    );
  }
  return [keys(env), ...(await diagnose(env))];
}

function keys({ jwt }: Env): Finding {
  const value = jwt.keys
    .map(({ kid, algorithm, sign }) => `${algorithm} ${kid ?? 'without kid'}${sign === undefined ? '' : ', signs'}`)
    .join('; ');
  return judged('keys', value);
}

function reportText(settings: readonly EffectiveSetting[], checks: readonly Finding[]): string {
  const count = (status: Finding['status']) => checks.filter((check) => check.status === status).length;
  return [
    'Settings, * where one is set',
    ...settings.map(({ name, value, isSet }) => `${isSet ? '*' : ' '} ${name.padEnd(22)} ${value === '' ? '–' : value}`),
    '',
    ...checks.flatMap(({ name, status, value, fix }) => [
      `${status.padEnd(8)} ${name.padEnd(13)} ${value}`,
      ...(fix === '' ? [] : [`         → ${fix}`]),
    ]),
    '',
    `${count('wrong')} wrong, ${count('warning')} to look at`,
    '',
  ].join('\n');
}
