"""Models: the constructor with every member, versions, look-ups, delete with its job."""

import uuid

import pandas

from world import CONFLICT, NOT_FOUND, NOT_FOUND_IN_LIST, failure, fdl, small_model

COLUMNS = [
    fdl.Column(name='age', data_type=fdl.DataType.INTEGER, min=18, max=92, bins=[18, 40.5, 92], replace_with_nulls=[-1, 'NA']),
    fdl.Column(name='geography', data_type=fdl.DataType.CATEGORY, categories=['Hawaii', 'Texas']),
    fdl.Column(name='Größe "cm"', data_type=fdl.DataType.FLOAT, min=0.5, max=250.25),
    fdl.Column(name='active', data_type=fdl.DataType.BOOLEAN),
    fdl.Column(name='comment', data_type=fdl.DataType.STRING),
    fdl.Column(name='seen', data_type=fdl.DataType.TIMESTAMP),
    fdl.Column(name='embedding', data_type=fdl.DataType.VECTOR, n_dimensions=3),
    fdl.Column(name='predicted', data_type=fdl.DataType.FLOAT, min=0, max=1),
    fdl.Column(name='churn', data_type=fdl.DataType.CATEGORY, categories=['no', 'yes']),
]
FEATURES = [
    fdl.Multivariate(name='several', columns=['age', 'predicted'], monitor_components=True),
    fdl.VectorFeature(name='vector', column='embedding'),
    fdl.TextEmbedding(name='text', column='embedding', source_column='comment'),
    fdl.ImageEmbedding(name='image', column='embedding', source_column='comment'),
    fdl.Enrichment(name='enriched', columns=['comment'], enrichment='toxicity', config={'deep': {'list': [1, None]}}),
]
# Exactly what the constructor takes; each member is to come back as it was sent.
FULL = {
    'version': 'v1',
    'task': 'binary_classification',
    'input_type': 'mixed',
    'schema': fdl.ModelSchema(columns=COLUMNS),
    'spec': fdl.ModelSpec(
        inputs=['age', 'geography', 'Größe "cm"', 'active', 'comment', 'embedding'],
        outputs=['predicted'],
        targets=['churn'],
        metadata=['seen'],
        custom_features=FEATURES,
    ),
    'task_params': fdl.ModelTaskParams(
        binary_classification_threshold=0.5, target_class_order=['no', 'yes'], class_weights=[0.1, 0.9], weighted_ref_histograms=True
    ),
    'xai_params': fdl.XaiParams(custom_explain_methods=['mine'], default_explain_method='mine'),
    'description': 'läuft',
    'event_id_col': 'comment',
    'event_ts_col': 'seen',
    'event_ts_format': '%Y-%m-%d',
}


def models(world):
    project = world.project('models')
    model = fdl.Model(name='full', project_id=project.id, **FULL)
    yield 'create answers the object itself', lambda: model.create() is model, True
    fetched = fdl.Model.get(model.id)
    for member, sent in FULL.items():
        yield f'{member} after create', lambda: getattr(model, member), sent
        yield f'{member} after get', lambda: getattr(fetched, member), sent
    yield 'artifacts of a new model', lambda: (fetched.artifact_status, fetched.artifact_files), ('no_model', [])
    yield 'a new model ranks nothing', lambda: fetched.is_binary_ranking_model, False
    yield 'its project', lambda: (fetched.project_id, fetched.project.name), (project.id, project.name)
    yield 'its author', lambda: (fetched.created_by.email, fetched.updated_by.full_name), ('ada@acme.test', 'Ada Admin')

    bare = fdl.Model(name='bare', project_id=str(project.id), schema=fdl.ModelSchema(columns=[]), spec=fdl.ModelSpec()).create()
    yield 'defaults', lambda: (bare.version, bare.task, bare.input_type), ('v1', 'not_set', 'structured')
    yield 'parameters left out', lambda: bare.task_params, fdl.ModelTaskParams()
    yield 'explanations left out', lambda: bare.xai_params, fdl.XaiParams()
    for member in ['description', 'event_id_col', 'event_ts_col', 'event_ts_format']:
        yield f'{member} left out', lambda: getattr(bare, member) or None, None

    second = model.duplicate(version='v2').create()
    third = model.duplicate(version='a third, ünïcode "version"').create()
    versions = sorted([model.version, second.version, third.version])
    yield 'create twice', lambda: failure(lambda: fdl.Model(name='full', project_id=project.id, **FULL).create()), CONFLICT
    yield 'from_name answers the first version', lambda: fdl.Model.from_name('full', project.id).id, model.id
    yield 'from_name, latest', lambda: fdl.Model.from_name('full', project.id, latest=True).id, third.id
    for each in [model, second, third]:
        yield f'from_name, version {each.version}', lambda: fdl.Model.from_name('full', project.id, version=each.version).id, each.id
    yield 'from_name, no such version', lambda: failure(lambda: fdl.Model.from_name('full', project.id, version='v9')), NOT_FOUND
    yield 'from_name minds the case', lambda: failure(lambda: fdl.Model.from_name('FULL', project.id)), NOT_FOUND
    yield 'from_name in another project', lambda: failure(lambda: fdl.Model.from_name('full', uuid.uuid4())), NOT_FOUND
    yield 'list', lambda: sorted(m.version for m in fdl.Model.list(project.id)), sorted([*versions, 'v1'])
    yield 'list by name', lambda: sorted(m.version for m in fdl.Model.list(project.id, name='full')), versions
    yield 'fetch from a list', lambda: next(iter(fdl.Model.list(project.id, name='bare'))).fetch().id, bare.id
    frame = pandas.DataFrame({'age': [18, 92], 'score': [0.5, 1.0], 'comment': ['a', 'b'], 'active': [True, False]})
    schema = fdl.create_columns_from_df(frame)
    yield 'schema from a data frame', lambda: fdl.Model('framed', project.id, schema, fdl.ModelSpec()).create().schema, schema
    bare.description = 'changed'
    yield 'update', bare.update, None
    yield 'what was updated', lambda: fdl.Model.get(bare.id).description, 'changed'
    late = fdl.Column(name='late', data_type=fdl.DataType.FLOAT, min=0, max=1)
    yield 'add a column', lambda: bare.add_column(late, 'inputs'), None
    yield 'the added column', lambda: (fdl.Model.get(bare.id).schema['late'], fdl.Model.get(bare.id).spec.inputs), (late, ['late'])
    over_late = fdl.Segment(name='over the added column', model_id=bare.id, definition='late > 0.5')
    yield 'a segment over the added column', lambda: over_late.create().name, over_late.name
    renamed = fdl.Model.from_name('full', project.id, version='v2')
    renamed.version = 'v1'
    yield 'update to a version that is taken', lambda: failure(renamed.update), CONFLICT
    yield 'create in no project', lambda: failure(lambda: small_model(uuid.uuid4()).create()), NOT_FOUND

    segment = fdl.Segment(name='s', model_id=second.id, definition='age > 65').create()
    job = second.delete()
    yield 'delete answers a job', lambda: (type(job.id), type(job.name), type(job.info)), (uuid.UUID, str, dict)
    yield 'wait for the job', lambda: job.wait(timeout=30), None
    yield 'the job is done', lambda: (job.status, job.progress, job.error_message), (fdl.JobStatus.SUCCESS, 100, None)
    yield 'the job can be read again', lambda: fdl.Job.get(job.id, verbose=True).status, 'SUCCESS'
    yield 'a deleted model', lambda: failure(lambda: fdl.Model.get(second.id)), NOT_FOUND
    yield 'its segment is gone', lambda: failure(lambda: fdl.Segment.get(segment.id)), NOT_FOUND
    yield 'its segments cannot be listed', lambda: failure(lambda: list(fdl.Segment.list(second.id))), NOT_FOUND_IN_LIST
    yield 'the other versions stay', lambda: fdl.Model.get(model.id).version, 'v1'
    yield 'delete twice', lambda: failure(lambda: second.delete()), NOT_FOUND
    yield 'no such job', lambda: failure(lambda: fdl.Job.get(uuid.uuid4())), NOT_FOUND
