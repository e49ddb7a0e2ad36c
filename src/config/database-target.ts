/** Where the data lies. */
export type DatabaseTarget =
  | { readonly engine: 'sqlite'; readonly path: string }
  | {
      readonly engine: 'mysql';
      readonly host: string;
      readonly port: number;
      readonly user: string;
      readonly password: string;
      readonly name: string;
    };

const forms = 'must be mysql://user:password@host:port/database, sqlite:PATH or sqlite::memory:';

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
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw new RangeError(forms);
  }
  const name = decodeURIComponent(parsed.pathname.slice(1));
  if (!['mysql:', 'mariadb:'].includes(parsed.protocol) || parsed.hostname === '' || name === '' || name.includes('/'))
    throw new RangeError(forms);
  if (parsed.search !== '') throw new RangeError('takes no parameters after a question mark');
  return {
    engine: 'mysql',
    host: parsed.hostname.replace(/^\[|\]$/g, ''),
    port: parsed.port === '' ? 3306 : Number(parsed.port),
    user: decodeURIComponent(parsed.username),
    password: decodeURIComponent(parsed.password),
    name,
  };
}
