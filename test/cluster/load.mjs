/** A load whose every answer is kept, and what became of it in the database. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createSegment, request } from './api.mjs';

const connections = 16;
/** Milliseconds between two requests of a connection: the machine must have something left to fail over with. */
const pause = 20;

/**
 * Half of the connections create segments of ever new names, half read a page of them, until `stop`.
 * @returns stop: all answers, as `{ from, at, kind, status, name?, id? }`; the times are those of the request and its answer
 */
export function startLoad(url, token, modelId, prefix) {
  const answers = [];
  let running = true;
  const keep = async (kind, asked, more = {}) => {
    const from = performance.now();
    const { status, body } = await asked;
    answers.push({ from, at: performance.now(), kind, status, id: body?.data?.id, ...more });
    await sleep(pause);
  };
  const creator = async (worker) => {
    for (let n = 0; running; n++) {
      const name = `${prefix} ${worker}.${n}`;
      await keep('create', createSegment(url, token, modelId, name), { name });
    }
  };
  const reader = async () => {
    while (running) await keep('read', request(url, token, 'GET', `/v3/models/${modelId}/segments?limit=5`));
  };
  const workers = Array.from({ length: connections }, (_, at) => (at % 2 === 0 ? creator(at) : reader()));
  return {
    async stop() {
      running = false;
      await Promise.all(workers);
      return answers;
    },
  };
}

/** Whether every create that was answered 200 is there, and no name twice. */
export async function kept200s(node, database, prefix, answers) {
  const rows = await node.query('SELECT id, name FROM segment WHERE name LIKE ?', [`${prefix} %`], database);
  const ids = new Set(rows.map(({ id }) => id));
  const created = answers.filter(({ kind, status }) => kind === 'create' && status === 200);
  const lost = created.filter(({ id }) => !ids.has(id)).length;
  const twice = rows.length - new Set(rows.map(({ name }) => name)).size;
  return { text: `${created.length} creates, ${lost} lost, ${twice} twice`, passed: created.length > 0 && lost === 0 && twice === 0 };
}
