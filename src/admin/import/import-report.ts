import type { Problem } from '../../errors/app-error.js';
import type { Diagnostic } from '../../fql/diagnostic.js';
import { indented, problemText } from '../problem-text.js';
import type { ImportRow } from './import-row.js';

/** What becomes of a row. */
export interface RowOutcome extends Pick<ImportRow, 'row' | 'place'> {
  /** Undefined when the row gives none. */
  readonly name: string | undefined;
  readonly change: 'create' | 'unchanged' | 'refused';
  readonly problems: readonly Problem[];
  /** Accepted, but probably not meant. */
  readonly warnings: readonly Diagnostic[];
}

export interface ImportReport {
  readonly outcomes: readonly RowOutcome[];
  readonly notes: readonly string[];
  /** Whether the rows with `create` are in the database now. */
  readonly written: boolean;
}

const count = ({ outcomes }: ImportReport, change: RowOutcome['change']): number => outcomes.filter((one) => one.change === change).length;

/** The report as one line of JSON. */
export function reportJson(report: ImportReport): string {
  const rows = report.outcomes.map(({ problems, ...row }) => ({
    ...row,
    problems: problems.map(({ reason, extra, ...problem }) => ({ code: reason, ...problem, ...extra })),
  }));
  const summary = { create: count(report, 'create'), unchanged: count(report, 'unchanged'), refused: count(report, 'refused') };
  return JSON.stringify({ written: report.written, summary, notes: report.notes, rows });
}

/** The report for a person: a line for each row, its trouble under it, and the sum at the end. */
export function reportText(report: ImportReport): string {
  const { outcomes, notes } = report;
  return [...outcomes.map(rowText), ...notes.map((note) => `Note: ${note}`), summaryText(report)].join('\n');
}

function rowText({ row, place, name = '', change, problems, warnings }: RowOutcome): string {
  const told = [
    ...problems.map(problemText),
    ...warnings.map(({ code, ...warning }) => problemText({ reason: code, ...warning, field: 'warning', extra: warning })),
  ];
  return [`${change.padEnd(9)} row ${row} (${place})  ${name}`.trimEnd(), ...told.map(indented)].join('\n');
}

/** `12 would be created, 1 exists already unchanged, 2 refused`. */
function summaryText(report: ImportReport): string {
  const [create, unchanged, refused] = (['create', 'unchanged', 'refused'] as const).map((change) => count(report, change));
  const created = report.written ? `${create} created` : `${create} would be created`;
  return `${created}, ${unchanged} ${unchanged === 1 ? 'exists' : 'exist'} already unchanged, ${refused} refused`;
}
