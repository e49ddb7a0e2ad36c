import type { BinaryNode, Node } from './ast.js';
import { canonicalText } from './canonical.js';
import type { Chain, Condition } from './condition.js';
import type { Edit, Finding } from './diagnostic.js';
import { quoted } from './phrases.js';
import { printShort } from './print-short.js';
import { cross, everything, groups, type Region } from './region.js';
import { contrary, isUnion, type Regions } from './regions.js';
import { leftSpine } from './tree-walk.js';

/**
 * The parts of an `and` or `or` that can be left out, each and all together, without changing which rows are in the segment. The last
 * of two equal parts is the one to go. Parts already found to be always true or false are left aside.
 *
 * `aim` is what the segment asks of the chain. If one part is enough for it, a part adds nothing when the rows it brings are brought
 * by others; if it takes all parts, when the others leave no row that it would refuse.
 */
export function redundantParts(chain: Chain, aim: 'true' | 'false', regions: Regions, decided: ReadonlySet<Node>): Finding[] {
  const parts = chain.parts.filter((part) => !decided.has(part.node));
  const oneIsEnough = isUnion(chain, aim);
  const others = (part: Condition): Region => regions.of(part, oneIsEnough ? contrary[aim] : aim);
  const itself = (part: Condition): Region => regions.of(part, oneIsEnough ? aim : contrary[aim]);
  const isCovered = (part: Condition, by: Region): boolean => cross(by, itself(part), regions.fuel).length === 0;

  const found: Finding[] = [];
  for (const group of groups(parts.map((part) => [...others(part), ...itself(part)]))) {
    const members = group.map((index) => parts[index] as Condition);
    const causes = new Map<Condition | undefined, Node[]>();
    const prefixes: Region[] = [everything];
    for (const part of members) prefixes.push(cross(prefixes.at(-1) as Region, others(part), regions.fuel));
    let kept: Region = everything;
    for (let index = members.length - 1; index >= 0 && members.length > 1; index -= 1) {
      const part = members[index] as Condition;
      const rest = cross(prefixes[index] as Region, kept, regions.fuel);
      if (isCovered(part, rest)) {
        const cause = members.find((other) => other !== part && isCovered(part, others(other)));
        causes.set(cause, [part.node, ...(causes.get(cause) ?? [])]);
      } else kept = cross(kept, others(part), regions.fuel);
    }
    for (const [cause, gone] of causes) found.push(warning(chain, gone as [Node, ...Node[]], cause?.node));
  }
  return found;
}

/** One warning for all parts that add nothing for one reason; it marks the first of them. */
function warning(chain: Chain, gone: readonly [Node, ...Node[]], cause: Node | undefined): Finding {
  const [{ start, end }] = gone;
  return {
    code: 'FQL_W_REDUNDANT',
    span: { start, end },
    message: `${quoted(gone)} ${gone.length === 1 ? 'adds' : 'add'} nothing${because(chain, gone, cause)}.`,
    help: 'It can be removed without changing the segment, unless another value or column was meant.',
    suggestions: [{ title: `Remove ${quoted(gone)}`, edits: removal(chain.node, new Set(gone)) }],
  };
}

function because(chain: Chain, gone: readonly Node[], cause: Node | undefined): string {
  if (!cause) return ' to the other parts';
  const text = canonicalText(cause);
  if (gone.every((node) => canonicalText(node) === text)) return ': the same is asked before';
  return `: ${printShort(cause)} ${chain.kind === 'all' ? 'asks for more' : 'takes in more'}`;
}

/** Takes parts out of a chain, each together with one connective. Some part must stay. */
function removal(chain: BinaryNode, gone: ReadonlySet<Node>): readonly Edit[] {
  const edits = (node: Node): readonly Edit[] | undefined => {
    if (gone.has(node)) return undefined;
    if (node.kind !== 'binary' || node.operator !== chain.operator) return [];
    const spine = leftSpine(node, ({ operator }) => operator === chain.operator);
    let left = edits(spine[0].left);
    for (const step of spine) {
      const right = edits(step.right);
      if (left && right) left = [...left, ...right];
      else if (left) left = [...left, { offset: step.left.end, length: step.right.end - step.left.end, text: '' }];
      else if (right) left = [{ offset: step.left.start, length: step.right.start - step.left.start, text: '' }, ...right];
    }
    return left;
  };
  return edits(chain) ?? [];
}
