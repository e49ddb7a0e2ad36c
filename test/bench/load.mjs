/**
 * The load generator, a process of its own: takes one job at a time from its parent, answers with what it saw. A job is
 * `{ url, token, requests: [{ method, path, body? }], connections, amount, seconds }`: so many
 * requests, or as many as those seconds allow; `{n}` in a body becomes a number never used before.
 */
import autocannon from 'autocannon';

let unique = 0;

const prepared = ({ method, path, body }, token) => {
  const headers = { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
  if (!body?.includes('{n}')) return { method, path, headers, body };
  return {
    method,
    path,
    headers,
    setupRequest: (request) => ({ ...request, body: body.replaceAll('{n}', `${process.pid}-${Date.now()}-${unique++}`) }),
  };
};

function run({ url, token, requests, connections, amount, seconds }) {
  const times = [];
  const statuses = {};
  const start = performance.now();
  let last = start;
  return new Promise((resolve, reject) => {
    const options = { url, connections, amount, requests: requests.map((one) => prepared(one, token)) };
    const load = autocannon(options, (error, result) => {
      if (error) return reject(error);
      times.sort((a, b) => a - b);
      const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
      const rate = times.length / ((last - start) / 1000);
      resolve({ answers: times.length, rate, p50: at(0.5), p99: at(0.99), statuses, errors: result.errors + result.timeouts });
    });
    const timer = setTimeout(() => load.stop(), seconds * 1000);
    load.once('done', () => clearTimeout(timer));
    load.on('response', (_client, status, _bytes, milliseconds) => {
      last = performance.now();
      times.push(milliseconds);
      statuses[status] = (statuses[status] ?? 0) + 1;
    });
  });
}

process.on('message', async (job) => {
  try {
    process.send({ result: await run(job) });
  } catch (error) {
    process.send({ error: String(error?.stack ?? error) });
  }
});
process.on('disconnect', () => process.exit());
