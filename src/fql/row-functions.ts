/** A value of the language at run time; null is the unknown one. */
export type Value = number | string | boolean | null;

/**
 * What the strict row-level functions compute (`fql.md` sections 5 and 6). They are only called with values, none of them null; a
 * number that is not finite and `null` both stand for null. `if`, `is_null`, `is_not_null` and `match` are not strict or not plain
 * functions of their values and live in the evaluator.
 */
export const rowFunctions: ReadonlyMap<string, (...given: readonly never[]) => Value> = new Map<
  string,
  (...given: readonly never[]) => Value
>([
  ['e', () => Math.E],
  ['pi', () => Math.PI],
  ['abs', (x: number) => Math.abs(x)],
  ['exp', (x: number) => Math.exp(x)],
  ['log', (x: number) => Math.log(x)],
  ['log2', (x: number) => Math.log2(x)],
  ['log10', (x: number) => Math.log10(x)],
  ['sqrt', (x: number) => Math.sqrt(x)],
  ['length', length],
  ['to_string', (value: Exclude<Value, null>) => String(value)],
  ['startswith', (text: string, prefix: string) => text.startsWith(prefix)],
  ['substring', substring],
]);

/** In code points; half a surrogate pair on its own counts as one. */
function length(text: string): number {
  let units = 0;
  let count = 0;
  while (units < text.length) {
    units += unitsAt(text, units);
    count += 1;
  }
  return count;
}

/** The first character has offset 1. Null unless the offset is a whole number from 1 and the length one from 0. */
function substring(text: string, offset: number, count: number): string | null {
  if (!Number.isInteger(offset) || offset < 1 || !Number.isInteger(count) || count < 0) return null;
  const start = skip(text, 0, offset - 1);
  return text.slice(start, skip(text, start, count));
}

function skip(text: string, from: number, count: number): number {
  let units = from;
  for (let left = count; left > 0 && units < text.length; left -= 1) units += unitsAt(text, units);
  return units;
}

function unitsAt(text: string, index: number): number {
  return (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
}
