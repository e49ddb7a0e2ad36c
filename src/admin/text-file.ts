import { readFileSync } from 'node:fs';
import { AppError } from '../errors/app-error.js';

/** What the file system says, in words that tell what to do. */
const reasons: Readonly<Record<string, [string, string]>> = {
  ENOENT: ['does not exist', 'Check the path; it is taken from the directory where the command runs.'],
  EISDIR: ['is a directory', 'Name a file in it.'],
  EACCES: ['may not be read by this user', 'Change its permissions, or run the command as another user.'],
};

/** The text of a UTF-8 file, without its byte order mark. @throws AppError when it cannot be read */
export function readTextFile(path: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const code = String((error as NodeJS.ErrnoException).code);
    throw unusable(`The file ${path}`, ...(reasons[code] ?? [`cannot be read (${code})`, 'Check the path.']));
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw unusable(`The file ${path}`, 'is not UTF-8', 'Save it as UTF-8; spreadsheets call it "CSV UTF-8".');
  }
}

/** A file that is no good as a whole. */
export const unusable = (subject: string, trouble: string, help: string): AppError =>
  new AppError('invalid', [{ reason: 'BadRequest', message: `${subject} ${trouble}.`, help }]);
