"""A front door that is broken on purpose: where something went wrong, the words are gone."""

from goldenthread.config.front import Front
from goldenthread.config.wsgi import application

FAULT = "5"


def forgetful(environ, start_response):
    said = []

    def begin(status, headers, error=None):
        said.append(status)
        start_response(status, [(n, v) for n, v in headers if n.lower() != "content-length"], error)

    body = b"".join(application(environ, begin))
    return [b"Something went wrong."] if said[-1].startswith(FAULT) else [body]


front = Front(forgetful)
