"""Does it answer? Asked on the machine itself, behind the door."""

import json
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from places import CURRENT, PORT
from settings import kept
from system import Problem, goldenthread

PAGES = ("/", "/help/", "/account/sign-in/")
STYLE = re.compile(r'href="(/static/[^"]+\.css)"')
WITHIN = 180.0  # seconds; changes of tables took their time before
WORKS_WITHIN = 120.0
ANSWERS = 20.0


def wait_until_well(ended: Callable[[], bool] = lambda: False, *, within: float = WITHIN) -> None:
    """Wait until every page that we ask for is there, with its look.

    :raises Problem: one is not, in the end
    """
    deadline = time.monotonic() + within
    said = "nothing answers"
    while time.monotonic() < deadline and not ended():
        said, lasting = _ask()
        if not said:
            return
        if lasting:  # it is up, and a page is broken: waiting mends nothing
            break
        time.sleep(0.5)
    raise Problem(f"It does not come up: {said}.")


def state(release: Path = CURRENT) -> dict[str, Any]:
    """What a version has to say of the installation."""
    return dict(json.loads(goldenthread("state", release=release)))


def wait_for_worker(heartbeat: str | None) -> dict[str, Any]:
    """Wait until background work goes on: the heartbeat is another than it was.

    :raises Problem: it does not
    """
    deadline = time.monotonic() + WORKS_WITHIN
    while (found := state())["heartbeat"] == heartbeat:
        if time.monotonic() > deadline:
            raise Problem("The pages answer, but no background work is done.")
        time.sleep(2)
    return found


def _ask() -> tuple[str, bool]:
    """Return what is wrong, empty when nothing is, and whether the program itself said so."""
    first = ""
    for path in PAGES:
        status, page = _get(path)
        if status != HTTPStatus.OK:
            return (
                f"{path} answers {status}" if status else "nothing answers"
            ), status == HTTPStatus.INTERNAL_SERVER_ERROR
        first = first or page
    style = STYLE.search(first)
    if style is None or _get(style[1])[0] != HTTPStatus.OK:
        return "the look of the pages is missing", False
    return "", False


def _get(path: str) -> tuple[int, str]:
    host = urlsplit(kept()["GOLDENTHREAD_URL"]).hostname or "localhost"
    request = urllib.request.Request(f"http://127.0.0.1:{PORT}{path}", headers={"Host": host})
    try:
        with urllib.request.urlopen(request, timeout=ANSWERS) as page:
            return page.status, page.read().decode(errors="replace")
    except urllib.error.HTTPError as error:
        return error.code, ""
    except OSError:
        return 0, ""
