import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { ApplyService } from './admin/apply.service.js';
import { demoFixture, demoUser } from './admin/demo.js';
import { issueToken } from './admin/issue-token.js';
import { createApp } from './app.js';
import type { Env } from './config/env.js';
import { migrate } from './database/migrate.js';
import { UserService } from './modules/user/user.service.js';
import { shutdownOnSignals } from './shutdown.js';
import { buildDocument, mountSwagger } from './swagger.js';

/** Seconds that the token printed at a demo start is good for. */
const demoTokenLife = 24 * 3600;

/** Migrates, seeds an empty embedded database, listens, and says where to go. Ends the process with 1 when it cannot. */
export async function startService(env: Env): Promise<void> {
  try {
    const app = await createApp(env);
    await migrate(app.get<DataSource>(getDataSourceToken()));
    const demoToken = await seedDemo(app, env);
    if (env.docs) mountSwagger(app, buildDocument(app));
    shutdownOnSignals(app, env);
    await app.listen(env.port, env.host);
    announce(await app.getUrl(), env, demoToken);
  } catch (error) {
    process.stderr.write(`The service could not start: ${reasonOf(error)}\n`);
    process.exit(1);
  }
}

/** A token of the demo's administrator, where there is a demo: not in production, and only in an embedded database. */
async function seedDemo(app: NestFastifyApplication, env: Env): Promise<string | undefined> {
  if (env.mode === 'production' || env.database.engine !== 'sqlite') return undefined;
  const apply = app.get(ApplyService);
  if (await apply.isEmpty()) await apply.apply(demoFixture);
  const user = await app.get(UserService).findByEmail(demoUser);
  return user === undefined ? undefined : issueToken(env, user.id, demoTokenLife);
}

function announce(url: string, env: Env, token: string | undefined): void {
  const base = url.replace('[::1]', '127.0.0.1').replace('0.0.0.0', '127.0.0.1');
  if (env.mode === 'production') return new Logger('start').warn({ listening: base });
  const lines = [`Segments API is listening on ${base}`, `  Swagger UI  ${base}/docs`, `  OpenAPI     ${base}/openapi.json`];
  if (token !== undefined) {
    lines.push('', `  Demo token, good for a day, of ${demoUser} (Org Admin and Project Admin):`, `  ${token}`, '', '  Try it:');
    lines.push(`  curl -s '${base}/v3/segments?limit=3' -H 'Authorization: Bearer ${token}'`);
  }
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** The first line of what went wrong; a database's own text may quote what it was given. */
function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  if (code === 'EADDRINUSE') return 'the port is taken; set PORT to another one.';
  const hints: Record<string, string> = {
    ECONNREFUSED: 'no database answers at DATABASE_URL.',
    ENOTFOUND: 'the host of DATABASE_URL is not known.',
    ETIMEDOUT: 'the database of DATABASE_URL does not answer.',
    ER_ACCESS_DENIED_ERROR: 'the database of DATABASE_URL refuses this user or password.',
    ER_DBACCESS_DENIED_ERROR: 'the user of DATABASE_URL may not use this database.',
    ER_BAD_DB_ERROR: 'the database named in DATABASE_URL does not exist.',
    SQLITE_CANTOPEN: 'the file of DATABASE_URL cannot be opened.',
  };
  return hints[String(code)] ?? String(message ?? error).split('\n')[0] ?? 'unknown reason';
}
