"""Each class of error that the client knows, with what a person gets to read."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import requests
from fiddler.decorators import handle_api_error

from world import CONFLICT, INVALID, NOT_FOUND, NOT_FOUND_IN_LIST, failure, fdl, small_model

# A definition that no segment can have -> the reason given.
DEFINITIONS = {
    'agee > 65': 'FQL_UNKNOWN_COLUMN',
    'age >': 'FQL_UNEXPECTED_END',
    '(age > 65': 'FQL_UNBALANCED_PAREN',
    'age = 65': 'FQL_SINGLE_EQUALS',
    "age == '65'": 'FQL_TYPE_MISMATCH',
    'sum(age) > 5': 'FQL_AGGREGATE_IN_SEGMENT',
    'age': 'FQL_NOT_BOOLEAN',
    '  ': 'FQL_EMPTY',
}


def message(action):
    """The client shows a person nothing but the message of the error."""
    try:
        action()
    except fdl.ApiError as error:
        return str(error)
    return ''


def drop_first_answer(session):
    """The server does its work, then the answer is lost on the way; afterwards all is well again."""
    send = session.send

    def lose(request, **options):
        session.send = send
        send(request, **options)
        raise requests.ConnectionError('the answer was lost')

    session.send = lose


def errors(world):
    model = small_model(world.project('errors').id).create()

    def create(name='e', definition='age > 65', model_id=model.id, **options):
        return fdl.Segment(name=name, model_id=model_id, definition=definition, **options).create()

    taken = create('taken')
    yield 'Conflict', lambda: failure(lambda: create('taken')), CONFLICT
    yield 'Conflict names what is taken', lambda: 'taken' in message(lambda: create('taken')), True
    yield 'NotFound', lambda: failure(lambda: fdl.Segment.get(uuid.uuid4())), NOT_FOUND
    yield 'NotFound, the model of a new segment', lambda: failure(lambda: create(model_id=uuid.uuid4())), NOT_FOUND
    yield 'NotFound, the model of a list', lambda: failure(lambda: list(fdl.Segment.list(uuid.uuid4()))), NOT_FOUND_IN_LIST
    yield 'NotFound, no such route', lambda: failure(lambda: fdl.CustomMetric.get(uuid.uuid4())), ('NotFound', 404, 'RouteNotFound')
    yield 'ApiError, malformed id', lambda: failure(lambda: fdl.Segment.get('not-a-uuid'))[:2], ('ApiError', 400)

    for definition, reason in DEFINITIONS.items():
        yield f'ApiError, definition {definition}', lambda: failure(lambda: create(reason, definition)), ('ApiError', 400, reason)
    yield 'its message names the column', lambda: 'agee' in message(lambda: create(definition='agee > 65')), True
    yield 'ApiError, no definition', lambda: failure(lambda: create(definition=None))[:2], ('ApiError', 400)
    yield 'its message names the member', lambda: 'definition' in message(lambda: create(definition=None)), True
    yield 'ApiError, description too long', lambda: failure(lambda: create(description='x' * 2001)), INVALID
    yield 'nothing was stored on the way', lambda: [s.name for s in fdl.Segment.list(model.id)], ['taken']

    # The client has no call that changes a segment, so its connection is used as its own calls use it.
    for verb in ['put', 'patch']:
        change = handle_api_error(getattr(fdl.conn.client, verb))
        rename = {'url': f'/v3/segments/{taken.id}', 'json': {'name': 'other'}}
        yield f'Unsupported, {verb} on a segment', lambda: failure(lambda: change(**rename)), ('Unsupported',)
    yield 'the segment is as it was', lambda: fdl.Segment.get(taken.id).name, 'taken'

    # The client sends a POST again when its answer is lost: the second meets the name that the first has taken.
    drop_first_answer(fdl.conn.client.session)
    yield 'a create that is sent twice', lambda: failure(lambda: create('sent twice')), CONFLICT
    yield 'and is stored once', lambda: [s.name for s in fdl.Segment.list(model.id)], ['sent twice', 'taken']
    sent_twice = fdl.Segment.from_name('sent twice', model.id)
    drop_first_answer(fdl.conn.client.session)
    yield 'a delete that is sent twice', lambda: failure(sent_twice.delete), NOT_FOUND

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda _: failure(lambda: create('at once')), range(8)))
    yield 'of eight creates at once one succeeds', lambda: sorted(outcomes, key=str), sorted([None, *[CONFLICT] * 7], key=str)
