import { issueToken } from './issue-token.js';
import { requireUser } from './require-user.js';
import { withApp } from './with-app.js';

export const printToken = (email: string, ttl: number): Promise<void> =>
  withApp({ pending: 'refuse' }, async ({ app, env }) => {
    const user = await requireUser(app, email);
    process.stdout.write(`${issueToken(env, user.id, ttl)}\n`);
  });
