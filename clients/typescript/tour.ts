/**
 * The tour of the README, by this client, on the demo that an empty database is filled with:
 *
 *     npm run build:client && node clients/typescript/dist/tour.js http://127.0.0.1:3000 "$T"
 */
import { ApiError, segmentsClient } from './client.js';

const [baseUrl = 'http://127.0.0.1:3000', token = ''] = process.argv.slice(2);
const segments = segmentsClient({ baseUrl, token });

/** What a refusal says: the first line for people, then each problem with its place and the edit that mends it. */
async function refusal(attempt: Promise<unknown>): Promise<string> {
  const error = await attempt.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ApiError)) throw error ?? new Error('It was not refused.');
  const problems = error.errors.map(({ reason, field, position, suggestions = [] }) =>
    [reason, field, position && `${position.line}:${position.column}`, ...suggestions.map(({ title }) => title)]
      .filter(Boolean)
      .join(' | '),
  );
  return [`${error.status} ${error.message}`, ...problems].join('\n    ');
}

const model_version = JSON.stringify({
  rules: [
    { field: 'name', operator: 'equal', value: 'churn_classifier' },
    { field: 'version', operator: 'equal', value: 'v2' },
  ],
});
const [model] = (await segments.get('/v3/models', { params: { query: { filter: model_version } } })).items;
if (model === undefined) throw new Error('This is not the demo.');
const model_id = model.id;

console.log('Find');
const filter = JSON.stringify({ field: 'columns', operator: 'any', value: ['geography'] });
for await (const { items, page_index, page_count } of segments.pages('/v3/segments', { params: { query: { filter, limit: 1 } } }))
  for (const { name, definition } of items) console.log(`  ${page_index}/${page_count} ${name}: ${definition}`);

console.log('Create, wrongly');
const wrong = { model_id, name: 'Long-standing', definition: "agee > 60 and tenure >= '10'" };
console.log(`  ${await refusal(segments.post('/v3/segments', { body: wrong }))}`);

console.log('Ask first');
const verdict = await segments.post('/v3/segments/validate', { body: { model_id, definition: 'age > 65 or age < 70' } });
for (const { code, message } of verdict.warnings) console.log(`  ${code} ${message}`);

console.log('Try it on rows');
const rows = [{ age: 61, geography: 'Hawaii' }, { age: 61 }, { age: 40, geography: 'Hawaii' }];
const definition = "age > 50 and geography == 'Hawaii'";
const tried = await segments.post('/v3/segments/evaluate', { body: { model_id, definition, rows, explain: true } });
tried.results.forEach((result, at) => {
  const clauses = tried.explanations?.[at]?.clauses.map(({ text, result: held }) => `${text} is ${held}`) ?? [];
  console.log(`  ${result}: ${clauses.join(', ')}`);
});

console.log('Create, and sent twice');
const from = await segments.lastSequence();
const body = { model_id, name: 'Islanders over 50', definition };
const created = await segments.post('/v3/segments', { body });
console.log(`  ${created.name} by ${created.created_by.email}`);
console.log(`  ${await refusal(segments.post('/v3/segments', { body }))}`);

console.log('Asked again');
const { response } = await segments.http.GET('/v3/segments/{uuid}', { params: { path: { uuid: created.id } } });
const headers = { 'if-none-match': response.headers.get('etag') };
const again = await segments.http.GET('/v3/segments/{uuid}', { params: { path: { uuid: created.id } }, headers });
console.log(`  ${response.status}, then ${again.response.status}`);

console.log('Delete, and what happened');
await segments.delete('/v3/segments/{uuid}', { params: { path: { uuid: created.id } } });
for await (const { type, segment } of segments.follow({ after: from })) {
  console.log(`  ${type} ${segment.name}`);
  if (type === 'segment.deleted') break;
}
