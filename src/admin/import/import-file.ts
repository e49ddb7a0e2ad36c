import { extname } from 'node:path';
import { readTextFile, unusable } from '../text-file.js';
import { csvRows } from './csv-rows.js';
import type { ImportRows } from './import-row.js';
import { jsonRows } from './json-rows.js';

const readers: Readonly<Record<string, (text: string, path: string) => ImportRows>> = { '.csv': csvRows, '.json': jsonRows };

/** The segments of a file, read by what its name ends in. @throws AppError when it cannot be read as a whole */
export function readImport(path: string): ImportRows {
  const reader = readers[extname(path).toLowerCase()];
  if (reader === undefined) throw unusable(`The name of ${path}`, 'does not say what is in it', 'It must end in .csv or .json.');
  return reader(readTextFile(path), path);
}
