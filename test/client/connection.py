"""fdl.init over plain http."""

import os

from world import URL, failure, fdl


def connection(world):
    def init(token, slash='', **options):
        fdl.init(url=os.environ[URL].rstrip('/') + slash, token=token, auto_attach_log_handler=False, **options)

    signed = os.environ['SEGMENTS_TOKEN_ADMIN']
    forged = signed.rsplit('.', 1)[0] + '.' + 'A' * 43

    unauthorized = ('ApiError', 401, 'Unauthorized')
    yield 'init checks both versions', lambda: world.sign_in('ADMIN'), None
    yield 'init with a slash after the address', lambda: init(signed, slash='/'), None
    yield 'organization of the caller', lambda: fdl.conn.organization_name, 'acme'
    yield 'organization id', lambda: str(fdl.conn.organization_id), '0c1d0000-0000-4000-8000-0000000000a0'
    yield 'server is new enough for project.delete', lambda: fdl.conn.server_version >= '25.2.0', True
    yield 'feature flags are an object', lambda: type(fdl.conn.server_info.feature_flags), dict
    yield 'a token that is no JWT', lambda: failure(lambda: init('nonsense')), unauthorized
    yield 'a token signed by another', lambda: failure(lambda: init(forged)), unauthorized
    init('nonsense', validate=False)
    yield 'a wrong token on a later call', lambda: failure(lambda: fdl.Project.from_name('churn')), unauthorized
    world.sign_in('OTHER_ORG')
    yield 'organization of a caller elsewhere', lambda: fdl.conn.organization_name, 'globex'
