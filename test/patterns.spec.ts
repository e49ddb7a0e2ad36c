import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import ts from 'typescript';
import { effort } from './support/effort.js';
import { hostileTexts } from './support/hostile-texts.js';

/**
 * S44: no pattern of ours takes long over any text. Patterns that callers write run in RE2, which takes linear time; these are the
 * ones that we wrote, each found in the source, so that a new one is tried without being named here.
 */
const root = join(import.meta.dirname, '..', 'src');
const length = 50_000;
const milliseconds = 50;

interface Pattern {
  readonly place: string;
  readonly source: string;
  readonly flags: string;
}

const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts'));
const built: string[] = [];
const patterns = files.flatMap((path): Pattern[] => {
  const text = readFileSync(join(root, path), 'utf8');
  const found: Pattern[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const [, source = '', flags = ''] = /^\/([\s\S]*)\/([a-z]*)$/.exec(node.text) ?? [];
      found.push({ place: path, source, flags });
    }
    if (ts.isNewExpression(node) && node.expression.getText() === 'RegExp') built.push(`${path}: ${node.getText()}`);
    if (ts.isCallExpression(node) && node.expression.getText() === 'RegExp') built.push(`${path}: ${node.getText()}`);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
  return found;
});

const isSlow = (pattern: RegExp, text: string): boolean =>
  effort(() => {
    pattern.lastIndex = 0;
    text.replace(pattern, '');
  }, milliseconds) > milliseconds;

test('S44 the patterns are found', () => {
  expect(patterns.length).toBeGreaterThan(100);
});

test('S44 a slow pattern would be seen', () => {
  const slow = '^(a+)+$';
  expect(hostileTexts(slow, 25).some((text) => isSlow(new RegExp(slow), text))).toBe(true);
});

test('S44 patterns put together at run time are these, of constant parts and one class each', () => {
  expect(built).toEqual([
    // Of our own routes, each part literal or all but a slash: what it is held against can match in one way only.
    "http/route-table.ts: new RegExp(`^/(?:${paths.join('|')})/?$`)",
    'validation/text.decorator.ts: new RegExp(`[${control}]`)',
    'validation/text.decorator.ts: new RegExp(`[${controlButLineBreaks}]`)',
    'modules/idempotency/idempotent.decorator.ts: new RegExp(`^[\\\\x20-\\\\x7e]{1,${limits.idempotencyKey}}$`)',
  ]);
});

test.each(patterns)('S44 $place /$source/$flags', ({ source, flags }) => {
  const pattern = new RegExp(source, flags);
  const slow = hostileTexts(source, length).find((text) => isSlow(pattern, text));
  expect(slow === undefined ? 'fast' : `slow: ${JSON.stringify(slow.slice(0, 8))}… ${JSON.stringify(slow.slice(-4))}`).toBe('fast');
});
