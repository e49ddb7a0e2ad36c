import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { CopyOptions } from './copy.action.js';
import { modelArgument } from './import/model-argument.js';
import type { ModelAddress } from './import/model-address.js';

export function addCopyCommand(program: Command): void {
  program
    .command('copy')
    .argument('<source>', 'the model version whose segments are copied: its id, or project/model/version', modelArgument)
    .argument('<target>', 'the model version that gets them', modelArgument)
    .description(
      'Copies all segments of one model version to another, whose columns may have other names: the same as POST /v3/models/{id}/segments/copy. Without --write it only tells what would happen.',
    )
    .requiredOption('--as <email>', 'the user in whose name segments are created; their role must allow it')
    .option('--map <column=column>', 'a column of the source and its name in the target; may be given several times', columnPair, {})
    .option('--write', 'store the segments when none is refused')
    .option('--skip-taken', 'leave out segments whose name the target has already')
    .option('--json', 'print the report as one JSON object')
    .addHelpText(
      'after',
      '\nExamples:\n  admin copy churn/churn_model/v1 churn/churn_model/v2 --as wim@acme.test --map age=customer_age\n  admin copy churn/churn_model/v1 churn/churn_model/v2 --as wim@acme.test --map age=customer_age --skip-taken --write',
    )
    .action(async (source: ModelAddress, target: ModelAddress, options: CopyOptions) =>
      (await import('./copy.action.js')).copy(source, target, options),
    );
}

/** `age=customer_age`, beside those before it. Names of columns may hold an equals sign: the first one parts the two. */
function columnPair(text: string, before: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [, from, to] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  if (from === undefined || to === undefined) throw new InvalidArgumentError('It must be COLUMN=COLUMN, such as age=customer_age.');
  if (Object.hasOwn(before, from)) throw new InvalidArgumentError(`The column ${from} has a name already.`);
  return { ...before, [from]: to };
}
