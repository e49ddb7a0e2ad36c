import { Inject, mixin, type CanActivate, type ExecutionContext, type Type } from '@nestjs/common';
import { givenId } from '../../validation/given-id.js';
import { requireRole, type Caller } from '../user/caller.js';
import type { Action } from '../user/roles.js';
import { ProjectService } from './project.service.js';

interface Guarded {
  readonly user: Caller;
  readonly params: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/**
 * Refuses a request about a project that the caller may not make, before anything is said about its body or query: 403 and 404 come
 * before 400 and 409. An id that is missing or malformed is left to the checks that follow.
 * @param place where the project's id stands: the path parameter or the body's member `project_id`; `nowhere` for an action that is
 *   about no project yet
 */
export function ProjectAccess(action: Action, place: 'params' | 'body' | 'nowhere'): Type<CanActivate> {
  class ProjectAccessGuard implements CanActivate {
    constructor(@Inject(ProjectService) private readonly projects: ProjectService) {}

    async canActivate(context: ExecutionContext): Promise<boolean> {
      const request = context.switchToHttp().getRequest<Guarded>();
      if (place === 'nowhere') await requireRole(request.user, action);
      else {
        const id = givenId(request[place], 'project_id');
        if (id !== undefined) await this.projects.requireAccess(request.user, id, action);
      }
      return true;
    }
  }
  return mixin(ProjectAccessGuard);
}
