import { once } from 'node:events';
import { Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Env } from './config/env.js';
import { describeError } from './errors/describe-error.js';
import { Readiness } from './sql/readiness.js';

/** Milliseconds in which keep-alive clients get one more answer, which ends their connection; none is cut off between two requests. */
const drain = 300;

/** Milliseconds that the database may take to say goodbye once everything is answered: one that hangs must not keep us. */
const goodbye = 2_000;

const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/**
 * On a signal: readiness turns first, then, after the delay that a load balancer needs to notice, the listening socket closes, what
 * was accepted is answered, the database is left, and the process ends with 0. Past the timeout it ends with 1. What nobody caught
 * ends it in the same way, at once and with 1: what it left behind is not to be trusted.
 */
export function shutdownOnSignals(app: NestFastifyApplication, env: Env): void {
  const logger = new Logger('shutdown');
  let code: number | undefined;
  const close = async (codeThen: number, delay: number): Promise<void> => {
    const isFirst = code === undefined;
    code = Math.max(code ?? 0, codeThen);
    if (!isFirst) return;
    app.get(Readiness).close();
    setTimeout(() => process.exit(1), delay + env.shutdownTimeout).unref();
    await sleep(delay);
    const answered = once(app.getHttpServer(), 'close');
    stopListening(app);
    await sleep(drain);
    await Promise.race([app.close(), answered.then(() => sleep(goodbye))]);
    logger.warn({ event: 'ended', code });
    process.exit(code);
  };
  for (const signal of signals)
    process.on(signal, () => {
      logger.warn({ event: signal });
      void close(0, env.shutdownDelay);
    });
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, (error: unknown) => {
      // Nobody knows whose error it is, so whose words.
      const { message: _, ...told } = describeError(error);
      logger.fatal({ event, ...told });
      void close(1, 0);
    });
}

/** `http.Server.close` would also cut keep-alive connections that are between two requests, and with them a request on its way. */
function stopListening(app: NestFastifyApplication): void {
  Server.prototype.close.call(app.getHttpServer());
}
