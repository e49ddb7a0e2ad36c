import { Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR } from '@nestjs/core';
import { EnvelopeInterceptor } from './envelope.interceptor.js';
import { ErrorFilter } from './error.filter.js';
import { HealthController } from './health.controller.js';
import { RequestTimes } from './request-times.js';
import { RouteTable } from './route-table.js';

/** The edge, for every controller. */
@Module({
  controllers: [HealthController],
  providers: [
    RequestTimes,
    RouteTable,
    { provide: APP_FILTER, useClass: ErrorFilter },
    { provide: APP_INTERCEPTOR, useClass: EnvelopeInterceptor },
  ],
  exports: [RequestTimes, RouteTable],
})
export class HttpModule {}
