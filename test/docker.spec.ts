import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { envNames } from '../src/config/env-variables.js';

/** What hadolint and `docker compose config` would say: no engine is at hand. What the image runs, test/docker.e2e-spec.ts tries. */
const read = (name: string): string => readFileSync(join(__dirname, '..', 'docker', name), 'utf8');

describe('Dockerfile', () => {
  /** Each instruction on a line of its own, continued lines joined, comments gone. */
  const lines = read('Dockerfile')
    .replaceAll(/^\s*#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => /^(\S+)\s+(.+)$/.exec(line)!.slice(1) as [instruction: string, rest: string]);
  const of = (name: string): string[] => lines.flatMap(([instruction, rest]) => (instruction === name ? [rest] : []));
  const stages = of('FROM').map((rest) => / AS (\S+)$/.exec(rest)?.[1]);

  test.each<[rule: string, offenders: () => string[]]>([
    [
      'instructions that there are, in capitals',
      () => lines.flatMap(([name]) => (/^(?:FROM|ENV|WORKDIR|RUN|COPY|USER|EXPOSE|HEALTHCHECK|CMD)$/.test(name) ? [] : [name])),
    ],
    ['DL3006, DL3007 images have a version', () => of('FROM').filter((rest) => !/^[\w./-]+:(?!latest)[\w.-]+(?: AS \w+)?$/.test(rest))],
    [
      'DL3024 each stage has a name of its own, the last one none',
      () => stages.filter((name, at) => stages.indexOf(name) !== at).map(String),
    ],
    [
      'DL3022 COPY --from names a stage before it',
      () => of('COPY').filter((rest) => rest.startsWith('--from=') && !stages.includes(/^--from=(\S+)/.exec(rest)![1])),
    ],
    ['DL3000 WORKDIR is absolute', () => of('WORKDIR').filter((rest) => !rest.startsWith('/'))],
    [
      'DL3002 the last user is not root',
      () =>
        of('USER')
          .slice(-1)
          .filter((rest) => /^(?:root|0)\b/.test(rest)),
    ],
    ['DL3004 no sudo, no package manager without need', () => of('RUN').filter((rest) => /\b(?:sudo|apt-get|apt|curl|wget)\b/.test(rest))],
    ['DL3016 packages come from the lock file', () => of('RUN').filter((rest) => /\bnpm (?:install|i)\b/.test(rest))],
    [
      'DL3025 CMD and the check are lists',
      () =>
        [...of('CMD'), ...of('HEALTHCHECK').map((rest) => rest.replace(/^.*?CMD /, ''))].filter((rest) => !Array.isArray(JSON.parse(rest))),
    ],
    ['DL4003, DL3012 one CMD and one HEALTHCHECK', () => [of('CMD'), of('HEALTHCHECK')].filter((all) => all.length !== 1).map(String)],
    ['no secret in the image', () => of('ENV').filter((rest) => /SECRET|PASSWORD|TOKEN|KEY/.test(rest))],
  ])('%s', (_, offenders) => expect(offenders()).toEqual([]));
});

describe('compose.yml', () => {
  const text = read('compose.yml');
  const file = parse(text, { merge: true });
  const services = Object.entries<Record<string, any>>(file.services);
  const known =
    /^(?:build|image|environment|read_only|cap_drop|security_opt|restart|healthcheck|volumes|command|depends_on|ports|stop_grace_period|profiles)$/;
  const variables = [...text.replaceAll(/^\s*#.*$/gm, '').matchAll(/(?<!\$)\$(?:\{([A-Z_]+)(:[-?])?([^}]*)\}|(?!\$))/g)];

  test.each<[rule: string, offenders: () => unknown[]]>([
    [
      'members that there are',
      () => [
        ...Object.keys(file).filter((key) => !/^(?:name|services|volumes|x-\w+)$/.test(key)),
        ...services.flatMap(([name, one]) =>
          Object.keys(one)
            .filter((key) => !known.test(key))
            .map((key) => `${name}.${key}`),
        ),
      ],
    ],
    [
      'images have a version, or are built',
      () => services.filter(([, one]) => one['build'] === undefined && !/:(?!latest)/.test(one['image'])).map(([name]) => name),
    ],
    [
      'what a service waits for is there',
      () => services.flatMap(([, one]) => Object.keys(one['depends_on'] ?? {}).filter((name) => !(name in file.services))),
    ],
    [
      'volumes are declared',
      () =>
        services.flatMap(([, one]) =>
          (one['volumes'] ?? []).map((each: string) => each.split(':')[0]).filter((name: string) => !(name in file.volumes)),
        ),
    ],
    [
      'a variable has a default, or a word on where it goes',
      () =>
        variables
          .filter(([, name, kind, rest]) => name === undefined || kind === undefined || (kind === ':?' && rest === ''))
          .map(([all]) => all),
    ],
    [
      'ours has no rights beyond its own',
      () =>
        services
          .filter(([, one]) => one['build'] !== undefined && !(one['read_only'] === true && one['cap_drop'].includes('ALL')))
          .map(([name]) => name),
    ],
  ])('%s', (_, offenders) => expect(offenders()).toEqual([]));

  test('every setting reaches the service, but for those that the image has, and those that name a file in it', () => {
    const given = Object.keys(file.services.api.environment);
    const elsewhere = ['HOST', 'PORT', 'DATABASE_CA_FILE', 'JWT_JWKS_FILE'];
    expect(envNames.filter((name) => !given.includes(name))).toEqual(elsewhere);
  });

  test('it has variables to look at', () => expect(variables.length).toBeGreaterThan(8));
});
