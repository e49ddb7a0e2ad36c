import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** A test as documents name it, `test/file.ts › the beginning of its title`, taken apart. */
const form = /^(?<file>(?:src|test)\/[\w./-]+\.m?ts|test\/[\w./-]+\.mjs) › (?<title>\S.*)$/;

/**
 * Why a document may not name this test, or undefined when it is there: its file has a text in quotes that begins with the title. A
 * test that was renamed or dropped is so missed where somebody relies on it.
 */
export function namedTestTrouble(name: string): string | undefined {
  const { file, title } = form.exec(name)?.groups ?? {};
  if (file === undefined || title === undefined) return `"${name}" is not of the form: test/file.ts › title`;
  if (!existsSync(join(root, file))) return `"${name}": there is no ${file}`;
  const text = readFileSync(join(root, file), 'utf8');
  return ['`', "'", '"'].some((quote) => text.includes(`${quote}${title}`)) ? undefined : `"${name}": ${file} has no such title`;
}
