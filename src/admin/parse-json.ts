import { unusable } from './text-file.js';

/** Characters of a line that are shown round the place where JSON breaks. */
const shown = 60;

/** JSON text as a value. @throws AppError that says at which line and column it breaks, with that line */
export function parseJson(text: string, path: string): unknown {
  if (text.trim() === '') throw unusable(`The file ${path}`, 'is empty', 'It must hold JSON.');
  try {
    return JSON.parse(text);
  } catch (error) {
    const given = /at position (\d+)/.exec((error as Error).message)?.[1];
    throw unusable(`The file ${path}`, ...placeOf(text, given === undefined ? text.length : Number(given)));
  }
}

/** The trouble with its line and column, and the line with a caret under the place. */
function placeOf(text: string, offset: number): [trouble: string, help: string] {
  const before = text.slice(0, offset).split('\n');
  const column = before.at(-1)!.length;
  const from = Math.max(0, column - shown / 2);
  const rest = text.slice(offset).split('\n')[0]!;
  const line = `${before.at(-1)!}${rest}`.slice(from, from + shown);
  const trouble = `is not valid JSON: it breaks at line ${before.length}, column ${column + 1}`;
  return [trouble, `${line.replaceAll('\t', ' ').trimEnd()}\n${' '.repeat(column - from)}^`];
}
