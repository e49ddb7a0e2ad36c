/**
 * About how many instructions a pattern compiles to, told from its text: compiling `(a{1000})` a hundred times over takes longer than a
 * request should. Exact only in its order; whether the pattern is valid is for the engine to say.
 */
export function patternSize(pattern: string): number {
  const outer: number[] = [];
  let size = 0;
  let last = 0;
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern[at];
    const repeat = character === '{' ? /^\{(\d{1,4})(?:,(\d{0,4}))?\}/.exec(pattern.slice(at, at + 12)) : null;
    if (repeat) {
      const times = Math.max(1, Number(repeat[1]), Number(repeat[2] ?? 0));
      size += last * (times - 1);
      last *= times;
      at += repeat[0].length - 1;
    } else if (character === '(') {
      outer.push(size);
      size = 0;
    } else if (character === ')') {
      last = size + 2;
      size = (outer.pop() ?? 0) + last;
    } else {
      if (character === '\\') at += 1;
      if (character === '[') at = endOfClass(pattern, at);
      last = 1;
      size += 1;
    }
  }
  return outer.reduce((sum, one) => sum + one, size);
}

/** Where the class that opens at `start` closes: a `]` in front, an escaped one and those of `[:alpha:]` do not close it. */
function endOfClass(pattern: string, start: number): number {
  const inside = /\[\^?\]?(?:\\[\s\S]|\[:\^?[a-z]+:\]|[^\]\\])*/y;
  inside.lastIndex = start;
  return start + (inside.exec(pattern)?.[0].length ?? 1);
}
