import { describe, expect, test } from '@jest/globals';
import { AppError } from '../../errors/app-error.js';
import { csvRows } from './csv-rows.js';

const read = (text: string) => csvRows(text, 's.csv').rows.map(({ place, value }) => [place, value]);
const segment = (name: string, definition: string, description = '') => ({ name, definition, description });

function refusal(text: string): { message: string; help: string | undefined } {
  try {
    csvRows(text, 's.csv');
  } catch (error) {
    const { message, help } = (error as AppError).problems[0];
    return { message, help };
  }
  throw new Error('was read');
}

describe('csvRows reads', () => {
  test.each<[string, string, unknown[]]>([
    ['plain fields', 'name,definition,description\na,age > 1,b\n', [['line 2', segment('a', 'age > 1', 'b')]]],
    ['no line break at the end', 'name,definition,description\na,age > 1,b', [['line 2', segment('a', 'age > 1', 'b')]]],
    ['columns in any order', 'description,definition,name\nb,age > 1,a\n', [['line 2', segment('a', 'age > 1', 'b')]]],
    ['no description', 'name,definition\na,age > 1\n', [['line 2', { name: 'a', definition: 'age > 1' }]]],
    ['blanks in the header', 'name , definition\na,age > 1\n', [['line 2', { name: 'a', definition: 'age > 1' }]]],
    ['a comma in quotes', 'name,definition\na,"age in [1, 2]"\n', [['line 2', { name: 'a', definition: 'age in [1, 2]' }]]],
    ['quotes in quotes', 'name,definition\na,"""my age"" > 1"\n', [['line 2', { name: 'a', definition: '"my age" > 1' }]]],
    ['apostrophes', "name,definition\na,geography == 'Hawaii'\n", [['line 2', { name: 'a', definition: "geography == 'Hawaii'" }]]],
    ['a guarded formula', "name,definition\n'=a,'-age > 1\n", [['line 2', { name: '=a', definition: '-age > 1' }]]],
    ['a text in front', "name,definition\na,'x' == name\n", [['line 2', { name: 'a', definition: "'x' == name" }]]],
    ['empty fields', 'name,definition,description\n,,\n', [['line 2', segment('', '')]]],
    ['letters beyond ASCII', 'name,definition\nÄlter 🌺,age > 1\n', [['line 2', { name: 'Älter 🌺', definition: 'age > 1' }]]],
    [
      'CRLF, with a line break inside quotes kept as it is',
      'name,definition\r\na,"age > 1\r\nand age < 9"\r\nb,age > 2\r\n',
      [
        ['line 2', { name: 'a', definition: 'age > 1\r\nand age < 9' }],
        ['line 4', { name: 'b', definition: 'age > 2' }],
      ],
    ],
    [
      'CR alone, empty lines, and a field of several lines: each row knows where it begins',
      'name,definition\ra,"1\n2\n3"\r\rb,4\n\n\nc,5',
      [
        ['line 2', { name: 'a', definition: '1\n2\n3' }],
        ['line 6', { name: 'b', definition: '4' }],
        ['line 9', { name: 'c', definition: '5' }],
      ],
    ],
    ['a header alone', 'name,definition\n', []],
  ])('%s', (_, text, rows) => {
    expect(read(text)).toEqual(rows);
  });

  test('a row with too many or too few fields is a problem of that row', () => {
    const { rows } = csvRows('name,definition\na,age in [1, 2]\nb\nc,age > 1\n', 's.csv');
    expect(rows.map(({ row, problems }) => [row, problems.map(({ message }) => message)])).toEqual([
      [1, ['The row has 3 fields where the header has 2.']],
      [2, ['The row has 1 fields where the header has 2.']],
      [3, []],
    ]);
    expect(rows[0]?.problems[0]?.help).toBe('Put a field that holds a comma in quotes: "age in [1, 2]".');
  });
});

describe('csvRows refuses', () => {
  const header = 'The header of s.csv';
  test.each<[string, string, string, RegExp]>([
    ['an empty file', '', 'The file s.csv is empty.', /header name,definition,description/],
    ['empty lines', '\n\n', 'The file s.csv is empty.', /header/],
    ['semicolons', 'name;definition\na;age > 1\n', `${header} has no commas.`, /commas/],
    ['a misspelt column', 'name,defintion\n', `${header} names "defintion", which is not imported.`, /Did you mean "definition"\?/],
    ['another case', 'Name,definition\n', `${header} names "Name", which is not imported.`, /Did you mean "name"\?/],
    ['a column of its own', 'name,definition,colour\n', `${header} names "colour", which is not imported.`, /Use name,definition/],
    ['a column twice', 'name,definition,name\n', `${header} names "name" twice.`, /Use name,definition/],
    ['no definition', 'name,description\n', `${header} does not name "definition".`, /may be left out/],
    [
      'a quote that is never closed',
      'name,definition\na,"age > 1\n',
      'The file s.csv is not valid CSV: a quote is opened and never closed, near line 2.',
      /twice/,
    ],
    [
      'a quote inside a field',
      'name,definition\na,x "y" z\n',
      'The file s.csv is not valid CSV: a quote stands inside a field without quotes, near line 2.',
      /Put the whole field in quotes/,
    ],
    [
      'text after a quote',
      'name,definition\na,"x" y\n',
      'The file s.csv is not valid CSV: something follows a closing quote, near line 2.',
      /A comma or a line break/,
    ],
  ])('%s', (_, text, message, help) => {
    const told = refusal(text);
    expect(told.message).toBe(message);
    expect(told.help).toMatch(help);
  });
});
