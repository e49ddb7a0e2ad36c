import { setImmediate as breathe } from 'node:timers/promises';
import { AppError, type Problem } from '../../errors/app-error.js';
import type { AcceptedDefinition } from './segment-definition.js';

/** What may be stored of a segment. */
export interface BatchContent {
  readonly name: string;
  readonly description: string;
  readonly accepted: AcceptedDefinition;
}

/** A segment of a batch, and how it is checked by itself. */
export interface BatchDraft {
  /** Where it stands in the request, such as `segments[3]`, and where its name does. */
  readonly place: string;
  readonly nameField: string;
  /** As far as it was sent. */
  readonly name: string | null;
  /** @throws AppError invalid */
  readonly check: () => BatchContent;
}

/** A checked one: what may be stored, or why nothing may. */
export interface BatchItem extends Omit<BatchDraft, 'check'> {
  readonly content: BatchContent | readonly Problem[];
}

export const isRefused = (content: BatchItem['content']): content is readonly Problem[] => Array.isArray(content);

/** Milliseconds after which others get their turn. */
const turn = 10;

/** Finding out what was meant costs more than finding that something is wrong, so there is an end to it; and to the answer's length. */
const enoughProblems = 1_000;

/** Each by itself, in turns with whatever else the process has to do. */
export async function checkAll(drafts: readonly BatchDraft[]): Promise<BatchItem[]> {
  const items: BatchItem[] = [];
  let problems = 0;
  let since = performance.now();
  for (const { check, ...draft } of drafts) {
    if (performance.now() - since > turn) {
      await breathe();
      since = performance.now();
    }
    const content = problems < enoughProblems ? contentOrProblems(check) : [unchecked(draft.place)];
    if (isRefused(content)) problems += content.length;
    items.push({ ...draft, content });
  }
  return items;
}

function contentOrProblems(check: BatchDraft['check']): BatchItem['content'] {
  try {
    return check();
  } catch (error) {
    if (error instanceof AppError && error.kind === 'invalid') return error.problems;
    throw error;
  }
}

const unchecked = (field: string): Problem => ({
  reason: 'ValidationError',
  message: `This segment was not checked: those before it have ${enoughProblems} problems or more.`,
  help: 'Mend those first.',
  field,
});
