import { columnsUsed } from './columns-used.js';
import { isChain, type Chain, type Condition } from './condition.js';
import type { Finding, Suggestion } from './diagnostic.js';
import { quoted, whereKnown } from './phrases.js';
import { needed } from './needed.js';
import type { Region } from './region.js';
import { isUnion, type Regions } from './regions.js';

/** What a condition is for every row in which it is known. */
export type Verdict = 'true' | 'false';

/** A condition, the whole definition or a part, that is never false or never true. */
export function alwaysWarning(condition: Condition, verdict: Verdict, regions: Regions, whole: boolean): Finding {
  const { start, end } = condition.node;
  const parts = culprits(condition, verdict, regions);
  const reason = because(condition, parts);
  const subject = whole ? 'This' : 'This part';
  if (verdict === 'false') {
    const consequence = whole ? ', so no row can be in the segment' : '';
    return {
      code: 'FQL_W_ALWAYS_FALSE',
      span: { start, end },
      message: `${subject} is never true${reason}${consequence}.`,
      help: helps(condition, parts, verdict),
      suggestions: otherConnective(condition, parts, verdict, regions),
    };
  }
  const known = regions.isEmpty(condition, 'not true') ? '' : whereKnown(parts.length > 0 ? parts : [condition]);
  return {
    code: 'FQL_W_ALWAYS_TRUE',
    span: { start, end },
    message: `${subject} is true for every row${known}${reason}.`,
    help: helps(condition, parts, verdict),
    suggestions: otherConnective(condition, parts, verdict, regions),
  };
}

/** The fewest parts of a chain that make it so; none if it is no chain or if it takes all of them one by one. */
function culprits(condition: Condition, verdict: Verdict, regions: Regions): readonly Condition[] {
  const wanted = verdict === 'true' ? 'false' : 'true';
  if (!isChain(condition) || isUnion(condition, wanted)) return [];
  return fewest(condition.parts, (part) => regions.of(part, wanted), regions);
}

function fewest(parts: readonly Condition[], regionOf: (part: Condition) => Region, regions: Regions): readonly Condition[] {
  const isEmpty = (others: readonly Region[]): boolean => regions.all(others).length === 0;
  const found = needed(parts, regionOf, (_, others) => isEmpty(others), regions);
  // Named only if they are seen to be enough: the work may have become too much.
  return isEmpty(found.map(regionOf)) ? found : [];
}

function because(condition: Condition, parts: readonly Condition[]): string {
  const nodes = parts.map(({ node }) => node);
  if (condition.kind === 'constant')
    return `: ${columnsUsed(condition.node).length === 0 ? 'it has no column in it' : 'what it compares with is always null'}`;
  if (parts.length === 0) return '';
  if (condition.kind === 'any') return parts.length === 1 ? `: ${quoted(nodes)} alone is` : `: ${quoted(nodes, 'or')} leaves no value out`;
  if (parts.length === 1) return `: ${quoted(nodes)} never is`;
  return parts.length === 2 ? `: ${quoted(nodes)} exclude each other` : `: ${quoted(nodes)} cannot all hold`;
}

function helps(condition: Condition, parts: readonly Condition[], verdict: Verdict): string {
  if (condition.kind === 'constant') return 'Compare a column with a value, or remove it.';
  if (parts.length > 1) {
    const [one, other] = condition.kind === 'any' ? ['or', 'and'] : ['and', 'or'];
    const meant = condition.kind === 'any' ? 'all of them must hold' : 'one of them is enough';
    return `If ${meant}, write ${other} in place of ${one}; otherwise change a value.`;
  }
  if (condition.kind === 'atom' && condition.variable.column?.type === 'int' && verdict === 'false') {
    return `${quoted(condition.variable.known)} holds whole numbers only.`;
  }
  return verdict === 'true' ? 'It leaves no row out; remove it, or compare with something else.' : 'Change it or remove it.';
}

/** `and` for `or` or the other way, when there is just one and that makes a condition that can be true and false. */
function otherConnective(condition: Condition, parts: readonly Condition[], verdict: Verdict, regions: Regions): Suggestion[] {
  if (!isChain(condition) || condition.parts.length !== 2 || parts.length !== 2) return [];
  const changed: Chain = { ...condition, kind: condition.kind === 'all' ? 'any' : 'all' };
  if (regions.isEmpty(changed, verdict === 'true' ? 'true' : 'false')) return [];
  const { start, end } = condition.node.operatorSpan;
  const [one, other] = condition.kind === 'any' ? ['or', 'and'] : ['and', 'or'];
  return [{ title: `Replace ${one} by ${other}`, edits: [{ offset: start, length: end - start, text: other as string }] }];
}
