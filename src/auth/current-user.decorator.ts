import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Caller } from '../modules/user/caller.js';

/** Who asks, as the guard found them: a `Caller`. */
export const CurrentUser = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<{ user: Caller }>().user,
);
