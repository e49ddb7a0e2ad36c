export interface MysqlTarget {
  readonly engine: 'mysql';
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly name: string;
}

/** Where the data lies. */
export type DatabaseTarget = { readonly engine: 'sqlite'; readonly path: string } | MysqlTarget;

const forms = 'must be mysql://user:password@host:port/database, sqlite:PATH or sqlite::memory:';
const escapes = 'has a character that must be written as its percent code: # is %23, / is %2F, ? is %3F, % is %25, @ is %40';

/**
 * `DATABASE_URL` taken apart.
 * @throws RangeError whose message is for the operator and quotes nothing of the value
 */
export function databaseTarget(url: string): DatabaseTarget {
  if (url.startsWith('sqlite:')) {
    const path = url.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '');
    if (path === '' || path.startsWith('//')) throw new RangeError(forms);
    return { engine: 'sqlite', path };
  }
  if (!URL.canParse(url)) throw new RangeError(/^(?:mysql|mariadb):/.test(url) ? `${forms}, or it ${escapes}` : forms);
  const { protocol, hostname, port, pathname, search, hash, username, password } = new URL(url);
  if (!['mysql:', 'mariadb:'].includes(protocol)) throw new RangeError(forms);
  if (hash !== '') throw new RangeError(escapes);
  const name = decoded(pathname.slice(1));
  if (hostname === '' || port === '0' || name === '' || name.includes('/')) throw new RangeError(forms);
  if (search !== '') throw new RangeError('takes no parameters after a question mark');
  return {
    engine: 'mysql',
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? 3306 : Number(port),
    user: decoded(username),
    password: decoded(password),
    name,
  };
}

/**
 * `DATABASE_REPLICA_URLS` taken apart.
 * @throws RangeError as `databaseTarget` does
 */
export function replicaTargets(urls: string, primary: DatabaseTarget): readonly MysqlTarget[] {
  const targets = urls.split(',').map((url) => databaseTarget(url.trim()));
  if (primary.engine !== 'mysql') throw new RangeError('has no meaning with SQLite, which has no replicas');
  if (!targets.every((target) => target.engine === 'mysql')) throw new RangeError('must be addresses of MySQL or MariaDB servers');
  return targets;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new RangeError(escapes);
  }
}
