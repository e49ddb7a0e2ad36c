import { describe, expect, test } from '@jest/globals';
import { effectiveSettings } from './effective-settings.js';
import { envNames } from './env-variables.js';

const shown = (name: string, value: string) => effectiveSettings({ [name]: value }).find((setting) => setting.name === name);

describe('settings as people may read them', () => {
  test.each([
    ['PORT', '8080', '8080'],
    ['JWT_SECRET', 'hunter2-hunter2', '(15 bytes)'],
    ['JWT_PUBLIC_KEY', '-----BEGIN PUBLIC KEY-----', '(26 bytes)'],
    ['DATABASE_URL', 'mysql://app:hunter2@db:3307/segments', 'mysql://app:***@db:3307/segments'],
    ['DATABASE_URL', 'mysql://app@db/segments', 'mysql://app@db/segments'],
    ['DATABASE_URL', 'mysql://db/segments?password=hunter2', 'mysql://db/segments'],
    ['DATABASE_URL', 'app:hunter2@db', '(unreadable)'],
    ['DATABASE_URL', 'hunter2', '(unreadable)'],
    ['DATABASE_URL', 'sqlite:data/a.sqlite', 'sqlite:data/a.sqlite'],
    ['DATABASE_REPLICA_URLS', 'mysql://a:hunter2@one/s, mysql://a:hunter%2C2@two/s', 'mysql://a:***@one/s,mysql://a:***@two/s'],
  ])('%s=%s', (name, value, wanted) => expect(shown(name, value)).toEqual({ name, value: wanted, isSet: true }));

  test('all of them, with the defaults of those that are not set; an empty one is not', () => {
    const all = effectiveSettings({ PORT: '' });
    expect(all.map(({ name }) => name)).toEqual(envNames);
    expect(all.filter(({ isSet }) => isSet)).toEqual([]);
    expect(all.find(({ name }) => name === 'PORT')?.value).toBe('3000');
  });
});
