import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { AppError, conflict, notFound, type Problem } from '../../errors/app-error.js';
import type { Columns } from '../../fql/columns.js';
import type { ModelPlace } from '../../modules/model/model.repository.js';
import { ModelService } from '../../modules/model/model.service.js';
import { quotaExceeded } from '../../modules/segment/quota-exceeded.js';
import { checkContent, nameSent, type SegmentContent } from '../../modules/segment/segment-content.js';
import { inspectDefinition } from '../../modules/segment/segment-definition.js';
import { SegmentTextRepository } from '../../modules/segment/segment-text.repository.js';
import { SegmentWriteRepository, type NewSegment } from '../../modules/segment/segment-write.repository.js';
import { stampCreated } from '../../modules/user/audited.entity.js';
import type { Caller } from '../../modules/user/caller.js';
import { SqlError } from '../../sql/sql-error.js';
import type { RowOutcome } from './import-report.js';
import type { ImportRow } from './import-row.js';

/** What is to become of each row, and the segments that it makes. */
export interface ImportPlan {
  readonly outcomes: readonly RowOutcome[];
  readonly made: readonly NewSegment[];
  /** The state of the model for which they were checked. */
  readonly updatedAt: string;
}

interface Known {
  readonly definition: string;
  readonly description: string;
}

/** Segments of a file into one model version, by the rules of the API. */
@Injectable()
export class ImportService {
  constructor(
    @Inject(ModelService) private readonly models: ModelService,
    @Inject(SegmentTextRepository) private readonly texts: SegmentTextRepository,
    @Inject(SegmentWriteRepository) private readonly segments: SegmentWriteRepository,
  ) {}

  /** Checks every row. Reads only. */
  async plan(
    caller: Caller,
    model: ModelPlace,
    rows: readonly ImportRow[],
    progress: (done: number, of: number) => void = () => undefined,
  ): Promise<ImportPlan> {
    const { columns, updatedAt } = await this.models.knownColumns(model.id);
    const existing = new Map((await this.texts.definitions(model.id)).map((segment) => [segment.name, segment]));
    const seen = new Map<string, ImportRow>();
    const made: NewSegment[] = [];
    const stamp = stampCreated(caller, new Date().toISOString());
    const place = { organizationId: caller.organizationId, projectId: model.projectId, modelId: model.id };
    const outcomes = rows.map((row, index): RowOutcome => {
      progress(index + 1, rows.length);
      const segment = check(row, columns);
      if ('problems' in segment) return outcome(row, 'refused', nameSent(row.value), segment.problems);
      const { name, description, accepted } = segment;
      const before = seen.get(name);
      if (before !== undefined) return outcome(row, 'refused', name, [repeated(name, before)]);
      seen.set(name, row);
      const known = existing.get(name);
      const problems = known === undefined ? [] : differences(name, known, { definition: accepted.definition, description });
      if (problems.length > 0) return outcome(row, 'refused', name, problems);
      if (known !== undefined) return outcome(row, 'unchanged', name);
      const quota = this.segments.quota;
      if (existing.size + made.length >= quota) return outcome(row, 'refused', name, [quotaExceeded(quota, 'row')]);
      made.push({ id: uuidv7(), ...place, name, description, ...accepted, ...stamp });
      return { ...outcome(row, 'create', name), warnings: warningsOf(accepted.definition, columns) };
    });
    return { outcomes, made, updatedAt };
  }

  /** @throws AppError conflict when somebody was quicker with a name, took the room or changed the model; then nothing is written */
  async write({ made, updatedAt }: ImportPlan): Promise<void> {
    try {
      const outcome = await this.segments.create(made, updatedAt);
      if (outcome === 'full') throw new AppError('conflict', [quotaExceeded(this.segments.quota, 'row')]);
      if (outcome === 'model changed')
        throw conflict('Somebody changed the model in the meantime; nothing was written.', 'Run the import again.');
    } catch (error) {
      if (error instanceof SqlError && error.kind === 'duplicate')
        throw conflict('Somebody created a segment with one of these names in the meantime; nothing was written.', 'Run the import again.');
      if (error instanceof SqlError && error.kind === 'missing parent') throw notFound('model');
      throw error;
    }
  }
}

/** What may be stored of a row, or why nothing may. */
function check({ value, problems }: ImportRow, columns: Columns): SegmentContent | { problems: readonly Problem[] } {
  if (problems.length > 0) return { problems };
  try {
    return checkContent(value, columns);
  } catch (error) {
    if (error instanceof AppError) return { problems: error.problems };
    throw error;
  }
}

const outcome = (
  { row, place }: ImportRow,
  change: RowOutcome['change'],
  name: string | undefined,
  problems: readonly Problem[] = [],
): RowOutcome => ({ row, place, name, change, problems, warnings: [] });

const repeated = (name: string, { row, place }: ImportRow): Problem => ({
  reason: 'Conflict',
  message: `Row ${row} (${place}) has the name "${name}" already.`,
  help: 'Names are unique in a model; case matters.',
  field: 'name',
});

/** Segments cannot be changed, so one of the same name must be the same. */
function differences(name: string, known: Known, wanted: Known): Problem[] {
  const help = 'Segments cannot be changed: give this one another name, or delete the one that is there.';
  return (['definition', 'description'] as const)
    .filter((member) => known[member] !== wanted[member])
    .map((member) => ({
      reason: 'Conflict',
      message: `A segment named "${name}" exists already with another ${member}: ${known[member] === '' ? 'none' : known[member]}`,
      help,
      field: member,
    }));
}

function warningsOf(definition: string, columns: Columns): RowOutcome['warnings'] {
  const verdict = inspectDefinition(definition, columns);
  return verdict.valid ? verdict.warnings : [];
}
