import { Injectable } from '@nestjs/common';
import { AppError, invalid, refuseAny, type Problem } from '../../errors/app-error.js';
import type { Columns } from '../../fql/columns.js';
import { compareDefinitions, type Comparison } from '../../fql/compare.js';
import type { Checked } from '../../fql/fql.js';
import { ModelService } from '../model/model.service.js';
import type { Caller } from '../user/caller.js';
import { readSide, sides, type CompareDefinitionsDto, type Side } from './comparison.dto.js';
import { fqlHost } from './fql-host.js';
import { requireValid } from './segment-definition.js';
import { SegmentService } from './segment.service.js';

interface Subject {
  readonly text: string;
  /** Where it was given. */
  readonly field: string;
  /** Of a segment. */
  readonly modelId?: string;
}

/** How two definitions over one model relate, with nothing stored. */
@Injectable()
export class ComparisonService {
  constructor(
    private readonly segments: SegmentService,
    private readonly models: ModelService,
  ) {}

  async compare(caller: Caller, dto: CompareDefinitionsDto): Promise<Comparison> {
    const subjects = [await this.subject(caller, dto, 'first'), await this.subject(caller, dto, 'second')];
    const model = await this.models.require(caller, modelOf(dto.model_id, subjects), 'read');
    const columns = await this.models.columns(model.id);
    const [first, second] = checkAll(subjects, columns);
    return compareDefinitions(first.tree, second.tree, columns, fqlHost);
  }

  private async subject(caller: Caller, dto: CompareDefinitionsDto, name: Side): Promise<Subject> {
    const read = readSide(dto[name], name);
    if ('problems' in read) throw new AppError('invalid', read.problems as [Problem, ...Problem[]]);
    if ('definition' in read.dto) return { text: read.dto.definition, field: `${name}.definition` };
    const { definition, model } = await this.segments.get(caller, read.dto.segment_id);
    return { text: definition, field: `${name}.segment_id`, modelId: model.id };
  }
}

/** The one model that both are over. @throws AppError invalid when there is none, or two */
function modelOf(given: string | undefined, subjects: readonly Subject[]): string {
  const wanted = given ?? subjects.find(({ modelId }) => modelId !== undefined)?.modelId;
  if (wanted === undefined)
    throw invalid(problem('model_id', `model_id is missing; give it, or a segment_id in one of ${sides.join(', ')}.`));
  const others = subjects.filter(({ modelId }) => modelId !== undefined && modelId !== wanted);
  refuseAny(
    'invalid',
    others.map(({ field }) => problem(field, 'This segment is of another model; only what is over one model can be compared.')),
  );
  return wanted;
}

/** @throws AppError invalid, with the problems of both */
function checkAll(subjects: readonly Subject[], columns: Columns): [Checked, Checked] {
  const problems: Problem[] = [];
  const checked = subjects.map(({ text, field }) => {
    try {
      return requireValid(text, columns, field);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      problems.push(...error.problems);
      return undefined;
    }
  });
  refuseAny('invalid', problems);
  return checked as [Checked, Checked];
}

const problem = (field: string, message: string): Problem => ({ reason: 'ValidationError', message, field });
