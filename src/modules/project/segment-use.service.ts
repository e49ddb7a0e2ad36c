import { Injectable } from '@nestjs/common';
import { limits } from '../../config/limits.js';
import { AppError, conflict, type Problem } from '../../errors/app-error.js';
import { SqlError } from '../../sql/sql-error.js';
import { may, type Caller } from '../user/caller.js';
import { SegmentUseRepository, type Holder, type SegmentUse } from './segment-use.repository.js';

const reason = 'SegmentInUse';

/** Says why a segment, or what holds it, cannot go. Below the modules that delete, since each of them can take segments along. */
@Injectable()
export class SegmentUseService {
  constructor(private readonly uses: SegmentUseRepository) {}

  /**
   * A delete, which the foreign key of a reference makes fail when one is there: nobody looks before.
   * @throws AppError conflict that names what uses which segment
   */
  async unlessInUse<T>(caller: Caller, holder: Holder, id: string, projectId: string, remove: () => Promise<T>): Promise<T> {
    try {
      return await remove();
    } catch (error) {
      // SQLite does not tell the one end of a foreign key from the other.
      if (error instanceof SqlError && (error.kind === 'in use' || error.kind === 'missing parent'))
        throw await this.inUse(caller, holder, id, projectId);
      throw error;
    }
  }

  private async inUse(caller: Caller, holder: Holder, id: string, projectId: string): Promise<AppError> {
    const { uses, total } = await this.uses.find(caller.organizationId, holder, id, limits.problemsPerAnswer);
    const [first, ...others] = uses.map(problemOf);
    if (first === undefined) return conflict(`The ${holder} was in use until a moment ago.`, 'Delete it again.');
    // An Org Admin may delete a project without a role in it, which does not show them what is in there.
    if (!may(caller, 'read', projectId)) return new AppError('conflict', [counted(holder, total)]);
    const more = total - uses.length;
    return new AppError('conflict', [first, ...others, ...(more > 0 ? [omitted(more)] : [])]);
  }
}

const problemOf = ({ segmentId, segmentName, kind, key, name }: SegmentUse): Problem => ({
  reason,
  message: `The segment "${segmentName}" is used by ${kind} "${key}"${name === '' ? '' : ` (${name})`}.`,
  help: `Once it is used there no more: DELETE /v3/segments/${segmentId}/references/${kind}/${encodeURIComponent(key)}`,
});

const counted = (holder: Holder, total: number): Problem => ({
  reason,
  message: `Segments of this ${holder} are in use: ${total} reference${total === 1 ? '' : 's'}.`,
  help: `Whoever may read the ${holder} is told which.`,
});

const omitted = (more: number): Problem => ({
  reason,
  message: `And ${more} more.`,
  help: 'GET /v3/segments/{uuid}/references lists those of one segment.',
});
