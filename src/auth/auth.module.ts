import { Module } from '@nestjs/common';
import { APP_GUARD, Reflector } from '@nestjs/core';
import { PassportModule } from '@nestjs/passport';
import { ENV } from '../config/env.module.js';
import type { Env } from '../config/env.js';
import { UserModule } from '../modules/user/user.module.js';
import { JwtAuthGuard } from './jwt-auth.guard.js';
import { JwtStrategy } from './jwt.strategy.js';
import { LimitedAuthGuard } from './limited-auth.guard.js';

/** One guard for every route; the one that counts requests only where they are limited, since it costs something. */
@Module({
  imports: [PassportModule, UserModule],
  providers: [JwtStrategy, { provide: APP_GUARD, inject: [Reflector, JwtStrategy, ENV], useFactory: guardOf }],
})
export class AuthModule {}

function guardOf(reflector: Reflector, strategy: JwtStrategy, { rateLimits }: Env): JwtAuthGuard {
  const isLimited = rateLimits.reads !== undefined || rateLimits.writes !== undefined;
  return isLimited ? new LimitedAuthGuard(reflector, strategy, rateLimits) : new JwtAuthGuard(reflector, strategy);
}
