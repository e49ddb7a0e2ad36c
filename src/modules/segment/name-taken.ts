import type { Problem } from '../../errors/app-error.js';

/**
 * Names the segment that has the name, so that a create whose answer was lost finds what it made.
 * @param id of that segment; undefined when it is gone again
 */
export function nameTaken(name: string, id: string | undefined, field: string): Problem {
  return {
    reason: 'Conflict',
    message: `A segment named "${name}" exists already in this model.`,
    help: `Choose another name${id === undefined ? '' : `, or use the segment that has it: ${id}`}. Segments cannot be changed; delete one to reuse its name.`,
    field,
  };
}
