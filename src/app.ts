import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { LogController } from 'fastify';
import { AppModule } from './app.module.js';
import type { Env } from './config/env.js';
import { limits } from './config/limits.js';
import { registerAccessLog } from './http/access-log.js';
import { registerCors } from './http/cors.js';
import { frameworkFailure } from './http/framework-failure.js';
import { registerGracefulClose } from './http/graceful-close.js';
import { registerJsonBody } from './http/json-body.js';
import { registerLargeRoutes } from './http/large-routes.js';
import { loggerOptions, NestLogger } from './http/logger.js';
import { registerExactPaths } from './http/no-such-route.js';
import { answerBrokenRequest } from './http/raw-answers.js';
import { requestId } from './http/request-id.js';
import { registerRequireHost } from './http/require-host.js';
import { RouteTable } from './http/route-table.js';
import { registerSecurityHeaders } from './http/security-headers.js';

/** The application on its adapter, not yet listening. Hooks come before `init`, which adds the routes. */
export async function createApp(env: Env): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    logger: loggerOptions(env),
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestId,
    requestIdHeader: false,
    bodyLimit: limits.body.plain,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: limits.requestHead },
    http: { maxHeaderSize: limits.requestHead, requireHostHeader: false },
    requestTimeout: limits.request * 2,
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
  registerSecurityHeaders(fastify);
  registerRequireHost(fastify);
  registerGracefulClose(fastify);
  registerAccessLog(fastify);
  registerJsonBody(fastify);
  registerLargeRoutes(fastify);
  await registerCors(fastify, env.corsOrigins);
  const routes = app.get(RouteTable);
  routes.watch(fastify);
  registerExactPaths(fastify, routes);
  return app;
}
