import { Injectable } from '@nestjs/common';
import { limits } from '../../config/limits.js';
import { refuseAny, type Problem } from '../../errors/app-error.js';
import type { Statement } from '../../sql/engine.js';
import { SqlError } from '../../sql/sql-error.js';
import { attemptsOnModel, modelChanged } from '../model/model-changed.js';
import { columnsOf } from '../model/model-columns.js';
import { checkModelContent, contentOf } from '../model/model-content.js';
import type { ColumnSchema } from '../model/model-schema.js';
import { ModelRepository, type FullModelRecord } from '../model/model.repository.js';
import { ModelService, versionTaken } from '../model/model.service.js';
import { recheckSegments } from '../segment/recheck-segments.js';
import type { SeenPage } from '../segment/segment-race.repository.js';
import { SegmentTextRepository, type SegmentTexts } from '../segment/segment-text.repository.js';
import type { Caller } from '../user/caller.js';
import type { UpdateModelDto } from './model-update.dto.js';

/** Changes a model version. Above the segments, since none of them may break by it: they cannot be changed to follow. */
@Injectable()
export class ModelUpdateService {
  constructor(
    private readonly models: ModelService,
    private readonly stored: ModelRepository,
    private readonly texts: SegmentTextRepository,
  ) {}

  /** @throws AppError conflict when a segment would break, the version is taken, or the model was changed at the same moment */
  async update(caller: Caller, id: string, dto: UpdateModelDto): Promise<FullModelRecord> {
    const place = await this.models.require(caller, id, 'write');
    const before = await this.models.get(caller, id);
    const { schema, spec, details } = before;
    const content = checkModelContent({ ...details, schema, spec, ...contentOf(dto) });
    const { name, version, description, task, inputType, artifactStatus } = before;
    const changed = {
      name,
      task,
      inputType,
      artifactStatus,
      ...content,
      version: dto.version ?? version,
      description: dto.description === undefined ? description : (dto.description ?? ''),
      updatedAt: laterThan(before.updatedAt),
      updatedById: caller.id,
    };
    try {
      for (let attempt = 0; ; attempt++) {
        const noneElse = await this.requireSegmentsToHold(id, schema, content.schema);
        const statements = [this.stored.unchanged(caller.organizationId, place), ...noneElse, this.stored.update(id, changed)];
        const counts = await this.stored.write(statements);
        if (counts.length === statements.length) break;
        // Segments that came in between are looked at, too.
        if (counts.length === 1 || attempt === attemptsOnModel - 1) throw modelChanged();
      }
    } catch (error) {
      if (error instanceof SqlError && error.kind === 'duplicate') throw versionTaken(name, changed.version);
      throw error;
    }
    this.models.forget(id);
    return this.models.get(caller, id);
  }

  /**
   * Every segment of the model must still make sense over its new columns.
   * @returns statements that undo their batch when one has come since that may not
   */
  private async requireSegmentsToHold(modelId: string, before: ColumnSchema, after: ColumnSchema): Promise<Statement[]> {
    if (typesOf(before) === typesOf(after)) return [];
    const seen: SeenPage[] = [{ after: '', ids: [] }];
    const bounds = { text: Infinity, shown: limits.problemsPerAnswer };
    const { broken } = await recheckSegments(noting(this.texts.pagesOf(modelId), seen), columnsOf(after), bounds);
    refuseAny(
      'conflict',
      broken.map(({ name, errors }) => wouldBreak(name, errors[0]!.message)),
    );
    return this.texts.noneButSeen(modelId, seen, changedColumns(before, after));
  }
}

/** The same pages; what was on them is noted as they are taken. The last one noted is always without an end. */
async function* noting(pages: AsyncIterable<readonly SegmentTexts[]>, seen: SeenPage[]): AsyncGenerator<readonly SegmentTexts[]> {
  for await (const page of pages) {
    const open = seen.pop()!;
    seen.push({ ...open, ids: page.map(({ id }) => id) }, { after: page.at(-1)!.name, ids: [] });
    yield page;
  }
}

/** Names of the columns that are gone or of another type. */
function changedColumns({ columns: before }: ColumnSchema, { columns: after }: ColumnSchema): string[] {
  const types = new Map(after.map(({ name, data_type }) => [name, data_type]));
  return before.filter(({ name, data_type }) => types.get(name) !== data_type).map(({ name }) => name);
}

/** What the language knows of columns. */
const typesOf = ({ columns }: ColumnSchema): string => JSON.stringify(columns.map(({ name, data_type }) => [name, data_type]));

const wouldBreak = (segment: string, why: string): Problem => ({
  reason: 'Conflict',
  message: `The segment "${segment}" would break: ${why}`,
  help: 'Keep the columns that it uses, or delete the segment first.',
  field: 'schema.columns',
});

/** Now, but never the time of the last change: that time tells one state of the model from the next. */
const laterThan = (time: string): string => new Date(Math.max(Date.now(), Date.parse(time) + 1)).toISOString();
