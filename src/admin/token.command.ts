import { InvalidArgumentError, type Command } from 'commander';
import { parseDuration } from './duration.js';

export function addTokenCommand(program: Command): void {
  program
    .command('token <email>')
    .description('Prints a bearer token for a user, alone on standard output.')
    .option('--ttl <duration>', 'how long it is good for: 90s, 30m, 1h, 7d', seconds, parseDuration('1h'))
    .addHelpText(
      'after',
      '\nExamples:\n  admin token ada@acme.test\n  curl -H "Authorization: Bearer $(admin token ada@acme.test --ttl 10m)" …',
    )
    .action(async (email: string, { ttl }: { ttl: number }) => (await import('./token.action.js')).printToken(email, ttl));
}

function seconds(text: string): number {
  try {
    return parseDuration(text);
  } catch (error) {
    throw new InvalidArgumentError((error as RangeError).message);
  }
}
