import { describe, expect, test } from '@jest/globals';
import { databaseTarget, replicaTargets } from './database-target.js';

const mysql = { engine: 'mysql', host: 'db', port: 3306, user: 'u', password: 'p', name: 'segments' };

describe('databaseTarget', () => {
  test.each<[string, object]>([
    ['sqlite::memory:', { engine: 'sqlite', path: ':memory:' }],
    ['sqlite:data/a.sqlite', { engine: 'sqlite', path: 'data/a.sqlite' }],
    ['sqlite:/var/a b.sqlite', { engine: 'sqlite', path: '/var/a b.sqlite' }],
    ['sqlite:///var/a.sqlite', { engine: 'sqlite', path: '/var/a.sqlite' }],
    ['mysql://u:p@db/segments', mysql],
    ['mysql://u:p@db:3306/segments', mysql],
    ['mariadb://u:p@db:3307/segments', { ...mysql, port: 3307 }],
    ['mysql://u@db/segments', { ...mysql, password: '' }],
    ['mysql://u:p%40%2F%23%25@db/segments', { ...mysql, password: 'p@/#%' }],
    ['mysql://u:p@[::1]:3306/segments', { ...mysql, host: '::1' }],
    ['mysql://u:p@db/my%20segments', { ...mysql, name: 'my segments' }],
  ])('%s', (url, target) => {
    expect(databaseTarget(url)).toEqual(target);
  });

  const forms = /^must be mysql:\/\/user:password@host:port\/database, sqlite:PATH or sqlite::memory:$/;
  test.each<[string, RegExp]>([
    ['', forms],
    ['segments', forms],
    ['postgres://u:hunter2@db/segments', forms],
    ['http://u:hunter2@db/segments', forms],
    ['mysql://u:hunter2@db', forms],
    ['mysql://u:hunter2@db/', forms],
    ['mysql://u:hunter2@db/a/b', forms],
    ['mysql://u:hunter2@db:0/segments', forms],
    ['mysql:///segments', forms],
    ['mysql://u:hunter2@db:http/segments', /percent code/],
    ['mysql://u:hunter2@db:99999/segments', /percent code/],
    ['mysql://u:hunter2%@db/segments', /percent code/],
    ['mysql://u:hunter2#x@db/segments', /percent code/],
    ['mysql://u:1#hunter2@db/segments', /percent code/],
    ['mysql://u:hunter2@db/segments?ssl=true', /takes no parameters after a question mark/],
    ['sqlite:', forms],
    ['sqlite://data/a.sqlite', forms],
  ])('%s is refused, and not repeated', (url, says) => {
    const read = () => databaseTarget(url);
    expect(read).toThrow(RangeError);
    expect(read).toThrow(says);
    expect(read).not.toThrow(/hunter2/);
  });
});

describe('replicaTargets', () => {
  const primary = databaseTarget('mysql://u:p@db/segments');
  test('addresses, in their order', () => {
    expect(replicaTargets('mysql://u:p@one/segments, mysql://u:p@two/segments', primary)).toEqual([
      { ...mysql, host: 'one' },
      { ...mysql, host: 'two' },
    ]);
  });

  test.each<[string, RegExp]>([
    ['mysql://u:hunter2@one/segments,', /^must be mysql:/],
    ['mysql://u:p,hunter2@one/segments', /^must be mysql:/],
    ['mysql://u:hunter2@one/segments,sqlite:a.sqlite', /^must be addresses of MySQL or MariaDB servers$/],
  ])('%s is refused, and not repeated', (urls, says) => {
    expect(() => replicaTargets(urls, primary)).toThrow(says);
    expect(() => replicaTargets(urls, primary)).not.toThrow(/hunter2/);
  });
});
