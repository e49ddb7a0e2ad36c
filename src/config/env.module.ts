import { Module, type DynamicModule } from '@nestjs/common';
import type { Env } from './env.js';

/** Injection token of the frozen environment. */
export const ENV = Symbol('Env');

/** Hands the environment to whoever asks for `ENV`. */
@Module({})
export class EnvModule {
  static register(env: Env): DynamicModule {
    return { module: EnvModule, global: true, providers: [{ provide: ENV, useValue: env }], exports: [ENV] };
  }
}
