"""Where the server is, who calls it, and what every section needs from the client."""

import logging
import os
import uuid
from dataclasses import dataclass

# A server that fails is to fail the check soon; the client itself would retry for 300 s. Read when a connection is made.
os.environ.setdefault('FIDDLER_CLIENT_RETRY_MAX_DURATION_SECONDS', '10')

import fiddler as fdl  # noqa: E402
import requests  # noqa: E402

logging.getLogger('fiddler').setLevel(logging.CRITICAL)

URL = 'SEGMENTS_URL'
# Variable -> who signs in with it, of test/fixtures/two-tenants.json.
TOKENS = {
    'SEGMENTS_TOKEN_ADMIN': 'ada@acme.test: Org Admin, no role in the project churn',
    'SEGMENTS_TOKEN_WRITER': 'wim@acme.test: Project Writer of churn',
    'SEGMENTS_TOKEN_VIEWER': 'vic@acme.test: Project Viewer of churn',
    'SEGMENTS_TOKEN_OUTSIDER': 'out@acme.test: Org Member without a project',
    'SEGMENTS_TOKEN_OTHER_ORG': 'gus@globex.test: Project Writer of churn in another organization',
}


def missing_variables():
    return [
        f'{name}  ({meaning})' for name, meaning in {URL: 'such as http://127.0.0.1:3000', **TOKENS}.items() if not os.environ.get(name)
    ]


@dataclass
class World:
    """One run: its own prefix, so that runs never meet and all that is left over can be found and deleted."""

    prefix: str

    def sign_in(self, who):
        fdl.init(url=os.environ[URL], token=os.environ[f'SEGMENTS_TOKEN_{who}'], auto_attach_log_handler=False)

    def project(self, name):
        return fdl.Project(name=f'{self.prefix}-{name}').create()

    def clean_up(self):
        """Deletes the run's projects, and with them their models and segments."""
        self.sign_in('ADMIN')
        for project in [p for p in fdl.Project.list() if p.name.startswith(self.prefix)]:
            project.delete()


def new_world():
    return World(prefix=f'client-{uuid.uuid4().hex[:12]}')


def small_model(project_id, name='small', **options):
    """A model with just enough columns for the definitions used here."""
    columns = [
        fdl.Column(name='age', data_type=fdl.DataType.INTEGER, min=18, max=92),
        fdl.Column(name='geography', data_type=fdl.DataType.CATEGORY, categories=['Hawaii', 'Texas']),
        fdl.Column(name='max age', data_type=fdl.DataType.FLOAT),
        fdl.Column(name='comment', data_type=fdl.DataType.STRING),
    ]
    spec = fdl.ModelSpec(inputs=['age', 'geography', 'max age', 'comment'])
    return fdl.Model(name=name, project_id=project_id, schema=fdl.ModelSchema(columns=columns), spec=spec, **options)


def failure(action):
    """What the client raises: (class, code, first reason), or None when nothing is raised.

    Its lists are generators, which run outside of what turns an answer into the client's own errors: they raise requests.HTTPError.
    """
    try:
        action()
    except fdl.ApiError as error:
        return type(error).__name__, error.code, error.errors[0].reason
    except fdl.Unsupported:
        return ('Unsupported',)
    except requests.HTTPError as error:
        envelope = error.response.json()['error']
        return 'HTTPError', envelope['code'], envelope['errors'][0]['reason']
    return None


# The client makes this one up itself when a look-up by name finds nothing, and builds it from our envelope otherwise.
NOT_FOUND = ('NotFound', 404, 'ObjectNotFound')
NOT_FOUND_IN_LIST = ('HTTPError', 404, 'ObjectNotFound')
CONFLICT = ('Conflict', 409, 'Conflict')
FORBIDDEN = ('ApiError', 403, 'Forbidden')
FORBIDDEN_IN_LIST = ('HTTPError', 403, 'Forbidden')
INVALID = ('ApiError', 400, 'ValidationError')
