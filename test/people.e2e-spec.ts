import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { engine } from './support/database.js';
import { acme, churn, churnV1, wim } from './support/fixtures.js';
import { runAdmin } from './support/service.js';
import { claimsOf, sign } from './support/token.js';
import { useWorld } from './support/world.js';

// Written by what `apply` writes with, which its own suite tries on both databases.
(engine === 'sqlite' ? describe : describe.skip)('user and member', () => {
  const world = useWorld();
  const admin = (...args: string[]) => runAdmin(world.database.url, args);
  const done = (line: string) => ({ code: 0, stdout: `${line}\n`, stderr: '' });
  /** A running service sees it within the four seconds that roles may lag, and some. */
  async function until(status: number, ask: () => Promise<{ status: number }>): Promise<void> {
    const deadline = Date.now() + 15_000;
    for (let answer = await ask(); answer.status !== status; answer = await ask()) {
      if (Date.now() > deadline) throw new Error(`It stays ${answer.status}, and should become ${status}.`);
      await sleep(200);
    }
  }
  const nia = 'nia@acme.test';

  test('a user from their first day to their last, as a running service sees them', async () => {
    const added = await admin('user', 'add', 'Nia@acme.test', '--name', 'Nia New', '--organization', 'acme');
    expect(added).toEqual(done(`created   user         acme/${nia}`));
    const [row] = await world.database.query('SELECT * FROM user WHERE email = ?', [nia]);
    expect(row).toMatchObject({ organization_id: acme.id, full_name: 'Nia New', full_name_folded: 'nia new', role: 'Org Member' });
    const created = String(row!['created_at']);
    expect([Math.abs(Date.parse(`${created.replace(' ', 'T')}Z`) - Date.now()) < 60_000, row!['updated_at']]).toEqual([true, created]);

    const api = world.api.as(sign(claimsOf(String(row!['id']))));
    const read = () => api.get(`/v3/models/${churnV1.id}/segments`);
    expect((await read()).status).toBe(403);
    expect(await admin('member', 'add', churn.name, nia, '--role', 'Project Writer')).toEqual(
      done(`created   member       acme/churn/${nia}`),
    );
    await until(200, read);
    expect(await admin('member', 'remove', churn.name, nia)).toEqual(done(`deleted   member       acme/churn/${nia}`));
    await until(403, read);
    expect(await admin('user', 'disable', nia, '--json')).toEqual(done(`{"change":"updated","kind":"user","name":"acme/${nia}"}`));
    await until(401, read);
    const [after] = await world.database.query('SELECT active, created_at, updated_at FROM user WHERE email = ?', [nia]);
    expect([Number(after!['active']), after!['created_at'], String(after!['updated_at']) > created]).toEqual([0, created, true]);
  }, 90_000);

  describe('what is refused, and how to mend it', () => {
    test.each<[string, string[], number, RegExp]>([
      [
        'a user who is there',
        ['user', 'add', wim.email, '--name', 'W', '--organization', 'acme'],
        1,
        /already\.\n {2}Change them with: admin user role/,
      ],
      [
        'an organization that is not',
        ['user', 'add', 'x@acme.test', '--name', 'X', '--organization', 'acmee'],
        1,
        /^No organization "acmee"\.\n {2}Did you mean "acme"\?/,
      ],
      ['a role that is none', ['user', 'role', wim.email, 'Boss'], 2, /Allowed choices are Org Admin, Org Member/],
      [
        'a project of nobody',
        ['member', 'add', 'chrun', wim.email, '--role', 'Project Viewer'],
        1,
        /^No project "chrun"\.\n {2}Did you mean "churn"\?/,
      ],
      ['no role', ['member', 'add', 'churn', wim.email], 2, /required option '--role <role>' not specified/],
    ])('%s', async (_, args, code, wanted) => {
      const outcome = await admin(...args);
      expect({ code: outcome.code, stdout: outcome.stdout }).toEqual({ code, stdout: '' });
      expect(outcome.stderr).toMatch(wanted);
    });

    test('the list', async () => {
      const { stdout } = await admin('user', 'list', '--organization', 'acme', '--json');
      const { users } = JSON.parse(stdout);
      expect(users.find(({ email }: any) => email === wim.email)).toEqual({
        id: wim.id,
        email: wim.email,
        full_name: 'Wim Writer',
        role: 'Org Member',
        active: true,
      });
    });
  });
});
