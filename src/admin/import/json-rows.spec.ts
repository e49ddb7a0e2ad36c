import { describe, expect, test } from '@jest/globals';
import { AppError } from '../../errors/app-error.js';
import { jsonRows } from './json-rows.js';

const one = { name: 'a', definition: 'age > 1' };
const answered = {
  ...one,
  description: '',
  id: 'x',
  model: { id: 'y' },
  project: {},
  organization: {},
  created_at: 't',
  updated_at: 't',
  created_by: {},
  updated_by: {},
};
const page = (total: number) => ({ api_version: '3.0', kind: 'PAGINATED', data: { total, page_index: 1, items: [answered] } });

describe('jsonRows reads', () => {
  test.each<[string, unknown, [string, unknown][], string[]]>([
    ['an array', [one], [['[0]', one]], []],
    ['no segments', [], [], []],
    [
      '{segments}',
      { segments: [one, one] },
      [
        ['segments[0]', one],
        ['segments[1]', one],
      ],
      [],
    ],
    ['a list answer: where a segment was is passed over', page(1), [['data.items[0]', { ...one, description: '' }]], []],
    [
      'one page of several, and says so',
      page(7),
      [['data.items[0]', { ...one, description: '' }]],
      ['The answer in s.json is one page: it holds 1 of 7 segments.'],
    ],
    ['unknown members, for the check that refuses them', [{ ...one, colour: 1 }], [['[0]', { ...one, colour: 1 }]], []],
    [
      'what is no object, likewise',
      ['a', null, [1]],
      [
        ['[0]', 'a'],
        ['[1]', null],
        ['[2]', [1]],
      ],
      [],
    ],
  ])('%s', (_, value, rows, notes) => {
    const read = jsonRows(JSON.stringify(value), 's.json');
    expect(read.rows.map(({ place, value: given }) => [place, given])).toEqual(rows);
    expect(read.rows.map(({ row }) => row)).toEqual(rows.map((__, index) => index + 1));
    expect(read.notes).toEqual(notes);
  });
});

describe('jsonRows refuses', () => {
  const forms = 'It must be an array of segments, {"segments": […]}, or the answer of a list request, {"data": {"items": […]}}.';
  test.each<[string, string, string, string]>([
    ['an empty file', ' \n', 'The file s.json is empty.', 'It must hold JSON.'],
    ['a text', '"a"', 'The file s.json holds no list of segments.', forms],
    ['null', 'null', 'The file s.json holds no list of segments.', forms],
    ['one segment', JSON.stringify(one), 'The file s.json holds no list of segments.', forms],
    ['a misspelt list', '{"segmets":[]}', 'The file s.json holds no list of segments (it has "segmets").', forms],
    [
      'another member beside the list',
      '{"segments":[],"model":1}',
      'The file s.json has the unknown member "model" beside "segments".',
      forms,
    ],
    [
      'what is no JSON',
      '[\n  {"name": "a",,}\n]',
      'The file s.json is not valid JSON: it breaks at line 2, column 16.',
      '  {"name": "a",,}\n               ^',
    ],
    [
      'what ends too early',
      '[{"name": "a"}',
      'The file s.json is not valid JSON: it breaks at line 1, column 15.',
      '[{"name": "a"}\n              ^',
    ],
  ])('%s', (_, text, message, help) => {
    try {
      jsonRows(text, 's.json');
      throw new Error('was read');
    } catch (error) {
      expect(error).toBeInstanceOf(AppError);
      expect((error as AppError).problems).toEqual([{ reason: 'BadRequest', message, help }]);
    }
  });
});
