import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../../src/fql/diagnostic.js';
import { checkDefinition } from '../../src/fql/fql.js';
import { analysisColumns } from './analysis-columns.js';
import { schema } from './cases.js';
import { fqlHost } from './host.js';

/**
 * Every sentence a user may read, in full: for each definition its errors, or the warnings of a valid one, each as message, help, and
 * what each suggestion is called and makes of the text. A row that changes is a change of wording and is read before it is kept.
 */
type Told = readonly [message: string, help: string, ...suggestions: string[]];
type Row = readonly [schema: string, text: string, ...told: Told[]];

const rows = JSON.parse(readFileSync(join(import.meta.dirname, 'wording.json'), 'utf8')) as readonly Row[];

const told = (text: string, { message, help, suggestions }: Diagnostic): Told => [
  message,
  help,
  ...suggestions.map(({ title, edits }) => {
    const mended = edits
      .toReversed()
      .reduce((now, { offset, length, text: put }) => now.slice(0, offset) + put + now.slice(offset + length), text);
    return `${title}: ${mended}`;
  }),
];

describe('what is said', () => {
  test.each(rows.map(([schemaName, text, ...expected]) => [schemaName, text, expected] as const))(
    '%s: %j',
    (schemaName, text, expected) => {
      const result = checkDefinition(text, schemaName === 'analysis' ? analysisColumns : schema(schemaName), fqlHost);
      const found = result.valid ? result.warnings : result.errors;
      expect(found.map((one) => told(text, one))).toEqual(expected);
    },
  );
});
