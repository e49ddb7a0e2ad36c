import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { engine } from './support/database.js';
import { projectRoot } from './support/service.js';
import { useWorld } from './support/world.js';

// No container engine is needed: what the image and the composition run is tried here.
(engine === 'sqlite' ? describe : describe.skip)('docker/', () => {
  const read = (name: string) => readFileSync(join(projectRoot, 'docker', name), 'utf8');
  const world = useWorld();

  describe('Dockerfile', () => {
    const text = read('Dockerfile');
    const final = text.slice(text.lastIndexOf('\nFROM '));
    const list = (instruction: string): string[] => JSON.parse(new RegExp(`${instruction}\\s+(\\[.*\\])$`, 'm').exec(final)?.[1] ?? 'null');

    test('the last stage has what is needed to run, runs as node, and starts the service without a shell', () => {
      const [program, ...args] = list('^CMD');
      expect([program, ...args]).toEqual(['node', 'dist/bundled/main.js']);
      expect(existsSync(join(projectRoot, ...args))).toBe(true);
      expect(final).toMatch(/^USER node$/m);
      expect(final).toMatch(/^ENV NODE_ENV=production HOST=0\.0\.0\.0 PORT=3000$/m);
      expect(final).not.toMatch(/npm (?:ci|install|run)/);
    });

    test('what a stage copies from the context is there, and let in by .dockerignore', () => {
      const ignored = readFileSync(join(projectRoot, '.dockerignore'), 'utf8').split('\n');
      const copied = [...text.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names]) => names!.split(' '));
      expect(copied.length).toBeGreaterThan(4);
      for (const name of copied)
        expect([name, existsSync(join(projectRoot, name)), ignored.includes(`!${name}`)]).toEqual([name, true, true]);
    });

    test('the health check tells a service that is ready from one that is not there', () => {
      const [program, ...args] = list('CMD');
      const check = (port: number) => spawnSync(program!, args, { env: { PATH: process.env['PATH'], PORT: String(port) } }).status;
      expect(check(world.service.port)).toBe(0);
      expect(check(1)).toBe(1);
    });
  });

  describe('compose.yml', () => {
    const { services } = parse(read('compose.yml'), { merge: true });

    test('no secret has a default', () => {
      for (const name of ['JWT_SECRET', 'JWT_ISSUER', 'JWT_AUDIENCE'])
        expect(services.api.environment[name]).toMatch(new RegExp(`^\\$\\{${name}:\\?.+\\}$`));
      expect(services.api.environment.DATABASE_URL).toMatch(/^mysql:\/\/segments:\$\{DATABASE_PASSWORD:\?[^}]+\}@database:3306\/segments$/);
      expect(services.database.environment.MYSQL_PASSWORD).toMatch(/^\$\{DATABASE_PASSWORD:\?/);
    });

    test('the database is well before the migration begins, and the migration done before the API starts', () => {
      expect(services.database).toMatchObject({
        image: 'mysql:8.4',
        healthcheck: { test: ['CMD-SHELL', expect.stringContaining('mysqladmin ping')] },
      });
      expect(services.migrate).toMatchObject({
        command: ['node', 'dist/bundled/admin/main.js', 'migrate'],
        restart: 'no',
        depends_on: { database: { condition: 'service_healthy' } },
      });
      expect(services.api.depends_on).toEqual({ migrate: { condition: 'service_completed_successfully' } });
      expect(services.seed).toMatchObject({ profiles: ['seed'], command: ['node', 'dist/bundled/admin/main.js', 'seed-demo'] });
    });
  });
});
