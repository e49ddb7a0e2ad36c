/** On one node something goes, on another node something is put into it, at the same moment. */
import { createModel, createSegment, dataOf, request } from './api.mjs';
import { count, said, times } from './words.mjs';

const rounds = { segment: 60, model: 20 };

const put = ({ url }, token, id) => request(url, token, 'PUT', `/v3/segments/${id}/references/alert/one`, {});
const remove = ({ url }, token, path) => request(url, token, 'DELETE', path);

const inWords = (what, [first, second]) => `${what} ${first.status}, delete ${second.status}`;

/** Rows that say of another one that it is there, and it is not. */
const orphans = {
  references: 'segment_reference c LEFT JOIN segment p ON p.id = c.segment_id',
  segments: 'segment c LEFT JOIN model p ON p.id = c.model_id',
  texts: 'segment_text c LEFT JOIN segment p ON p.id = c.id',
  counts: 'segment_count c LEFT JOIN model p ON p.id = c.model_id',
};

async function orphansIn({ nodes, database }) {
  const tell = async ([what, from]) => [
    what,
    (await nodes[2].query(`SELECT COUNT(*) AS n FROM ${from} WHERE p.id IS NULL`, [], database))[0].n,
  ];
  return (await Promise.all(Object.entries(orphans).map(tell))).filter(([, n]) => n > 0).map(([what, n]) => `${n} ${what}`);
}

/** A reference to a segment that is being deleted: one of the two is refused. */
export async function references(world) {
  const { apis, token, modelId, projectId } = world;
  const segments = await times(rounds.segment, 2, async (at) => {
    const { id } = dataOf(await createSegment(apis[at % 2].url, token, modelId, `referred ${at}`));
    const [here, there] = at % 2 === 0 ? apis : apis.toReversed();
    return inWords('put', await Promise.all([put(here, token, id), remove(there, token, `/v3/segments/${id}`)]));
  });
  const models = await times(rounds.model, 2, async (at) => {
    const [here, there] = at % 2 === 0 ? apis : apis.toReversed();
    const model = await createModel(here.url, token, projectId);
    const { id } = dataOf(await createSegment(here.url, token, model, 'referred'));
    return inWords('put', await Promise.all([put(here, token, id), remove(there, token, `/v3/models/${model}`)]));
  });
  const left = await orphansIn(world);
  return {
    measured: `segment: ${said(count(segments))}; its model: ${said(count(models))}; ${left.join(', ') || '0 orphans'}`,
    passed:
      segments.every((outcome) => /^(put 200, delete 409|put 404, delete 200)$/.test(outcome)) &&
      models.every((outcome) => /^(put 200, delete 409|put 404, delete 202)$/.test(outcome)) &&
      left.length === 0,
  };
}

/** A segment in a model that is being deleted: it is refused, or goes with the model and the feed tells of its end. */
export async function models(world) {
  const { apis, token, projectId, nodes, database } = world;
  const made = await times(rounds.model, 2, async (at) => {
    const [here, there] = at % 2 === 0 ? apis : apis.toReversed();
    const model = await createModel(here.url, token, projectId);
    const both = await Promise.all([createSegment(here.url, token, model, 'late'), remove(there, token, `/v3/models/${model}`)]);
    return { outcome: inWords('create', both), id: both[0].status === 200 ? both[0].body.data.id : undefined };
  });
  const ids = made.flatMap(({ id }) => id ?? []);
  const told = await nodes[2].query(
    "SELECT segment_id AS id FROM segment_event WHERE type = 'segment.deleted' AND segment_id IN (?)",
    [['', ...ids]],
    database,
  );
  const left = await orphansIn(world);
  return {
    measured: `${said(count(made.map(({ outcome }) => outcome)))}; the end of ${told.length} of ${ids.length} told; ${left.join(', ') || '0 orphans'}`,
    passed: made.every(({ outcome }) => /^create (200|404), delete 202$/.test(outcome)) && told.length === ids.length && left.length === 0,
  };
}
