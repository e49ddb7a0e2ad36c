/** What the service must not start with. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onlyStatuses } from './client.mjs';
import { Lab, startServer } from './lab.mjs';

/** Starts the service with what must be refused. */
async function refused(lab, url, env = {}) {
  const start = performance.now();
  const run = lab.run('main.js', [], url, { env });
  const code = await run.ended;
  return { code, ms: Math.round(performance.now() - start), output: run.output.trim() };
}

async function credentials(lab) {
  const { url } = await lab.database();
  const changed = (change) => {
    const other = new URL(url);
    change(other);
    return other.href;
  };
  const outcomes = [
    await refused(
      lab,
      changed((other) => (other.password = 'hunter2')),
    ),
    await refused(
      lab,
      changed((other) => (other.pathname = '/nosuchdatabase')),
    ),
    await refused(
      lab,
      changed((other) => (other.port = '1')),
    ),
    await refused(lab, url, { NODE_ENV: 'production', JWT_ISSUER: '' }),
  ];
  const named = outcomes.filter(({ output }) => /DATABASE_URL|JWT_ISSUER/.test(output)).length;
  const leaks = outcomes.filter(({ output }) => output.includes('hunter2') || output.includes(new URL(url).password)).length;
  return {
    pass: outcomes.every(({ code }) => code === 1) && named === outcomes.length && leaks === 0,
    measured: `exits ${outcomes.map(({ code }) => code).join(', ')} after ${outcomes.map(({ ms }) => ms).join(', ')} ms with the start of Node; ${named} of ${outcomes.length} name the variable, ${leaks} show the value`,
  };
}

/** An authority and a certificate for localhost that it signed. */
function authority(directory, name) {
  const at = (file) => join(directory, `${name}-${file}`);
  const openssl = (...args) => execFileSync('openssl', args, { stdio: 'pipe' });
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    '-subj',
    `/CN=${name}`,
    '-keyout',
    at('ca-key.pem'),
    '-out',
    at('ca.pem'),
  );
  openssl('req', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=database', '-keyout', at('key.pem'), '-out', at('request.pem'));
  writeFileSync(at('names'), 'subjectAltName=DNS:localhost');
  openssl(
    'x509',
    '-req',
    '-days',
    '2',
    '-in',
    at('request.pem'),
    '-CA',
    at('ca.pem'),
    '-CAkey',
    at('ca-key.pem'),
    '-CAcreateserial',
    '-extfile',
    at('names'),
    '-out',
    at('cert.pem'),
  );
  return { ca: at('ca.pem'), cert: at('cert.pem'), key: at('key.pem') };
}

async function wrongAuthority(lab) {
  const right = authority(lab.directory, 'right');
  const wrong = authority(lab.directory, 'wrong');
  const server = await startServer([`--ssl-cert=${right.cert}`, `--ssl-key=${right.key}`]);
  const own = new Lab(server);
  try {
    const database = await own.filled();
    const url = database.url.replace('127.0.0.1', 'localhost');
    const other = await refused(own, url, { DATABASE_CA_FILE: wrong.ca });
    const service = await own.service(url, { env: { DATABASE_CA_FILE: right.ca } });
    const good = await service.client().get('/v3/segments?limit=1');
    const ready = await service.anonymous().get('/health/ready');
    const ciphers = await own.sql("SHOW GLOBAL STATUS LIKE 'Ssl_accepts'");
    await server.relaunch(['--skip-ssl']);
    const none = await refused(own, url, { DATABASE_CA_FILE: right.ca });
    return {
      pass:
        other.code === 1 &&
        none.code === 1 &&
        /DATABASE_CA_FILE/.test(other.output) &&
        onlyStatuses([good, ready], 200) &&
        Number(ciphers[0].Value) > 0,
      measured: `another authority: exit ${other.code}, “${other.output.split('\n').at(-1)}”; no TLS at all: exit ${none.code}, “${none.output.split('\n').at(-1)}”; the right one: ${good.status}, ready ${ready.status}, ${ciphers[0].Value} TLS connections`,
    };
  } finally {
    await own.close();
    await server.stop();
  }
}

export const refusals = [
  {
    id: 'F23',
    breaks: 'wrong password, no such database, nobody there, a variable missing',
    promise: 'ends with 1 at once, names the variable, never its value',
    run: credentials,
  },
  { id: 'F27', breaks: 'TLS required, and the certificate is another authority’s', promise: 'refuses to start', run: wrongAuthority },
];
