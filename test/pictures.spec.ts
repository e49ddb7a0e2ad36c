import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { entities } from '../src/database/entities.js';
import { drawing, foldersAndArrows, relationsOf, tablesOf } from './support/pictures.js';

/** The drawings of the README say what the code does; what a failing test wants is what is to be drawn. */
const arrowsIn = (lines: readonly string[] = [], arrow: string): string[] => lines.filter((line) => line.includes(arrow)).sort();

test('the folders: who imports whom', () => expect(arrowsIn(drawing('folders'), '-->')).toEqual(foldersAndArrows()));

test('the entities: child to parent', () => expect(arrowsIn(drawing('entities'), '}o--||')).toEqual(relationsOf(entities)));

test('the entities: every table', () => {
  const drawn = (drawing('entities') ?? []).join('\n').match(/\w+/g);
  expect(tablesOf(entities).filter((table) => !drawn?.includes(table))).toEqual([]);
});

test('the request’s path: each file that it goes through', () => {
  const files = (drawing('request') ?? []).flatMap((line) => [...line.matchAll(/[\w./-]+\.ts\b/g)].map(([file]) => file));
  expect(files.length).toBeGreaterThan(7);
  expect(files.filter((file) => !existsSync(join(__dirname, '..', 'src', file)))).toEqual([]);
});
