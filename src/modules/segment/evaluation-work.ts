import type { Node } from '../../fql/ast.js';
import { instructions } from '../../fql/text-work.js';
import { postorder } from '../../fql/tree-walk.js';
import { patternSize } from './pattern-size.js';

/**
 * The most that one request may make us do: characters of text × (parts of the definition + weighed instructions of its patterns). It
 * runs on the one thread that serves everybody; this much takes some tenths of a second.
 */
export const workLimit = 50_000_000;

/** An instruction of a pattern costs up to 25 ns a character, a part of a definition up to 5. */
const instructionWeight = 5;

/** What each character of a row's text may cost: every part of the definition may look at it, and a pattern many times. */
export function costPerCharacter(tree: Node): number {
  return postorder(tree).reduce((cost, node) => cost + 1 + instructionWeight * instructions(node, { patternSize }), 0);
}
