import { Inject, mixin, type CanActivate, type ExecutionContext, type Type } from '@nestjs/common';
import { givenId } from '../../validation/given-id.js';
import type { Caller } from '../user/caller.js';
import { ModelService } from './model.service.js';

interface Guarded {
  readonly user: Caller;
  readonly params: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/**
 * Refuses a request about a model that the caller may not make, before anything is said about its body or query: 403 and 404 come
 * before 400 and 409. An id that is missing or malformed is left to the checks that follow.
 * @param place where the model's id stands: among the path parameters or in the body
 * @param name under which it stands there
 */
export function ModelAccess(action: 'read' | 'write', place: 'params' | 'body', name = 'model_id'): Type<CanActivate> {
  class ModelAccessGuard implements CanActivate {
    constructor(@Inject(ModelService) private readonly models: ModelService) {}

    async canActivate(context: ExecutionContext): Promise<boolean> {
      const request = context.switchToHttp().getRequest<Guarded>();
      const id = givenId(request[place], name);
      if (id !== undefined) await this.models.require(request.user, id, action);
      return true;
    }
  }
  return mixin(ModelAccessGuard);
}
