import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-jwt';
import { ENV } from '../config/env.module.js';
import type { Env } from '../config/env.js';
import { unauthorized } from '../errors/app-error.js';
import type { Caller } from '../modules/user/caller.js';
import { UserService } from '../modules/user/user.service.js';
import { bearerToken } from './bearer-token.js';
import { clockLeeway, keyFor, subjectOf } from './jwt-policy.js';

/** Token → caller. The library checks signature and times; the policy checks the rest; the database says who that is today. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy) {
  constructor(
    @Inject(ENV) env: Env,
    private readonly users: UserService,
  ) {
    const { keys, issuer, audience } = env.jwt;
    super({
      jwtFromRequest: bearerToken,
      // The types know texts only; a KeyObject is what jsonwebtoken wants, and forty times as fast as a text.
      secretOrKeyProvider: (_request: unknown, token: string, done: (error: unknown, key?: never) => void) => {
        const key = keyFor(token, keys);
        if (key === undefined) done(new Error('no key of ours is for this token'));
        else done(null, key.verify as never);
      },
      algorithms: [...new Set(keys.map((key) => key.algorithm))],
      issuer,
      audience,
      jsonWebTokenOptions: { clockTolerance: clockLeeway },
      passReqToCallback: true,
    });
  }

  /** @param request is told whom the token names, so that the log knows them even when they are refused */
  async validate(request: { subject?: string }, payload: unknown): Promise<Caller> {
    const id = subjectOf(payload, Date.now() / 1000);
    if (id === undefined) throw unauthorized('The token is not valid.', 'It needs the claims sub, a user id, and exp.');
    request.subject = id;
    const caller = await this.users.caller(id);
    if (caller === undefined)
      throw unauthorized('The token belongs to no active user.', 'Ask an administrator whether the account was disabled.');
    return caller;
  }
}
