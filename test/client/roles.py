"""Who may do what, as the client sees it; on the fixture's own projects, which are left as they were."""

from world import FORBIDDEN, FORBIDDEN_IN_LIST, NOT_FOUND, NOT_FOUND_IN_LIST, failure, fdl, small_model

CHURN_V1 = '0c1d0000-0000-4000-8000-0000000000a8'
CHURN = '0c1d0000-0000-4000-8000-0000000000a7'
FIXTURE_SEGMENTS = {'seniors', 'Hawaii Customers between 30 and 60'}


def roles(world):
    def segment(model_id=CHURN_V1):
        return fdl.Segment(name=world.prefix, model_id=model_id, definition='age > 65')

    def names():
        return FIXTURE_SEGMENTS - {s.name for s in fdl.Segment.list(CHURN_V1)}

    world.sign_in('WRITER')
    seniors = fdl.Segment.from_name('seniors', CHURN_V1)
    yield 'writer reads', names, set()
    yield 'writer finds the latest version', lambda: fdl.Model.from_name('churn_model', CHURN, latest=True).version, 'v2'
    mine = segment()
    yield 'writer creates', lambda: mine.create().name, world.prefix
    yield 'writer deletes', mine.delete, None
    yield 'writer creates no project', lambda: failure(lambda: world.project('writer')), FORBIDDEN
    yield 'writer deletes no project', lambda: failure(fdl.Project.get(CHURN).delete), FORBIDDEN

    world.sign_in('VIEWER')
    yield 'viewer reads', names, set()
    yield 'viewer creates no segment', lambda: failure(segment().create), FORBIDDEN
    yield 'viewer deletes no segment', lambda: failure(seniors.delete), FORBIDDEN
    yield 'viewer creates no model', lambda: failure(small_model(CHURN).create), FORBIDDEN
    yield 'viewer deletes no model', lambda: failure(fdl.Model.get(CHURN_V1).delete), FORBIDDEN

    world.sign_in('ADMIN')
    yield 'org admin sees the project in the list', lambda: str(fdl.Project.from_name('churn').id), CHURN
    yield 'org admin without a role does not open it', lambda: failure(lambda: fdl.Project.get(CHURN)), FORBIDDEN
    yield 'org admin without a role reads no segment', lambda: failure(lambda: fdl.Segment.get(seniors.id)), FORBIDDEN

    world.sign_in('OUTSIDER')
    yield 'outsider sees no project', lambda: list(fdl.Project.list()), []
    yield 'outsider finds no project by name', lambda: failure(lambda: fdl.Project.from_name('churn')), NOT_FOUND
    yield 'outsider finds no model by name', lambda: failure(lambda: fdl.Model.from_name('churn_model', CHURN)), NOT_FOUND
    yield 'outsider reads no segment', lambda: failure(lambda: fdl.Segment.get(seniors.id)), FORBIDDEN
    yield 'outsider lists no segments of a model', lambda: failure(lambda: list(fdl.Segment.list(CHURN_V1))), FORBIDDEN_IN_LIST
    yield 'outsider creates no segment', lambda: failure(segment().create), FORBIDDEN

    world.sign_in('OTHER_ORG')
    own = fdl.Model.from_name('churn_model', fdl.Project.from_name('churn').id)
    yield 'another organization has its own model of that name', lambda: str(own.id) == CHURN_V1, False
    yield 'another organization sees its own segments', lambda: [s.definition for s in fdl.Segment.list(own.id)], ['age > 70']
    for what, action in {
        'project': lambda: fdl.Project.get(CHURN),
        'model': lambda: fdl.Model.get(CHURN_V1),
        'segment': lambda: fdl.Segment.get(seniors.id),
        'create on a model': segment().create,
        'delete': seniors.delete,
        'segment by name': lambda: fdl.Segment.from_name('seniors', CHURN_V1),
    }.items():
        yield f'another organization: {what}', lambda: failure(action), NOT_FOUND
    yield 'another organization: list of a model', lambda: failure(lambda: list(fdl.Segment.list(CHURN_V1))), NOT_FOUND_IN_LIST

    world.sign_in('WRITER')
    yield 'nothing was lost', lambda: fdl.Segment.get(seniors.id).name, 'seniors'
