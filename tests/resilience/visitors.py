"""People who send forms to a real house, and keep what it acknowledged outside of it."""

import http.client
import threading
import time
from collections.abc import Iterable
from urllib.parse import urlencode

from tests.resilience.house import House, inside

CSRF = "a" * 32
LISTENING = """
from datetime import timedelta
from goldenthread.kit import clock
from goldenthread.listen.voices import formkeys
from goldenthread.projects.models import Project
from goldenthread.projects.queries import listening
now = clock.now()
found = next(p for p in Project.objects.all() if listening(p, now=now).is_open)
begun = now - timedelta(minutes=1)
keys = [formkeys.begin(found.ref, now=begun) for _ in range(given["keys"])]
answer = [found.address, keys]
"""
HELD = """
from collections import Counter
from goldenthread.safety.reading.models import Words
texts = Words.objects.filter(text__startswith=given["start"]).values_list("text", flat=True)
answer = Counter(texts)
"""


def forms_of(house: House, number: int) -> tuple[str, list[str]]:
    """The address of a box that is open, and so many forms that were begun a minute ago."""
    address, keys = inside(house.data, LISTENING, keys=number)
    return f"/p/{address}/speak/", keys


def held(house: House, start: str) -> dict[str, int]:
    """How often each text that starts so is there."""
    return inside(house.data, HELD, start=start)


def fields_of(text: str, key: str) -> dict[str, str]:
    """One form as a browser sends it, without a receipt."""
    said = {"text": text, "form_key": key, "known_as": "unlinked", "kind": "issue"}
    return said | {"receipt": "none", "csrfmiddlewaretoken": CSRF}


class Sender(threading.Thread):
    """Sends one form after another; each until it is acknowledged, as people press send again."""

    def __init__(
        self, port: int, path: str, forms: Iterable[tuple[str, str]], patience=60.0
    ) -> None:
        super().__init__(daemon=True)
        self.port, self.path, self.forms, self.patience = port, path, forms, patience
        self.acknowledged: dict[str, float] = {}
        self.stopped = threading.Event()

    def run(self) -> None:
        for text, key in self.forms:
            deadline = time.monotonic() + self.patience
            while not self.stopped.is_set() and time.monotonic() < deadline:
                if self.send(text, key):
                    self.acknowledged[text] = time.time()
                    break
                time.sleep(0.05)

    def send(self, text: str, key: str) -> bool:
        """Send a form once; whether it was acknowledged."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        headers = {
            "Host": f"localhost:{self.port}",
            "Cookie": f"csrf={CSRF}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        try:
            line.request("POST", self.path, urlencode(fields_of(text, key)), headers)
            answer = line.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            line.close()
        return answer.status == 302
