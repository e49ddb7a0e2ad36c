/** Requests as one user of the fixture, and a load of them whose every answer is kept. */

/** @returns {Promise<{ status: number, body: any }>} status 0: no answer at all */
export async function request(url, token, method, path, json) {
  try {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(json === undefined ? {} : { 'content-type': 'application/json' }) },
      body: json === undefined ? undefined : JSON.stringify(json),
      signal: AbortSignal.timeout(20_000),
    });
    const text = await response.text();
    // HAProxy has an answer of its own when no process is ready.
    const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
    return { status: response.status, body: isJson && text !== '' ? JSON.parse(text) : text };
  } catch (error) {
    return { status: 0, body: String(error.cause?.code ?? error.message) };
  }
}

export const createSegment = (url, token, modelId, name) =>
  request(url, token, 'POST', '/v3/segments', { model_id: modelId, name, definition: 'age > 50' });

/** Connections of a load. */
const connections = 16;

/**
 * Half of the connections create segments of ever new names, half read a page of them, until `stop`.
 * @returns stop: all answers, as `{ at, kind, status, name?, id? }`, `at` being when the answer came, in milliseconds
 */
export function startLoad(url, token, modelId, prefix) {
  const answers = [];
  let running = true;
  const creator = async (worker) => {
    for (let n = 0; running; n++) {
      const name = `${prefix} ${worker}.${n}`;
      const { status, body } = await createSegment(url, token, modelId, name);
      answers.push({ at: performance.now(), kind: 'create', status, name, id: body?.data?.id });
      await pause();
    }
  };
  const reader = async () => {
    while (running) {
      const { status } = await request(url, token, 'GET', `/v3/models/${modelId}/segments?limit=5`);
      answers.push({ at: performance.now(), kind: 'read', status });
      await pause();
    }
  };
  const workers = Array.from({ length: connections }, (_, at) => (at % 2 === 0 ? creator(at) : reader()));
  return {
    answers,
    async stop() {
      running = false;
      await Promise.all(workers);
      return answers;
    },
  };
}

/** A load that leaves the machine something to fail over with. */
const pause = () => new Promise((resolve) => setTimeout(resolve, 20));

export const failed = ({ status }) => status !== 200;
