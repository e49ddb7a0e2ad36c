import { InvalidArgumentError, type Command } from 'commander';
import { parseDuration } from './duration.js';
import { issueToken } from './issue-token.js';
import { requireUser } from './require-user.js';
import { withApp } from './with-app.js';

export function addTokenCommand(program: Command): void {
  program
    .command('token <email>')
    .description('Prints a bearer token for a user, alone on standard output.')
    .option('--ttl <duration>', 'how long it is good for: 90s, 30m, 1h, 7d', seconds, parseDuration('1h'))
    .addHelpText(
      'after',
      '\nExamples:\n  admin token ada@acme.test\n  curl -H "Authorization: Bearer $(admin token ada@acme.test --ttl 10m)" …',
    )
    .action((email: string, { ttl }: { ttl: number }) =>
      withApp({ pending: 'refuse' }, async ({ app, env }) => {
        const user = await requireUser(app, email);
        process.stdout.write(`${issueToken(env, user.id, ttl)}\n`);
      }),
    );
}

function seconds(text: string): number {
  try {
    return parseDuration(text);
  } catch (error) {
    throw new InvalidArgumentError((error as RangeError).message);
  }
}
