import { Global, Module } from '@nestjs/common';
import { Readiness } from './readiness.js';
import { Sql } from './sql.js';

/** The one door to the database, for every repository. */
@Global()
@Module({ providers: [Sql, Readiness], exports: [Sql, Readiness] })
export class SqlModule {}
