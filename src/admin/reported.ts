import { exitCodes } from './exit-codes.js';
import { failureText } from './failure-text.js';

/** What went wrong, for a person or a program, on standard error. */
export async function reported(json: boolean | undefined, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    process.stderr.write(failureText(error, json === true));
    process.exitCode = exitCodes.failed;
  }
}
