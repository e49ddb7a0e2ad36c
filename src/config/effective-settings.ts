import { envNames, envVariables, type EnvName } from './env-variables.js';

/** A variable as it holds, for people: without what nobody may read. */
export interface EffectiveSetting {
  readonly name: EnvName;
  readonly value: string;
  /** False: the default. */
  readonly isSet: boolean;
}

/** Never shown, only how much there is of it. */
const secrets: ReadonlySet<EnvName> = new Set(['JWT_SECRET', 'JWT_PUBLIC_KEY']);

/** Every variable with the value that holds, secrets and passwords masked. */
export function effectiveSettings(source: Readonly<Record<string, string | undefined>>): EffectiveSetting[] {
  return envNames.map((name) => {
    const given = source[name] ?? '';
    return given === '' ? { name, value: envVariables[name].byDefault, isSet: false } : { name, value: masked(name, given), isSet: true };
  });
}

function masked(name: EnvName, value: string): string {
  if (secrets.has(name)) return `(${Buffer.byteLength(value)} bytes)`;
  if (name === 'DATABASE_URL') return withoutPassword(value);
  return name === 'DATABASE_REPLICA_URLS' ? value.split(',').map(withoutPassword).join(',') : value;
}

/** What is no URL may hold a password anywhere, so nothing of it is shown. */
function withoutPassword(text: string): string {
  const url = text.trim();
  if (url.startsWith('sqlite:')) return url;
  if (!/^(?:mysql|mariadb):/.test(url) || !URL.canParse(url)) return '(unreadable)';
  const { protocol, username, password, host, pathname } = new URL(url);
  const user = username === '' && password === '' ? '' : `${username}${password === '' ? '' : ':***'}@`;
  return `${protocol}//${user}${host}${pathname}`;
}
