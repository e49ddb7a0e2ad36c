/**
 * Floor B: what a careful hand would write for exactly these requests and nothing else. Fastify, mysql2 with prepared statements,
 * compiled serializers, and an HS256 check. No roles, no log, no limits, no errors: the same bytes in the good case.
 */
import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import fastify from 'fastify';
import { createPool } from 'mysql2';
import { v7 as uuidv7 } from 'uuid';
import { oneSchema, pageSchema } from './floor-schema.mjs';
import { searchedColumns, statements } from './floor-statements.mjs';

const { DATABASE_URL, JWT_SECRET, WORLD } = process.env;
const world = JSON.parse(WORLD);
const key = createSecretKey(Buffer.from(JWT_SECRET, 'utf8'));
const pool = createPool({ uri: DATABASE_URL, connectionLimit: 10, dateStrings: true, charset: 'utf8mb4', timezone: 'Z' });

const rows = (sql, params) =>
  new Promise((resolve, reject) =>
    pool.execute({ sql, rowsAsArray: true }, params, (error, result) => (error ? reject(error) : resolve(result))),
  );

/** Claims of a bearer token that is signed and has not expired. By hand: a third of what a library takes. */
function verified(header) {
  const token = header?.slice(7) ?? '';
  const dot = token.lastIndexOf('.');
  const signature = createHmac('sha256', key).update(token.slice(0, dot)).digest();
  const given = Buffer.from(token.slice(dot + 1), 'base64url');
  if (given.length !== signature.length || !timingSafeEqual(given, signature)) return undefined;
  const claims = JSON.parse(Buffer.from(token.slice(token.indexOf('.') + 1, dot), 'base64url').toString());
  return claims.exp > Date.now() / 1000 ? claims : undefined;
}

/** The binary protocol leaves out a fraction of nothing. */
const time = (text) => `${text.slice(0, 10)}T${text.slice(11, 19)}.${text.slice(20) || '000'}Z`;

const segment = (row) => ({
  id: row[0],
  name: row[1],
  description: row[2],
  definition: row[3],
  organization: { id: row[4], name: row[5] },
  project: { id: row[6], name: row[7], asset_type: row[8] },
  model: { id: row[9], name: row[10], version: row[11] },
  created_at: time(row[12]),
  updated_at: time(row[13]),
  created_by: { id: row[14], full_name: row[15], email: row[16] },
  updated_by: { id: row[17], full_name: row[18], email: row[19] },
});

const one = (data) => ({ api_version: '3.0', kind: 'NORMAL', data });

async function page(sql, params, { limit, offset = '0' }) {
  const total = (await rows(sql.count, params))[0][0];
  const items = (await rows(sql.page, [...params, limit, offset])).map(segment);
  const size = Number(limit);
  const data = {
    page_size: size,
    item_count: items.length,
    total,
    page_count: Math.max(1, Math.ceil(total / size)),
    page_index: Math.floor(Number(offset) / size) + 1,
    offset: Number(offset),
    items,
  };
  return { api_version: '3.0', kind: 'PAGINATED', data };
}

const { organizationId, like } = world;
const { organization, project, model, created_by: user } = like;
const places = { organization, project, model };
const app = fastify();

app.addHook('onRequest', (request, reply, done) => {
  if (verified(request.headers.authorization) === undefined) reply.code(401).send();
  else done();
});

app.get('/v3/segments/:id', { schema: oneSchema }, async ({ params }) =>
  one(segment((await rows(statements.one, [params.id, organizationId]))[0])),
);
app.get('/v3/segments', { schema: pageSchema }, ({ query }) =>
  query.search === undefined
    ? page(statements.all, [organizationId], query)
    : page(statements.search, [organizationId, ...Array(searchedColumns).fill(query.search)], query),
);
app.get('/v3/models/:id/segments', { schema: pageSchema }, ({ params, query }) =>
  query.filter === undefined
    ? page(statements.ofModel, [organizationId, params.id], query)
    : page(statements.named, [organizationId, params.id, JSON.parse(query.filter).rules[0].value], query),
);
app.post('/v3/segments', { schema: oneSchema }, async ({ body: { model_id, name, description, definition } }) => {
  const id = uuidv7();
  const now = new Date().toISOString();
  const stored = `${now.slice(0, 10)} ${now.slice(11, -1)}`;
  const texts = [name, name.toLowerCase(), description, description.toLowerCase(), definition, definition.toLowerCase()];
  const fingerprint = '0'.repeat(32);
  await rows(statements.insert, [id, organizationId, project.id, model_id, ...texts, fingerprint, stored, stored, user.id, user.id]);
  return one({ id, name, description, definition, ...places, created_at: now, updated_at: now, created_by: user, updated_by: user });
});

console.log(await app.listen({ port: 0, host: '127.0.0.1' }));
