import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { PassportModule } from '@nestjs/passport';
import { UserModule } from '../modules/user/user.module.js';
import { JwtAuthGuard } from './jwt-auth.guard.js';
import { JwtStrategy } from './jwt.strategy.js';

/** One guard for every route. */
@Module({ imports: [PassportModule, UserModule], providers: [JwtStrategy, { provide: APP_GUARD, useClass: JwtAuthGuard }] })
export class AuthModule {}
