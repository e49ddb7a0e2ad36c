import { Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { EnvelopeInterceptor } from './envelope.interceptor.js';
import { ErrorFilter } from './error.filter.js';
import { HealthController } from './health.controller.js';
import { RouteTable } from './route-table.js';
import { ValidationPipe } from './validation.pipe.js';

/** The edge, for every controller. */
@Module({
  controllers: [HealthController],
  providers: [
    RouteTable,
    { provide: APP_PIPE, useClass: ValidationPipe },
    { provide: APP_FILTER, useClass: ErrorFilter },
    { provide: APP_INTERCEPTOR, useClass: EnvelopeInterceptor },
  ],
  exports: [RouteTable],
})
export class HttpModule {}
