import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { ApplyService } from './admin/apply.service.js';
import { demoFixture, demoUser } from './admin/demo.js';
import { issueToken } from './admin/issue-token.js';
import { createApp } from './app.js';
import { databaseTrouble } from './config/database-trouble.js';
import type { Env } from './config/env.js';
import { migrate } from './database/migrate.js';
import { OrganizationService } from './modules/organization/organization.service.js';
import { addressOf } from './metrics/listener.js';
import { Pruner } from './modules/pruning/pruner.js';
import { UserService } from './modules/user/user.service.js';
import { observe } from './observe.js';
import { shutdownOnSignals } from './shutdown.js';
import { buildDocument, mountSwagger } from './swagger.js';

/** Seconds that the token printed at a demo start is good for. */
const demoTokenLife = 24 * 3600;

/** Where the page with the demo token in it is for this machine alone. */
const loopback: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);

/** Migrates, seeds an empty embedded database, listens, and says where to go. Ends the process with 1 when it cannot. */
export async function startService(env: Env): Promise<void> {
  try {
    const app = await createApp(env);
    await migrate(app.get<DataSource>(getDataSourceToken()));
    const demoToken = await seedDemo(app, env);
    if (env.docs) mountSwagger(app, buildDocument(app), loopback.has(env.host) ? demoToken : undefined);
    shutdownOnSignals(app, env);
    const metrics = await observe(app, env);
    await app.listen(env.port, env.host);
    app.get(Pruner).start();
    announce(await app.getUrl(), env, demoToken, metrics && addressOf(metrics));
  } catch (error) {
    process.stderr.write(`The service could not start: ${reasonOf(error)}\n`);
    process.exit(1);
  }
}

/** A token of the demo's administrator, where there is a demo (not in production, only embedded) and a key to sign with. */
async function seedDemo(app: NestFastifyApplication, env: Env): Promise<string | undefined> {
  if (env.mode === 'production' || env.database.engine !== 'sqlite') return undefined;
  if (await app.get(OrganizationService).isEmpty()) await app.get(ApplyService).apply(demoFixture);
  const user = await app.get(UserService).findByEmail(demoUser);
  const canSign = env.jwt.keys.some((key) => key.sign !== undefined);
  return user === undefined || !canSign ? undefined : issueToken(env, user.id, demoTokenLife);
}

function announce(url: string, env: Env, token: string | undefined, metrics: string | undefined): void {
  const base = url.replace('[::1]', '127.0.0.1').replace('0.0.0.0', '127.0.0.1');
  if (env.mode === 'production') return new Logger('start').warn({ listening: base, metrics });
  const lines = [`Segments API is listening on ${base}`, `  Swagger UI  ${base}/docs`, `  OpenAPI     ${base}/openapi.json`];
  if (metrics !== undefined) lines.push(`  Metrics     ${metrics}`);
  if (token !== undefined) {
    lines.push('', `  Demo token, good for a day, of ${demoUser} (Org Admin and Project Admin):`, `  ${token}`, '', '  Try it:');
    lines.push(`  curl -s '${base}/v3/segments?limit=3' -H 'Authorization: Bearer ${token}'`);
  }
  // Who reads this may be gone already; that is no reason to end.
  process.stdout.on('error', () => undefined);
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** The first line of what went wrong; a database's own text may quote what it was given. */
function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  if (code === 'EADDRINUSE') return 'the port is taken; set PORT (or METRICS_PORT) to another one.';
  return databaseTrouble(error) ?? String(message ?? error).split('\n')[0] ?? 'unknown reason';
}
