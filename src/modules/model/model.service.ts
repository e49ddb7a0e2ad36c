import { Injectable } from '@nestjs/common';
import { notFound } from '../../errors/app-error.js';
import type { Columns } from '../../fql/columns.js';
import { LRUCache } from 'lru-cache';
import { requireRole, type Caller } from '../user/caller.js';
import { columnsOf } from './model-columns.js';
import { ModelRepository, type ModelPlace } from './model.repository.js';

/** Models whose columns are kept ready for the language. */
const schemasKept = 500;

@Injectable()
export class ModelService {
  private readonly columnsById = new LRUCache<string, Columns>({ max: schemasKept });

  constructor(private readonly models: ModelRepository) {}

  /**
   * A model of the caller's organization in which they may do this.
   * @throws AppError not-found before forbidden, so that another organization's model cannot be told from none
   */
  async require(caller: Caller, id: string, action: 'read' | 'write'): Promise<ModelPlace> {
    const model = await this.models.findPlace(caller.organizationId, id);
    if (model === undefined) throw notFound('model');
    requireRole(caller, action, model.projectId);
    return model;
  }

  /** The columns that a definition over this model may use. */
  async columns(modelId: string): Promise<Columns> {
    const known = this.columnsById.get(modelId);
    if (known !== undefined) return known;
    const schema = await this.models.findSchema(modelId);
    if (schema === undefined) throw notFound('model');
    const columns = columnsOf(schema);
    this.columnsById.set(modelId, columns);
    return columns;
  }
}
