"""Projects: create, get, by name, get or create, list over more than one page, delete with all that is in them."""

import uuid

from world import CONFLICT, INVALID, NOT_FOUND, failure, fdl, small_model


def projects(world):
    name = f'{world.prefix}-one_Project'
    project = fdl.Project(name=name)
    yield 'create answers the object itself', lambda: project.create() is project, True
    yield 'create gives id and times', lambda: (type(project.id), project.created_at == project.updated_at), (uuid.UUID, True)
    yield 'times are in UTC', lambda: project.created_at.utcoffset().total_seconds(), 0
    yield 'get by id', lambda: fdl.Project.get(project.id).name, name
    yield 'get by id as text', lambda: fdl.Project.get(str(project.id)).id, project.id
    yield 'from_name', lambda: fdl.Project.from_name(name).id, project.id
    yield 'get_or_create of one that exists', lambda: fdl.Project.get_or_create(name).id, project.id
    yield 'get_or_create of a new one', lambda: fdl.Project.get_or_create(f'{world.prefix}-two').name, f'{world.prefix}-two'
    yield 'create twice', lambda: failure(lambda: fdl.Project(name=name).create()), CONFLICT
    yield 'from_name of none', lambda: failure(lambda: fdl.Project.from_name('no-such-project')), NOT_FOUND
    yield 'get of none', lambda: failure(lambda: fdl.Project.get(uuid.uuid4())), NOT_FOUND
    for bad in ['', '   ', 'with blank', 'quote"d', 'x' * 256]:
        yield f'create named {bad[:12]!r}', lambda: failure(lambda: fdl.Project(name=bad).create()), INVALID
    yield 'a new project has no models', lambda: list(project.models), []

    many = [f'{world.prefix}-many-{i:03}' for i in range(51)]
    for each in many:
        fdl.Project(name=each).create()
    yield 'list over two pages holds each once', lambda: [p.name for p in fdl.Project.list() if p.name in many], many
    yield 'list has no doubles', lambda: len({p.id for p in fdl.Project.list()}), len(list(fdl.Project.list()))

    model = small_model(project.id).create()
    segment = fdl.Segment(name='s', model_id=model.id, definition='age > 65').create()
    yield 'models of a project', lambda: [(m.id, m.name, m.version) for m in project.models], [(str(model.id), 'small', 'v1')]
    yield 'project of a segment', lambda: segment.project.fetch().name, name
    yield 'delete answers nothing', lambda: project.delete(), None
    yield 'a deleted project', lambda: failure(lambda: fdl.Project.get(project.id)), NOT_FOUND
    yield 'a deleted project by name', lambda: failure(lambda: fdl.Project.from_name(name)), NOT_FOUND
    yield 'its model is gone', lambda: failure(lambda: fdl.Model.get(model.id)), NOT_FOUND
    yield 'its segment is gone', lambda: failure(lambda: fdl.Segment.get(segment.id)), NOT_FOUND
    yield 'delete twice', lambda: failure(lambda: project.delete()), NOT_FOUND
    yield 'the name is free again', lambda: fdl.Project(name=name).create().name, name
