/** That the candidates do the same work: each answers what the service answers. */
import { deepStrictEqual } from 'node:assert';

const ask = async (url, token, { method, path, body }) => {
  const headers = { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
  const response = await fetch(new URL(path, url), {
    method,
    headers,
    body: body?.replaceAll('{n}', `${process.pid}-${Date.now()}-${Math.random()}`),
  });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${method} ${path} answers ${response.status}: ${text}`);
  return text;
};

/** The service's answers: by address for floor A, and the first segment for what floor B repeats. */
export async function answersOf(url, { token }, works) {
  const texts = {};
  for (const request of Object.values(works).flat())
    texts[request.method === 'GET' ? request.path : request.path === '/v3/segments' ? 'create' : request.path] = await ask(
      url,
      token,
      request,
    );
  // What was made for its answer goes again: the other candidates count the same rows, or rows of their own.
  await ask(url, token, { method: 'DELETE', path: `/v3/segments/${JSON.parse(texts.create).data.id}` });
  return { texts, like: JSON.parse(texts[works['get by id'][0].path]).data };
}

/** @throws Error where an answer to the first request of a work is another one */
export async function compareAnswers(name, url, { token }, works, { texts }, passes = []) {
  for (const [work, [request]] of Object.entries(works)) {
    if (work === 'create' || work === 'validate' || passes.includes(work)) continue;
    const text = await ask(url, token, request);
    try {
      deepStrictEqual(JSON.parse(text), JSON.parse(texts[request.path]));
    } catch (error) {
      throw new Error(`${name} answers otherwise to ${work}: ${error.message}`, { cause: error });
    }
  }
}
