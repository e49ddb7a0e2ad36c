import { CsvError, parse } from 'csv-parse/sync';
import type { Problem } from '../../errors/app-error.js';
import { nearest } from '../../list-query/nearest.js';
import { unguardFormula } from '../../modules/segment/csv-guard.js';
import { unusable } from '../text-file.js';
import { importedMembers, type ImportRow, type ImportRows } from './import-row.js';

const header = importedMembers.join(',');
const required = ['name', 'definition'];

/** Faults of quoting (RFC 4180), by the parser's codes. */
const faults: Readonly<Record<string, [trouble: string, help: string]>> = {
  CSV_QUOTE_NOT_CLOSED: ['a quote is opened and never closed', 'End the field with a quote; a quote inside of it is written twice.'],
  INVALID_OPENING_QUOTE: [
    'a quote stands inside a field without quotes',
    'Put the whole field in quotes, and write the inner quotes twice.',
  ],
  CSV_INVALID_CLOSING_QUOTE: [
    'something follows a closing quote',
    'A comma or a line break must follow; a quote inside of a field is written twice.',
  ],
  CSV_MAX_RECORD_SIZE: ['a row is larger than a megabyte', 'A quote may be missing.'],
};
const largestRow = 1_000_000;

/**
 * Rows of CSV (RFC 4180, any line break) under a header that names `name`, `definition` and, if wanted, `description`, in any order.
 * A field that an export guards, so that no spreadsheet runs it as a formula, is read without its guard.
 * @throws AppError when the header or the quoting is wrong: then no row can be trusted
 */
export function csvRows(text: string, path: string): ImportRows {
  const [first, ...others] = records(text, path);
  if (first === undefined) throw unusable(`The file ${path}`, 'is empty', `It must begin with the header ${header}.`);
  const names = first.fields.map((name) => name.trim());
  checkHeader(names, path);
  const rows = others.map(({ fields, line }, index): ImportRow => {
    const value = Object.fromEntries(names.map((name, column) => [name, fields[column] && unguardFormula(fields[column])]));
    const problems = fields.length === names.length ? [] : [wrongLength(fields.length, names.length)];
    return { row: index + 1, place: `line ${line}`, value, problems };
  });
  return { rows, notes: [] };
}

interface CsvRecord {
  readonly fields: readonly string[];
  /** Where it begins, from 1. */
  readonly line: number;
}

function records(text: string, path: string): CsvRecord[] {
  const options = { info: true, relax_column_count: true, skip_empty_lines: true, record_delimiter: ['\r\n', '\n', '\r'] };
  try {
    const parsed = parse(text, { ...options, max_record_size: largestRow }) as unknown as { record: string[]; info: { bytes: number } }[];
    return withLines(
      parsed.map(({ record, info }) => ({ fields: record, end: info.bytes })),
      Buffer.from(text),
    );
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const [trouble, help] = faults[error.code] ?? ['it cannot be read', 'Check the quotes.'];
    const line = Number(error['lines']);
    throw unusable(`The file ${path}`, `is not valid CSV: ${trouble}${line > 0 ? `, near line ${line}` : ''}`, help);
  }
}

/** The parser counts a CRLF inside quotes twice, so lines are counted here, between the bytes where records end. */
function withLines(parsed: readonly { fields: string[]; end: number }[], bytes: Buffer): CsvRecord[] {
  let line = 1;
  let from = 0;
  return parsed.map(({ fields, end }) => {
    const source = bytes.subarray(from, end).toString();
    const begins = line + lineBreaks(/^[\r\n]*/.exec(source)?.[0] ?? '');
    line += lineBreaks(source);
    from = end;
    return { fields, line: begins };
  });
}

const lineBreaks = (text: string): number => text.match(/\r\n|\n|\r/g)?.length ?? 0;

function checkHeader(names: readonly string[], path: string): void {
  const refuse = (trouble: string, help: string) => unusable(`The header of ${path}`, trouble, help);
  if (names.length === 1 && /[;\t|]/.test(names[0]!)) throw refuse('has no commas', `Separate the fields by commas: ${header}.`);
  for (const [index, name] of names.entries()) {
    if (!importedMembers.some((known) => known === name)) {
      const meant = nearest(name, importedMembers);
      throw refuse(
        `names "${name.slice(0, 40)}", which is not imported`,
        meant === undefined ? `Use ${header}.` : `Did you mean "${meant}"?`,
      );
    }
    if (names.indexOf(name) < index) throw refuse(`names "${name}" twice`, `Use ${header}.`);
  }
  const missing = required.find((name) => !names.includes(name));
  if (missing !== undefined) throw refuse(`does not name "${missing}"`, `Use ${header}; description may be left out.`);
}

const wrongLength = (given: number, wanted: number): Problem => ({
  reason: 'WrongNumberOfFields',
  message: `The row has ${given} fields where the header has ${wanted}.`,
  help: given > wanted ? 'Put a field that holds a comma in quotes: "age in [1, 2]".' : 'An empty field still needs its comma.',
});
