import { Injectable } from '@nestjs/common';
import { limits } from '../../config/limits.js';
import { invalid, refuseAny, type Problem } from '../../errors/app-error.js';
import type { Columns } from '../../fql/columns.js';
import { compile } from '../../fql/evaluator.js';
import { compileExplanation, type Explanation } from '../../fql/explain.js';
import type { Checked } from '../../fql/fql.js';
import { positionOf } from '../../fql/bind.js';
import { checkRow } from '../../fql/row-check.js';
import { textLength } from '../../fql/text-work.js';
import { ModelService } from '../model/model.service.js';
import type { Caller } from '../user/caller.js';
import type { DefinitionSubjectDto, EvaluateDefinitionDto, ValidateDefinitionDto } from './definition.dto.js';
import type { EvaluationResource, ValidationResource } from './definition.resource.js';
import { costPerCharacter, workLimit } from './evaluation-work.js';
import { fqlHost } from './fql-host.js';
import { inspectDefinition, requireValid } from './segment-definition.js';
import { SegmentTextRepository } from './segment-text.repository.js';
import { SegmentService } from './segment.service.js';

type Row = Readonly<Record<string, unknown>>;

/** What the language says of a definition, with nothing stored. */
@Injectable()
export class DefinitionService {
  constructor(
    private readonly segments: SegmentService,
    private readonly texts: SegmentTextRepository,
    private readonly models: ModelService,
  ) {}

  async validate(caller: Caller, { model_id, definition }: ValidateDefinitionDto): Promise<ValidationResource> {
    const model = await this.models.require(caller, model_id, 'read');
    const verdict = inspectDefinition(definition, await this.models.columns(model.id));
    if (!verdict.valid)
      return { valid: false, errors: verdict.errors, warnings: [], columns: [], normalized: null, fingerprint: null, twins: [] };
    const { columns, warnings, normalized, fingerprint } = verdict;
    const twins = await this.texts.findTwins(model.id, fingerprint, limits.twins);
    return { valid: true, errors: [], warnings, columns, normalized, fingerprint, twins };
  }

  async evaluate(caller: Caller, dto: EvaluateDefinitionDto): Promise<EvaluationResource> {
    const { text, columns } = await this.subject(caller, dto);
    const checked = requireValid(text, columns);
    const rows = checkRows(dto.rows, checked, columns);
    const evaluate = compile(checked.tree, columns, fqlHost);
    const results = rows.map(evaluate);
    const count = (wanted: boolean | null) => results.filter((result) => result === wanted).length;
    return {
      row_count: rows.length,
      match_count: count(true),
      unknown_count: count(null),
      results,
      ...(dto.explain === true ? { explanations: explain(rows, checked, columns, text) } : {}),
    };
  }

  /** The definition that is meant, and the columns that it is over. */
  async subject(caller: Caller, { model_id, definition, segment_id }: DefinitionSubjectDto): Promise<{ text: string; columns: Columns }> {
    if (segment_id !== undefined && (model_id !== undefined || definition !== undefined))
      throw invalid(problem('segment_id', 'Give either segment_id, or model_id and definition, not both.'));
    if (segment_id !== undefined) {
      const segment = await this.segments.get(caller, segment_id);
      return { text: segment.definition, columns: await this.models.columns(segment.model.id) };
    }
    if (model_id === undefined) throw invalid(problem('model_id', 'model_id is missing; give model_id and definition, or segment_id.'));
    if (definition === undefined)
      throw invalid(problem('definition', 'definition is missing; give model_id and definition, or segment_id.'));
    const model = await this.models.require(caller, model_id, 'read');
    return { text: definition, columns: await this.models.columns(model.id) };
  }
}

/** @throws AppError with the place of each value that does not fit its column, such as `rows[3].age` */
function checkRows(rows: readonly unknown[], checked: Checked, columns: Columns): Row[] {
  const used = checked.columns.flatMap((name) => columns.get(name) ?? []);
  const problems = rows.flatMap((row, index): Problem[] => {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) return [problem(`rows[${index}]`, 'A row must be an object.')];
    return checkRow(row as Row, used).map(({ column, message }) => problem(`rows[${index}].${column}`, message));
  });
  refuseAny('invalid', problems.slice(0, limits.problemsPerAnswer));
  const length = (rows as Row[]).reduce((sum, row) => sum + textLength(row, checked.columns), 0);
  const work = length * costPerCharacter(checked.tree);
  if (work > workLimit)
    throw invalid(problem('rows', 'This is too much text for this definition in one request; send fewer rows at a time.'));
  return rows as Row[];
}

function explain(rows: readonly Row[], checked: Checked, columns: Columns, text: string) {
  const explanationOf = compileExplanation(checked.tree, columns, fqlHost);
  const placed = ({ result, clauses, omitted }: Explanation) => ({
    result,
    clauses: clauses.map(({ span, ...clause }) => ({ ...clause, position: positionOf(span, text) })),
    omitted,
  });
  return rows.map((row) => placed(explanationOf(row)));
}

const problem = (field: string, message: string): Problem => ({ reason: 'ValidationError', message, field });
