import { AppError, type Problem } from '../../errors/app-error.js';
import type { SegmentContent } from './segment-content.js';
import { Turns } from './turns.js';

/** A segment of a batch, and how it is checked by itself. */
export interface BatchDraft {
  /** Where it stands in the request, such as `segments[3]`, and where its name does. */
  readonly place: string;
  readonly nameField: string;
  /** As far as it was sent. */
  readonly name: string | null;
  /** @throws AppError invalid */
  readonly check: () => SegmentContent;
}

/** A checked one: what may be stored, or why nothing may. */
export interface BatchItem extends Omit<BatchDraft, 'check'> {
  readonly content: SegmentContent | readonly Problem[];
}

export const isRefused = (content: BatchItem['content']): content is readonly Problem[] => Array.isArray(content);

/** Finding out what was meant costs more than finding that something is wrong, so there is an end to it; and to the answer's length. */
const enoughProblems = 1_000;

/** Each by itself, in turns with whatever else the process has to do. */
export async function checkAll(drafts: readonly BatchDraft[]): Promise<BatchItem[]> {
  const items: BatchItem[] = [];
  let problems = 0;
  const turns = new Turns();
  for (const { check, ...draft } of drafts) {
    await turns.next();
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
