import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { requireRole, type CallerRecord } from './caller.js';
import type { ProjectRole } from './roles.js';
import type { UserRepository } from './user.repository.js';
import { UserService } from './user.service.js';

const [ada, project] = ['user-1', 'project-1'];

/** A service whose database is a literal; `roles` is what that has, `reads` how often it was asked. */
function setUp() {
  const world = { roles: [] as [string, ProjectRole][], reads: 0, gone: false };
  const findCaller = async (id: string): Promise<CallerRecord | undefined> => {
    world.reads += 1;
    const names = { email: 'ada@acme.test', fullName: 'Ada', organizationId: 'o', organizationName: 'acme' };
    return world.gone ? undefined : { id, ...names, role: 'Org Member', projectRoles: new Map(world.roles) };
  };
  const users = new UserService({ findCaller } as unknown as UserRepository);
  const mayWrite = async () => {
    const caller = await users.caller(ada);
    return requireRole(caller!, 'write', project).then(
      () => true,
      () => false,
    );
  };
  return { world, users, mayWrite };
}

test('a role that another process gave holds at once', async () => {
  const { world, users, mayWrite } = setUp();
  await users.caller(ada);
  world.roles = [[project, 'Project Writer']];
  expect([await mayWrite(), await mayWrite(), world.reads]).toEqual([true, true, 2]);
});

test('whoever is refused again and again costs one read a second', async () => {
  const { world, users, mayWrite } = setUp();
  await users.caller(ada);
  expect(await Promise.all(Array.from({ length: 20 }, mayWrite))).toEqual(Array(20).fill(false));
  expect(await Promise.all(Array.from({ length: 20 }, mayWrite))).toEqual(Array(20).fill(false));
  expect(world.reads).toBe(2);
  await sleep(1_050);
  world.roles = [[project, 'Project Writer']];
  expect([await mayWrite(), world.reads]).toEqual([true, 3]);
});

test('who is no user any more is refused', async () => {
  const { world, users } = setUp();
  const caller = await users.caller(ada);
  world.gone = true;
  await expect(requireRole(caller!, 'write', project)).rejects.toMatchObject({ kind: 'forbidden' });
  expect(await users.caller(ada)).toBeUndefined();
});
