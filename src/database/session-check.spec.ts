import { expect, test } from '@jest/globals';
import { sessionTrouble } from './session-check.js';

const utf8mb4 = ['utf8mb4', 'utf8mb4', 'utf8mb4'];

test.each<[string, string, string[], RegExp | undefined]>([
  ['as both servers come', 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION', utf8mb4, undefined],
  ['no mode at all', '', utf8mb4, undefined],
  ['backslashes as plain characters', 'STRICT_TRANS_TABLES,NO_BACKSLASH_ESCAPES', utf8mb4, /NO_BACKSLASH_ESCAPES/],
  ['nothing but that', 'NO_BACKSLASH_ESCAPES', utf8mb4, /sql_mode/],
  ['three-byte text from clients', '', ['utf8mb3', 'utf8mb4', 'utf8mb4'], /speaks utf8mb3/],
  ['another set inside', '', ['utf8mb4', 'latin1', 'utf8mb4'], /speaks latin1/],
  ['another set in answers', '', ['utf8mb4', 'utf8mb4', 'latin1'], /speaks latin1/],
  ['answers in what each column has', '', ['utf8mb4', 'utf8mb4', 'null'], /speaks null/],
])('S64 %s', (_, sqlMode, characterSets, says) => {
  const trouble = sessionTrouble({ version: '10.11.19-MariaDB', sqlMode, characterSets });
  if (says === undefined) expect(trouble).toBeUndefined();
  else expect(trouble).toMatch(says);
});
