import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { apiAt, type Api } from './support/api.js';
import { engine, filledDatabase, type TestDatabase } from './support/database.js';
import { expectError, expectNormal, expectPaginated } from './support/envelope.js';
import { churnV1, pia, wim } from './support/fixtures.js';
import { modelBody } from './support/model-body.js';
import { startService, type Service } from './support/service.js';
import { claimsOf, sign } from './support/token.js';

/**
 * S55: the service opens no connection but those to its database, whatever it is sent. Seen twice: from inside, where every socket
 * that its JavaScript makes is told of, and from outside, where the system lists the sockets of the process (a native module included).
 */
const scratch = mkdtempSync(join(tmpdir(), 'segments-outbound-'));
const spy = join(scratch, 'spy.mjs');
// One write with a mark for each socket of ours, and one with where it led to.
writeFileSync(
  spy,
  `import { subscribe } from 'node:diagnostics_channel';
subscribe('net.client.socket', ({ socket }) => {
  socket.once('connect', () => process.stderr.write('SPY tcp ' + socket.remotePort + '\\n'));
  socket.once('error', () => process.stderr.write('SPY tcp failed\\n'));
});
subscribe('udp.socket', () => process.stderr.write('SPY udp\\n'));
`,
);

let database: TestDatabase;
let service: Service;
let api: Api;
const seen = new Set<string>();
let watching: NodeJS.Timeout;
const databasePort = () => (engine === 'mysql' ? Number(new URL(database.url).port) : undefined);

beforeAll(async () => {
  database = await filledDatabase();
  service = await startService({ databaseUrl: database.url, env: { NODE_OPTIONS: `--import=${pathToFileURL(spy).href}` } });
  api = apiAt(service.url);
  watching = setInterval(() => socketsOf(service.process.pid!).forEach((socket) => seen.add(socket)), 5);
}, 60_000);
afterAll(async () => {
  clearInterval(watching);
  await service?.stop();
  await database?.drop();
  rmSync(scratch, { recursive: true, force: true });
});

/** The sockets of a process that are no answer to somebody: `tcp to 3306`, `udp`. Linux tells; elsewhere there are none to see. */
function socketsOf(pid: number): string[] {
  const inodes = new Set(links(`/proc/${pid}/fd`).flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []));
  return ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((protocol) =>
    rowsOf(`/proc/${pid}/net/${protocol}`).flatMap((row) => {
      const [, local = '', remote = '', state, , , , , , inode = ''] = row.trim().split(/\s+/);
      const listens = state === '0A';
      if (!inodes.has(inode) || listens || port(local) === service.port) return [];
      return [protocol.startsWith('udp') ? 'udp' : `tcp to ${port(remote)}`];
    }),
  );
}

const port = (address: string): number => parseInt(address.split(':')[1] ?? '0', 16);
const rowsOf = (file: string): string[] => reading(() => readFileSync(file, 'utf8').trim().split('\n').slice(1));
const links = (directory: string): string[] =>
  reading(() => readdirSync(directory).flatMap((name) => reading(() => [readlinkSync(join(directory, name))])));
function reading<T>(read: () => T[]): T[] {
  try {
    return read();
  } catch {
    return [];
  }
}

describe('S55 the service calls nobody', () => {
  const outside = 'http://127.0.0.1:9/outside';

  test('S55 whatever it is sent: addresses in tokens, headers, bodies, names and patterns', async () => {
    // A kid that is no key of ours is refused; addresses of keys are passed over.
    expectError(await api.as(sign(claimsOf(wim.id), { header: { kid: outside } })).get('/v3/segments'), 401, 'Unauthorized');
    for (const header of [{ jku: outside }, { x5u: outside }])
      expectPaginated(await api.as(sign(claimsOf(wim.id), { header })).get('/v3/segments'));
    const headers = {
      'x-forwarded-host': '127.0.0.1:9',
      'x-forwarded-for': '127.0.0.1',
      forwarded: `host=${outside}`,
      origin: outside,
      referer: outside,
      'x-original-url': outside,
    };
    const writer = api.as(wim.email);
    expectPaginated(await writer.send('GET', '/v3/segments', { headers }));
    expectPaginated(await writer.get('/v3/segments', { search: outside, filter: { field: 'name', operator: 'equal', value: outside } }));
    const created = expectNormal(
      await writer.post('/v3/segments', {
        model_id: churnV1.id,
        name: outside,
        definition: `geography == '${outside}'`,
        description: `<img src="${outside}"> \${jndi:ldap://127.0.0.1:9/x}`,
      }),
    );
    expectNormal(await writer.post('/v3/segments/evaluate', { segment_id: created.id, rows: [{ geography: outside }] }));
    expectNormal(await api.as(pia.email).post('/v3/models', modelBody({ description: outside, version: 'outside' })));
    expect((await writer.delete(`/v3/segments/${created.id}`)).status).toBe(200);
    for (const path of ['/docs', '/openapi.json', '/health/live', '/health/ready', '/metrics', outside, `//127.0.0.1:9/`])
      await fetch(`${service.url}${path.startsWith('/') ? path : `/${path}`}`).then((answer) => answer.text());
  });

  test('S55 nothing but its database was connected to', async () => {
    const told = [...service.logs().matchAll(/^SPY (.+)$/gm)].map(([, what]) => what);
    const expected = databasePort();
    expect([...new Set(told)]).toEqual(expected === undefined ? [] : [`tcp ${expected}`]);
    expect([...seen]).toEqual(expected === undefined || process.platform !== 'linux' ? [] : [`tcp to ${expected}`]);
  });

  test('S55 a connection to elsewhere would be seen', async () => {
    const started = startService({
      databaseUrl: database.url,
      env: {
        NODE_OPTIONS: `--import=${pathToFileURL(spy).href} --import=data:text/javascript,${encodeURIComponent("import('node:net').then((net)=>net.connect(9,'127.0.0.1').on('error',()=>0))")}`,
      },
    });
    const other = await started;
    try {
      expect(other.logs()).toMatch(/^SPY tcp failed$/m);
    } finally {
      await other.stop();
    }
  });
});
