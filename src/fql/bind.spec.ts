import { describe, expect, test } from '@jest/globals';
import { bind } from './bind.js';

const bound = (text: string, start: number, end: number) =>
  bind({ code: 'FQL_X', span: { start, end }, message: 'm', help: 'h', suggestions: [] }, text);

describe('line and column', () => {
  test.each([
    ['one line', 'ab cd', 3, 1, 4],
    ['LF', 'ab\ncd', 3, 2, 1],
    ['CRLF is one break', 'ab\r\ncd', 5, 2, 2],
    ['a lone CR is one too', 'ab\rcd\re', 6, 3, 1],
    ['CR CR LF are two', 'a\r\r\nb', 4, 3, 1],
    ['at the break itself', 'ab\r\ncd', 2, 1, 3],
    ['inside of CRLF', 'ab\r\ncd', 3, 1, 4],
    ['at a lone LF', 'ab\ncd', 2, 1, 3],
    ['an empty line', 'a\n\nb', 3, 3, 1],
    ['code points', '😀😀 x', 5, 1, 4],
    ['the end', 'ab\n', 3, 2, 1],
    ['half of a pair', 'a😀b', 2, 1, 3],
  ])('%s', (_, text, start, line, column) => {
    expect(bound(text, start, start).position).toEqual({ offset: start, length: 0, line, column });
  });
});

describe('snippet', () => {
  const long = (length: number) => 'x'.repeat(length);
  test.each([
    ['as in the specification', 'age > 30 and tenur > 3', 13, 18, 'age > 30 and tenur > 3\n             ^^^^^'],
    ['its line only', 'a\n  bc d\r\ne', 4, 6, '  bc d\n  ^^'],
    ['an empty span', 'age >', 5, 5, 'age >\n     ^'],
    ['an empty text', '', 0, 0, '\n^'],
    ['a tab is one space', '\ta\tb', 3, 4, ' a b\n   ^'],
    ['wide characters count one', "'😀' == x", 8, 9, "'😀' == x\n       ^"],
    ['nothing that a terminal obeys', 'a\u001b[31m\u202e', 1, 2, 'a\ufffd[31m\ufffd\n ^'],
    ['60 characters on each side', `${long(70)}AB${long(70)}`, 70, 72, `…${long(60)}AB${long(60)}…\n${' '.repeat(61)}^^`],
    ['60 are no long side', `${long(60)}AB${long(60)}`, 60, 62, `${long(60)}AB${long(60)}\n${' '.repeat(60)}^^`],
    ['wide characters on a long side', `x${'😀'.repeat(61)}AB`, 123, 125, `…${'😀'.repeat(60)}AB\n${' '.repeat(61)}^^`],
    ['a long span', long(200), 0, 200, `${long(120)}…\n${'^'.repeat(60)}`],
    ['a long span of wide characters', '😀'.repeat(200), 0, 400, `${'😀'.repeat(120)}…\n${'^'.repeat(60)}`],
    ['a span over lines', 'ab\ncd', 0, 5, 'ab\n^^'],
    ['the line break itself', 'ab\ncd', 2, 3, 'ab\n  ^'],
    ['a lone surrogate', 'a\ud800b', 1, 2, 'a\ufffdb\n ^'],
  ])('%s', (_, text, start, end, expected) => {
    expect(bound(text, start, end).snippet).toBe(expected);
  });
});

test('the rest goes through', () => {
  expect(bound('ab', 0, 2)).toEqual({
    code: 'FQL_X',
    message: 'm',
    help: 'h',
    position: { offset: 0, length: 2, line: 1, column: 1 },
    snippet: 'ab\n^^',
    suggestions: [],
  });
});
