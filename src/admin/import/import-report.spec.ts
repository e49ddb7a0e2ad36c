import { expect, test } from '@jest/globals';
import { reportJson, reportText, type ImportReport } from './import-report.js';

const position = { offset: 0, length: 4, line: 1, column: 1 };
const report: ImportReport = {
  outcomes: [
    { row: 1, place: 'line 2', name: 'Seniors', change: 'create', problems: [], warnings: [] },
    {
      row: 2,
      place: 'line 3',
      name: 'Typo',
      change: 'refused',
      problems: [
        {
          reason: 'FQL_UNKNOWN_COLUMN',
          message: 'No column "agee" in this model.',
          help: '',
          field: 'definition',
          extra: { position, snippet: 'agee > 1\n^^^^', suggestions: [{ title: 'Replace by age', edits: [] }] },
        },
        { reason: 'ValidationError', message: 'name must not be empty.', field: 'name' },
      ],
      warnings: [],
    },
    { row: 3, place: 'line 4', name: 'Old', change: 'unchanged', problems: [], warnings: [] },
    {
      row: 4,
      place: 'line 5',
      name: 'All',
      change: 'create',
      problems: [],
      warnings: [
        { code: 'FQL_W_ALWAYS_TRUE', message: 'Always true.', help: 'Mend it.', position, snippet: 'a == a\n^^^^', suggestions: [] },
      ],
    },
  ],
  notes: ['It is one page.'],
  written: false,
};

test('as text: a line for each row, with what is wrong under it', () => {
  expect(reportText(report).split('\n')).toEqual([
    'create    row 1 (line 2)  Seniors',
    'refused   row 2 (line 3)  Typo',
    '  definition: No column "agee" in this model. (FQL_UNKNOWN_COLUMN, line 1, column 1)',
    '    agee > 1',
    '    ^^^^',
    '    → Replace by age',
    '  name must not be empty.',
    'unchanged row 3 (line 4)  Old',
    'create    row 4 (line 5)  All',
    '  warning: Always true. (FQL_W_ALWAYS_TRUE, line 1, column 1)',
    '    a == a',
    '    ^^^^',
    '    Mend it.',
    'Note: It is one page.',
    '2 would be created, 1 exists already unchanged, 1 refused',
  ]);
  expect(
    reportText({ ...report, written: true })
      .split('\n')
      .at(-1),
  ).toBe('2 created, 1 exists already unchanged, 1 refused');
});

test('as JSON: the same for a program', () => {
  const { rows, ...whole } = JSON.parse(reportJson(report));
  expect(whole).toEqual({ written: false, summary: { create: 2, unchanged: 1, refused: 1 }, notes: ['It is one page.'] });
  expect(rows[1]).toEqual({
    row: 2,
    place: 'line 3',
    name: 'Typo',
    change: 'refused',
    warnings: [],
    problems: [
      {
        code: 'FQL_UNKNOWN_COLUMN',
        message: 'No column "agee" in this model.',
        help: '',
        field: 'definition',
        position,
        snippet: 'agee > 1\n^^^^',
        suggestions: [{ title: 'Replace by age', edits: [] }],
      },
      { code: 'ValidationError', message: 'name must not be empty.', field: 'name' },
    ],
  });
});
