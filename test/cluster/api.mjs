/** Requests as one user of the fixture. */
import { randomUUID } from 'node:crypto';

/** @returns {Promise<{ status: number, body: any, headers?: Headers }>} status 0: no answer at all */
export async function request(url, token, method, path, json, headers = {}) {
  try {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      body: json === undefined ? undefined : JSON.stringify(json),
      signal: AbortSignal.timeout(20_000),
    });
    const text = await response.text();
    // HAProxy has an answer of its own when no process is ready.
    const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
    return { status: response.status, body: isJson && text !== '' ? JSON.parse(text) : text, headers: response.headers };
  } catch (error) {
    return { status: 0, body: String(error.cause?.code ?? error.message) };
  }
}

const definition = 'age > 50';

export const createSegment = (url, token, modelId, name, headers) =>
  request(url, token, 'POST', '/v3/segments', { model_id: modelId, name, definition }, headers);

export const createSegments = (url, token, modelId, names, onConflict) =>
  request(url, token, 'POST', `/v3/models/${modelId}/segments/bulk`, {
    on_conflict: onConflict,
    segments: names.map((name) => ({ name, definition })),
  });

/** @returns the id of a new model in the same project @throws Error when it is refused */
export async function createModel(url, token, projectId) {
  const answer = await request(url, token, 'POST', '/v3/models', {
    name: `model ${randomUUID()}`,
    project_id: projectId,
    input_type: 'structured',
    task: 'not_set',
    schema: { columns: [{ name: 'age', data_type: 'int' }] },
    spec: { inputs: ['age'] },
  });
  return dataOf(answer).id;
}

export const withFilter = (path, field, operator, value, more = '') =>
  `${path}?filter=${encodeURIComponent(JSON.stringify({ rules: [{ field, operator, value }] }))}${more}`;

/** @returns the `data` of the answer @throws Error when it is no success */
export function dataOf({ status, body }) {
  if (status !== 200) throw new Error(`answered ${status || 'nothing'}: ${body?.error?.message ?? body}`);
  return body.data;
}

export const failed = ({ status }) => status !== 200;
