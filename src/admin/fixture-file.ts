import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { AppError } from '../errors/app-error.js';

/** What a YAML or JSON file holds (JSON is YAML). @throws AppError when it cannot be read or parsed, naming the place */
export function readFixture(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw problem(`The file ${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`, 'Check the path.');
  }
  try {
    return path.endsWith('.json') ? JSON.parse(text) : parse(text, { uniqueKeys: true });
  } catch (error) {
    throw problem(
      `The file ${path} is not valid ${path.endsWith('.json') ? 'JSON' : 'YAML'}.`,
      String((error as Error).message).split('\n')[0] ?? '',
    );
  }
}

const problem = (message: string, help: string): AppError => new AppError('invalid', [{ reason: 'BadRequest', message, help }]);
