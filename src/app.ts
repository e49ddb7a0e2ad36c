import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import type { Env } from './config/env.js';
import { limits } from './config/limits.js';
import { registerAccessLog } from './http/access-log.js';
import { registerCors } from './http/cors.js';
import { registerDeadline } from './http/deadline.js';
import { frameworkFailure } from './http/framework-failure.js';
import { registerGracefulClose } from './http/graceful-close.js';
import { registerJsonBody } from './http/json-body.js';
import { registerLargeRoutes } from './http/large-routes.js';
import { loggerOptions, NestLogger } from './http/logger.js';
import { registerExactPaths } from './http/no-such-route.js';
import { registerPressure } from './http/pressure.js';
import { answerBrokenRequest, registerRawAnswers } from './http/raw-answers.js';
import { QuietLog } from './http/quiet-log.js';
import { requestId } from './http/request-id.js';
import { registerRequireHost } from './http/require-host.js';
import { RequestTimes } from './http/request-times.js';
import { RouteTable } from './http/route-table.js';
import { registerSecurityHeaders } from './http/security-headers.js';

/** The application on its adapter, not yet listening. Hooks come before `init`, which adds the routes. */
export async function createApp(env: Env): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    logger: loggerOptions(env),
    logController: new QuietLog(),
    genReqId: requestId,
    requestIdHeader: false,
    bodyLimit: limits.body.plain,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: limits.requestHead },
    http: {
      // Node refuses a head of this very size.
      maxHeaderSize: limits.requestHead + 1,
      requireHostHeader: false,
      headersTimeout: Math.min(limits.request.head, env.requestTimeout),
      // Node looks for slow requests every 30 s by default, so that one could take twice its time.
      connectionsCheckingInterval: Math.min(1_000, Math.ceil(env.requestTimeout / 2)),
    },
    requestTimeout: env.requestTimeout,
    connectionTimeout: limits.socket.silent,
    keepAliveTimeout: limits.socket.idle,
    // What was accepted before the end is answered; Fastify would turn it away in a shape of its own.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    frameworkErrors: frameworkFailure,
    clientErrorHandler: answerBrokenRequest,
  });
  const fastify = adapter.getInstance();
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.register(env), adapter, {
    bodyParser: false,
    logger: new NestLogger(fastify.log),
    abortOnError: false,
  });
  if (env.metrics !== undefined) app.get(RequestTimes).watch(fastify);
  registerRawAnswers(fastify.server);
  registerSecurityHeaders(fastify);
  registerPressure(fastify, env.pressureDelay);
  registerRequireHost(fastify);
  registerGracefulClose(fastify, limits.socket.requests);
  registerAccessLog(fastify);
  registerDeadline(fastify, env.requestDeadline);
  registerJsonBody(fastify);
  registerLargeRoutes(fastify);
  await registerCors(fastify, env.corsOrigins);
  const routes = app.get(RouteTable);
  routes.watch(fastify);
  registerExactPaths(fastify, routes);
  return app;
}
