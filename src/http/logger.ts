import type { LoggerService } from '@nestjs/common';
import type { FastifyBaseLogger } from 'fastify';
import type { Env } from '../config/env.js';
import { LogOutput } from './log-output.js';

/** JSON lines; on a developer's terminal readable ones. Headers and bodies are never logged, so there is nothing to redact. */
export function loggerOptions(env: Env): object {
  const pretty = env.mode === 'development' && process.stdout.isTTY;
  return {
    level: env.logLevel,
    base: undefined,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    ...(pretty
      ? { transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname', translateTime: 'HH:MM:ss' } }, formatters: {} }
      : { stream: new LogOutput() }),
  };
}

/** Nest's own messages on the same log; its chatter at start is for debugging. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: FastifyBaseLogger) {}

  log = (message: unknown): void => this.logger.debug(entry(message));
  debug = (message: unknown): void => this.logger.debug(entry(message));
  verbose = (message: unknown): void => this.logger.trace(entry(message));
  warn = (message: unknown): void => this.logger.warn(entry(message));
  error = (message: unknown): void => this.logger.error(entry(message));
  fatal = (message: unknown): void => this.logger.fatal(entry(message));
}

const entry = (message: unknown): object => (typeof message === 'object' && message !== null ? message : { message: String(message) });
