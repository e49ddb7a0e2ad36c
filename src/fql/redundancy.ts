import type { BinaryNode, Node } from './ast.js';
import { canonicalText } from './canonical.js';
import type { Chain, Condition } from './condition.js';
import type { Edit, Finding } from './diagnostic.js';
import { quoted } from './phrases.js';
import { printShort } from './print-short.js';
import { needed } from './needed.js';
import { cross, groups, type Region } from './region.js';
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
  const isCovered = (part: Condition, by: readonly Region[]): boolean =>
    by.reduce<Region>((left, region) => cross(left, region, regions.fuel), itself(part)).length === 0;

  const found: Finding[] = [];
  for (const group of groups(parts.map((part) => [...others(part), ...itself(part)]))) {
    if (group.length === 1) continue;
    const members = group.map((index) => parts[index] as Condition);
    const kept = new Set(needed(members, others, isCovered, regions));
    const causes = new Map<Condition | undefined, Node[]>();
    for (const part of members.filter((member) => !kept.has(member))) {
      const cause = [...kept].find((other) => isCovered(part, [others(other)]));
      causes.set(cause, [...(causes.get(cause) ?? []), part.node]);
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
    message: `${quoted(gone)} ${because(chain, gone, cause)}.`,
    help: 'It can be removed without changing the segment, unless another value or column was meant.',
    suggestions: [{ title: `Remove ${quoted(gone)}`, edits: removal(chain.node, new Set(gone)) }],
  };
}

function because(chain: Chain, gone: readonly Node[], cause: Node | undefined): string {
  const nothing = gone.length === 1 ? 'adds nothing' : 'add nothing';
  if (!cause) return `${nothing} to the other parts`;
  const text = canonicalText(cause);
  if (gone.every((node) => canonicalText(node) === text)) return 'is repeated; once is enough';
  return `${nothing}: ${printShort(cause)} ${chain.kind === 'all' ? 'asks for more' : 'takes in more'}`;
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
