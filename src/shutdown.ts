import { Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Env } from './config/env.js';
import { Readiness } from './sql/readiness.js';

/** Milliseconds in which keep-alive clients get one more answer, which ends their connection; none is cut off between two requests. */
const drain = 300;

const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/**
 * On a signal: readiness turns first, then, after the delay that a load balancer needs to notice, the listening socket closes, what
 * was accepted is answered, the database is left, and the process ends with 0. Past the timeout it ends with 1.
 */
export function shutdownOnSignals(app: NestFastifyApplication, env: Env): void {
  let closing = false;
  const close = async (): Promise<void> => {
    if (closing) return;
    closing = true;
    app.get(Readiness).close();
    setTimeout(() => process.exit(1), env.shutdownDelay + env.shutdownTimeout).unref();
    await sleep(env.shutdownDelay);
    stopListening(app);
    await sleep(drain);
    await app.close();
    process.exit(0);
  };
  for (const signal of signals) process.on(signal, () => void close());
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, (error: unknown) => {
      new Logger('process').fatal({
        event,
        name: error instanceof Error ? error.name : typeof error,
        stack: error instanceof Error ? error.stack?.split('\n').slice(1) : undefined,
      });
      process.exitCode = 1;
      setTimeout(() => process.exit(1), env.shutdownTimeout).unref();
      void app.close().finally(() => process.exit(1));
    });
}

/** `http.Server.close` would also cut keep-alive connections that are between two requests, and with them a request on its way. */
function stopListening(app: NestFastifyApplication): void {
  Server.prototype.close.call(app.getHttpServer());
}
