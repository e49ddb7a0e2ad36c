"""Segments: create, get, by name, list, delete; names of every kind; lists around the page size."""

import uuid

from world import CONFLICT, INVALID, NOT_FOUND, failure, fdl, small_model

DEFINITIONS = [
    'age > 65',
    "(age<60 and age>30) and geography=='Hawaii'",
    "\"max age\" > 1.5 and comment == 'it''s ünïcode ♥'",
]
DESCRIPTION = 'two\nlines, "ünïcode"'
NAMES = [
    'Hawaii Customers between 30 and 60',
    'Ünïcødé ♥ 日本語 😀',
    'it\'s "quoted" with a \\ back-slash',
    'a+b & c=d; %41 #x ?',
    '100%_sure',
    '{"json": ["no", null]}',
    "Robert'); DROP TABLE segments;--",
    'case',
    'CASE',
    'composed é',
    'composed e\u0301',
    'null',
    '😀' * 255,
]
REFUSED_NAMES = ['', '   ', 'a\nb', 'nul\0', 'x' * 256]
# Items in the list -> requests that the client makes for it, 50 to a page.
PAGES = {49: 1, 50: 1, 51: 2, 100: 2, 101: 3}


def segments(world):
    model = small_model(world.project('segments').id).create()
    other = small_model(model.project_id, version='v2').create()

    def segment(name, definition='age > 65', **options):
        return fdl.Segment(name=name, model_id=model.id, definition=definition, **options)

    plain = segment('plain')
    yield 'create answers the object itself', lambda: plain.create() is plain, True
    yield 'create gives id and time', lambda: (type(plain.id), plain.created_at.utcoffset().total_seconds()), (uuid.UUID, 0)
    yield 'without a description', lambda: plain.description, ''
    yield 'with an empty description', lambda: segment('empty', description='').create().description, ''
    yield 'with a description', lambda: segment('told', description='two\nlines, "ünïcode"').create().description, 'two\nlines, "ünïcode"'
    yield 'get', lambda: fdl.Segment.get(plain.id).name, 'plain'
    yield 'get by an id without dashes', lambda: fdl.Segment.get(plain.id.hex.upper()).id, plain.id
    yield 'model', lambda: (fdl.Segment.get(plain.id).model.id, plain.model.name, plain.model.version), (model.id, 'small', 'v1')
    yield 'project', lambda: (plain.project.id, plain.project.name), (model.project_id, f'{world.prefix}-segments')
    yield 'from_name', lambda: fdl.Segment.from_name('plain', model.id).id, plain.id
    yield 'from_name, model id as text', lambda: fdl.Segment.from_name('plain', str(model.id)).id, plain.id
    yield 'from_name of none', lambda: failure(lambda: fdl.Segment.from_name('none', model.id)), NOT_FOUND
    yield 'from_name in another version', lambda: failure(lambda: fdl.Segment.from_name('plain', other.id)), NOT_FOUND
    yield 'list', lambda: [s.name for s in fdl.Segment.list(model.id)], ['empty', 'plain', 'told']
    yield 'list of another version', lambda: list(fdl.Segment.list(other.id)), []
    for i, definition in enumerate(DEFINITIONS):
        yield f'definition {definition}', lambda: fdl.Segment.get(segment(f'definition {i}', definition).create().id).definition, definition
    yield 'create twice', lambda: failure(segment('plain').create), CONFLICT
    yield (
        'the same name in another version',
        lambda: fdl.Segment(name='plain', model_id=other.id, definition='age > 1').create().name,
        'plain',
    )
    yield 'delete answers nothing', lambda: plain.delete(), None
    yield 'a deleted segment', lambda: failure(lambda: fdl.Segment.get(plain.id)), NOT_FOUND
    yield 'delete twice', lambda: failure(plain.delete), NOT_FOUND
    yield 'the name is free again', lambda: segment('plain').create().id == plain.id, False


def names(world):
    model = small_model(world.project('names').id).create()
    created = {}
    for name in NAMES:
        created[name] = fdl.Segment(name=name, model_id=model.id, definition='age > 65').create()
    for name, segment in created.items():
        yield f'create {name[:40]}', lambda: segment.name, name
        yield f'from_name {name[:40]}', lambda: fdl.Segment.from_name(name, model.id).id, segment.id
    yield 'all in the list', lambda: sorted(s.name for s in fdl.Segment.list(model.id)), sorted(NAMES)
    yield 'outer blanks', lambda: fdl.Segment(name='  padded ', model_id=model.id, definition=' age > 65\n').create().name, 'padded'
    yield 'definition with outer blanks', lambda: fdl.Segment.from_name('padded', model.id).definition, 'age > 65'
    for name in REFUSED_NAMES:
        create = fdl.Segment(name=name, model_id=model.id, definition='age > 65').create
        yield f'refused name {name[:5]!r}', lambda: failure(create), INVALID


def paging(world):
    model = small_model(world.project('paging').id).create()
    requests = []
    fdl.conn.client.session.hooks['response'].append(lambda response, **_: requests.append(response.url))

    def list_counting():
        requests.clear()
        return [s.name for s in fdl.Segment.list(model.id)], len(requests)

    yield 'no items', list_counting, ([], 1)
    expected = []
    for size, pages in PAGES.items():
        for i in range(len(expected), size):
            fdl.Segment(name=f'segment {i:03}', model_id=model.id, definition='age > 65').create()
            expected.append(f'segment {i:03}')
        yield f'{size} items in {pages} page(s)', list_counting, (expected, pages)
