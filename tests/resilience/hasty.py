"""A front door that is broken on purpose: it says thank you before anything is kept."""

import threading
import time

from goldenthread.config.front import Front
from goldenthread.config.wsgi import application

LATER = 0.5  # seconds


def hasty(environ, start_response):
    if environ["REQUEST_METHOD"] != "POST":
        return application(environ, start_response)

    def keep():
        time.sleep(LATER)
        b"".join(application(environ, lambda _status, _headers, _error=None: None))

    threading.Thread(target=keep, daemon=True).start()
    start_response("302 Found", [("Location", "/")])
    return [b""]


front = Front(hasty)
