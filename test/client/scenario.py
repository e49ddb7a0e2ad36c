"""The unmodified Python client against a running server that holds test/fixtures/two-tenants.json.

    pip install -r requirements.txt
    SEGMENTS_URL=http://127.0.0.1:3000 SEGMENTS_TOKEN_ADMIN=$(node dist/bundled/admin/main.js token ada@acme.test) … python scenario.py

Without its variables it lists what it needs. It leaves nothing behind and can run many times, and several at once, on one server.
Each section yields rows (name, action, expected): the action is run and its value compared. Prints one line a row and exits 1 when
any differs. What a section does between two rows is its set-up; should that fail, the rest of the section is lost and says so.
"""

import sys

from connection import connection
from errors import errors
from models import models
from projects import projects
from roles import roles
from segments import names, paging, segments
from world import fdl, missing_variables, new_world

SECTIONS = [connection, projects, models, segments, names, paging, errors, roles]


def outcome(action, expected):
    """None when the action's value is the expected one, else why not."""
    try:
        value = action()
    except Exception as error:  # noqa: BLE001 - whatever the client raises is a failed check, not the end of the run
        return f'{type(error).__name__}: {error}'
    return None if value == expected else f'expected {expected!r}, got {value!r}'


def results(section, world):
    """Yields (name, why or None) for each row of one section."""
    try:
        world.sign_in('ADMIN')
        for name, action, expected in section(world):
            yield f'{section.__name__}: {name}', outcome(action, expected)
    except Exception as error:  # noqa: BLE001
        yield f'{section.__name__}: set-up of the next row', f'{type(error).__name__}: {error}'


def clean_up(world):
    """Yields one row, so that leaving something behind is a failure too."""
    yield 'clean up', outcome(world.clean_up, None)


def main():
    lacking = missing_variables()
    if lacking:
        sys.exit('Set these environment variables:\n  ' + '\n  '.join(lacking))
    print(f'fiddler-client {fdl.__version__}', flush=True)
    world = new_world()
    failed = []
    total = 0
    for rows in [*(results(section, world) for section in SECTIONS), clean_up(world)]:
        for name, why in rows:
            total += 1
            failed += [name] if why else []
            print(f'FAIL {name}: {why}' if why else f'ok {name}', flush=True)
    print(f'{total - len(failed)} passed, {len(failed)} failed')
    sys.exit(1 if failed else 0)


if __name__ == '__main__':
    main()
