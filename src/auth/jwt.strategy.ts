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
import { VerifiedTokens } from './verified-tokens.js';

/** What is read of a request, and left on it: whom the token names, so that the log knows them even when they are refused. */
interface Claiming {
  readonly headers: { readonly authorization?: string };
  subject?: string;
}

/** Token → caller. The library checks signature and times; the policy checks the rest; the database says who that is today. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy) {
  private readonly verified = new VerifiedTokens();

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

  async validate(request: Claiming, payload: unknown): Promise<Caller> {
    const id = subjectOf(payload, Date.now() / 1000);
    if (id === undefined) throw unauthorized('The token is not valid.', 'It needs the claims sub, a user id, and exp.');
    this.verified.keep(bearerToken(request)!, id, (payload as { exp: number }).exp);
    return this.admit(request, id);
  }

  /** The caller of a token that was verified before, without the way through passport; undefined for one that was not. */
  recall(request: Claiming): Promise<Caller> | undefined {
    const token = bearerToken(request);
    const id = token === null ? undefined : this.verified.subject(token, Date.now() / 1000);
    return id === undefined ? undefined : this.admit(request, id);
  }

  private async admit(request: Claiming, id: string): Promise<Caller> {
    request.subject = id;
    const caller = await this.users.caller(id);
    if (caller !== undefined) return caller;
    throw unauthorized('The token belongs to no active user.', 'Ask an administrator whether the account was disabled.');
  }
}
