import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { limits } from '../src/config/limits.js';
import { envNames } from '../src/config/env-variables.js';
import { fqlLimits } from '../src/fql/limits.js';
import { LIMITS } from '../src/list-query/limits.js';
import { OPERATORS } from '../src/list-query/operators.js';
import { permissions, projectRoles, type Action, type Role } from '../src/modules/user/roles.js';

/** The front door says what the code does: its tables are held against the tables that the code reads. */
const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');

const section = (title: string): string => readme.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
const rows = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^[|\s-]+$/.test(line))
    .slice(1)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
const thousands = (n: number): string => n.toLocaleString('en-US');

describe('who may do what', () => {
  const columns: Role[] = [...projectRoles, 'Org Admin', 'Org Member'];
  const wanted = (Object.keys(permissions) as Action[]).map((action) => [
    action,
    ...columns.map((role) => ((permissions[action] as readonly Role[]).includes(role) ? '✓' : '–')),
  ]);
  test('the table is the one that the code reads', () => expect(rows(section('Who may do what'))).toEqual(wanted));
});

test('configuration names every variable, and no other', () => {
  const named = rows(section('Configuration')).flatMap(([names = '']) => [...names.matchAll(/`([A-Z_]+)`/g)].map((match) => match[1]));
  expect(named.sort()).toEqual([...envNames].sort());
});

test('lists name every operator', () => {
  const table = rows(section('Lists'))
    .map(([names = '']) => names)
    .join(' ');
  const named = [...table.matchAll(/`(\w+)`/g)].map((match) => match[1]!).filter((name) => name !== 'not_');
  const negated = ['not_begins_with', 'not_contains', 'not_ends_with'];
  expect([...named, ...negated].sort()).toEqual([...OPERATORS.keys()].sort());
});

describe('limits', () => {
  const text = section('Limits');
  test.each([
    ['plain body', `${limits.body.plain / 1024} KiB`],
    ['large body', `${limits.body.large / 1024 / 1024} MiB`],
    [
      'JSON depth and members',
      `${limits.json.depth}; ${thousands(limits.json.membersOfOne)}; ${limits.json.membersInAll.plain} / ${thousands(limits.json.membersInAll.large)}`,
    ],
    ['texts', `${limits.segmentName} / ${thousands(limits.segmentDescription)} characters / ${thousands(fqlLimits.length)} UTF-16 units`],
    ['definition', `${fqlLimits.depth} levels / ${thousands(fqlLimits.nodes)} nodes`],
    [
      'filter',
      `${thousands(LIMITS.filterLength)} characters, ${LIMITS.filterDepth}, ${LIMITS.filterRules}, ${thousands(LIMITS.setValues)}`,
    ],
    ['search and ordering', `${LIMITS.searchLength} characters / ${LIMITS.orderingFields} fields`],
    ['paging', `${LIMITS.limit.min}–${thousands(LIMITS.limit.max)} / ${LIMITS.offset.min}–${thousands(LIMITS.offset.max)}`],
    ['columns and rows', `${thousands(limits.modelColumns)} / ${thousands(limits.rowsToEvaluate)}`],
    ['head and token', `${limits.requestHead / 1024} KiB → 431 / ${limits.token / 1024} KiB → 401`],
  ])('%s', (_name, wanted) => expect(text).toContain(wanted));
});
