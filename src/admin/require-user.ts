import type { INestApplicationContext } from '@nestjs/common';
import { AppError } from '../errors/app-error.js';
import type { Caller } from '../modules/user/caller.js';
import type { UserRecord } from '../modules/user/user.repository.js';
import { UserService } from '../modules/user/user.service.js';

/** The active user with this address. @throws AppError not-found, saying how there comes to be one */
export async function requireUser(app: INestApplicationContext, email: string): Promise<UserRecord> {
  const user = await app.get(UserService).findByEmail(email);
  if (user === undefined) throw refused(`No user ${email}.`, 'Add them: admin user add, or a fixture and admin apply FILE.');
  if (!user.active) throw refused(`The user ${email} is disabled.`, `Let them in again: admin user enable ${email}.`);
  return user;
}

/** The same user as one who asks the application's services. */
export async function requireCaller(app: INestApplicationContext, email: string): Promise<Caller> {
  const caller = await app.get(UserService).caller((await requireUser(app, email)).id);
  if (caller === undefined) throw refused(`No user ${email}.`, 'Add them: admin user add, or a fixture and admin apply FILE.');
  return caller;
}

const refused = (message: string, help: string): AppError => new AppError('not-found', [{ reason: 'ObjectNotFound', message, help }]);
