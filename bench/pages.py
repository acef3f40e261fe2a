"""The pages that are measured: how each is asked for, and what shows that it is the real one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from goldenthread.kit import clock
from goldenthread.listen.themes.models import Theme
from goldenthread.listen.voices import formkeys
from goldenthread.listen.voices.models import Voice
from goldenthread.projects.models import Project

FACILITATOR = "fred@bench.example"
CARD, PICK = 'class="card', 'class="pick"'
Ask = Callable[[Any, int], Any]


@dataclass(frozen=True)
class Page:
    """A page to measure. `ask` gets a client and the number of the request."""

    name: str
    ask: Ask
    path: str = ""  # to open in a browser; empty for what is only sent
    by: str = ""  # who is signed in
    answers: int = 200
    counted: str = ""  # what stands in the page once a row
    rows: int = 0  # as many at least, or it is not the page we mean


def pages(code: str) -> list[Page]:
    """Return the pages of the table, for a filled installation."""
    project = Project.objects.get(address="bench")
    theme = Theme.objects.filter(project=project).order_by("title").first()
    at = f"/p/{project.address}"
    voices = _voices(project)
    work = f"{at}/themes/work/"
    staff = partial(_get, by=FACILITATOR)
    return [
        _get("project page", f"{at}/"),
        _get("board", f"{at}/board/", CARD, 25),
        _get("board, searched", f"{at}/board/?q=evening", CARD, 10),
        _get("voice with its thread", f"{at}/voices/{voices[0]}/", 'class="knot', 2),
        _get("topic", f"{at}/themes/{theme.ref}/", 'class="knot', 1),
        staff("theme workspace", work, PICK, 50),
        staff("theme workspace, searched", f"{work}?q=evening", PICK, 10),
        staff("work on a theme", f"{at}/themes/{theme.ref}/work/", PICK, 50),
        staff("similar voices", f"{at}/themes/{theme.ref}/similar/", PICK, 10),
        staff("needs you", "/needs-you/", "in no theme yet", 1),
        _get("speak", f"{at}/speak/", "<textarea", 1),
        Page("speak, sending", partial(_speak, project), answers=302),
        Page("open a receipt", partial(_open_receipt, code), answers=302),
        Page("true for me too", partial(_agree, at, voices), by=FACILITATOR, answers=302),
    ]


def _get(name: str, path: str, counted: str = "", rows: int = 0, by: str = "") -> Page:
    return Page(name, lambda client, _n: client.get(path), path, by, 200, counted, rows)


def _voices(project: Any) -> list[Any]:
    """Return voices that stand in a theme, the newest first: each can be agreed with once."""
    grouped = Voice.objects.filter(project=project, groupings__isnull=False)
    return list(grouped.order_by("-words__released_on").values_list("pk", flat=True)[:200])


def _speak(project: Any, client: Any, _number: int) -> Any:
    """Send a voice, with a form that was begun long enough ago."""
    begun = formkeys.begin(project.ref, now=clock.now() - timedelta(minutes=5))
    sent = {
        "form_key": begun,
        "kind": "idea",
        "text": "Open in the evening, so that people who work can come.",
        "known_as": "unlinked",
        "receipt": "keep",
    }
    return client.post(f"/p/{project.address}/speak/", sent)


def _open_receipt(code: str, client: Any, _number: int) -> Any:
    return client.post("/receipt/", {"code": code})


def _agree(at: str, voices: Sequence[Any], client: Any, number: int) -> Any:
    """Agree with one voice after the other, so that each request writes."""
    return client.post(f"{at}/voices/{voices[number % len(voices)]}/true-for-me/")
