import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '../../errors/app-error.js';
import { nearest } from '../../list-query/nearest.js';
import { parseListQuery } from '../../list-query/parse-list-query.js';
import { modelFields } from '../../modules/model/model.fields.js';
import { ModelRepository, type ModelPlace } from '../../modules/model/model.repository.js';
import { ModelService } from '../../modules/model/model.service.js';
import { projectFields } from '../../modules/project/project.fields.js';
import { ProjectRepository } from '../../modules/project/project.repository.js';
import type { Caller } from '../../modules/user/caller.js';
import type { ModelAddress } from './model-address.js';

/** Names that are offered when one was not found. */
const offered = 20;

/** A model version by what the command line calls it. */
@Injectable()
export class ModelFinder {
  constructor(
    @Inject(ProjectRepository) private readonly projects: ProjectRepository,
    @Inject(ModelRepository) private readonly models: ModelRepository,
    @Inject(ModelService) private readonly service: ModelService,
  ) {}

  /** @throws AppError not-found, naming what is there; forbidden when the caller's role does not allow it */
  async find(caller: Caller, address: ModelAddress, action: 'read' | 'write' = 'write'): Promise<ModelPlace> {
    return this.service.require(caller, 'id' in address ? address.id : await this.idOf(caller, address), action);
  }

  private async idOf(caller: Caller, { project, name, version }: Exclude<ModelAddress, { id: string }>): Promise<string> {
    const found = await this.projects.findByName(caller.organizationId, project);
    if (found === undefined) {
      const { items } = await this.projects.find(caller.organizationId, parseListQuery(projectFields, { limit: '1000' }));
      const names = items.map((item) => item.name);
      throw missing(`No project "${project}" in the organization ${caller.organizationName}.`, project, names);
    }
    const model = await this.models.findByName(found.id, name, version);
    if (model !== undefined) return model.id;
    const { items } = await this.models.find(caller.organizationId, [found.id], parseListQuery(modelFields, { limit: '1000' }));
    const names = items.map((item) => `${project}/${item.name}/${item.version}`);
    throw missing(`No model "${name}" with the version "${version}" in the project "${project}".`, `${project}/${name}/${version}`, names);
  }
}

function missing(message: string, wanted: string, names: readonly string[]): AppError {
  const meant = nearest(wanted, names);
  const more = names.length > offered ? ` … (${names.length} in all)` : '';
  const there = names.length === 0 ? 'There are none yet.' : `There are: ${names.slice(0, offered).join(', ')}${more}.`;
  return new AppError('not-found', [
    { reason: 'ObjectNotFound', message, help: meant === undefined ? there : `Did you mean ${meant}? ${there}` },
  ]);
}
