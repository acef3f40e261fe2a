"""More that is written: what people send most, and what staff do all day."""

from collections.abc import Sequence
from functools import partial
from itertools import count
from typing import Any
from uuid import UUID

from django.urls import reverse
from page import FACILITATOR, Page, begun

from goldenthread.debrief.replies.telling import untold_in
from goldenthread.listen.conversations.models import Conversation
from goldenthread.listen.themes.models import Theme
from goldenthread.listen.themes.queries import ungrouped
from goldenthread.projects.models import Project

READER = "rita@bench.example"
AT_ONCE = 2  # voices that are ticked
LOOKED_AT = 400
SAID = {"known_as": "unlinked", "receipt": "keep"}


def writing(project: Project) -> list[Page]:
    """Return what is written."""
    address = project.address
    theme = Theme.objects.filter(project=project).order_by("title")[0]
    asked = Conversation.objects.get(project=project, state="open")
    left = list(ungrouped(project).order_by("pk").values_list("pk", flat=True)[:LOOKED_AT])
    untold = list(untold_in(project).order_by("pk").values_list("pk", flat=True)[:LOOKED_AT])
    add = reverse("conversations:add", args=[address, asked.ref])
    sort = reverse("themes:workspace", args=[address])
    tell = reverse("replies:telling", args=[address])
    reader = Reader(project)
    return [
        Page("tell a story, sending", partial(_tell, project), answers=302),
        Page("add a statement, sending", partial(_add, project, add), answers=302),
        Page("stay in touch, sending", partial(_stay, address), answers=302),
        Page("sort into a theme", partial(_sort, sort, left, theme), by=FACILITATOR, answers=302),
        Page("tick who was told", partial(_tick, tell, untold), by=FACILITATOR, answers=302),
        Page("take the next to read", reader.next, by=READER, answers=302),
        Page(
            "release words",
            reader.release,
            by=READER,
            answers=302,
            alone=True,
            before=reader.take,
        ),
    ]


class Reader:
    """Takes one thing after another to read, and releases it."""

    def __init__(self, project: Project) -> None:
        self.at = f"/p/{project.address}/reading/"
        self.taken: dict[int, str] = {}

    def next(self, client: Any, _number: int) -> Any:
        """Ask for the next one."""
        return client.post(f"{self.at}next/")

    def take(self, client: Any, number: int) -> None:
        """Take one, to be released."""
        self.taken[number] = client.post(f"{self.at}next/").url

    def release(self, client: Any, number: int) -> Any:
        """Release what was taken."""
        return client.post(f"{self.taken[number]}release/", {"version": 0})


_addresses = count()


def _tell(project: Project, client: Any, _number: int) -> Any:
    sent = {"form_key": begun(project.ref), "good": "She rang each week.", "whose": "mine"}
    better = {"better": "A letter that says how long it takes."}
    path = reverse("stories:tell", args=[project.address])
    return client.post(path, SAID | sent | better)


def _add(project: Project, path: str, client: Any, _number: int) -> Any:
    return client.post(path, SAID | {"form_key": begun(project.ref), "text": "Ring each week."})


def _stay(address: str, client: Any, _number: int) -> Any:
    value = f"person{next(_addresses)}@example.org"
    sent = {"how": "email", "value": value, "wants_news": "on"}
    return client.post(reverse("pages:stay_in_touch", args=[address]), sent)


def _sort(path: str, left: Sequence[UUID], theme: Theme, client: Any, number: int) -> Any:
    sent = {"do": "add", "theme": str(theme.ref), "voices": _some(left, number)}
    return client.post(path, sent)


def _tick(path: str, untold: Sequence[UUID], client: Any, number: int) -> Any:
    return client.post(path, {"how": "in-person", "voices": _some(untold, number)})


def _some(refs: Sequence[UUID], number: int) -> list[str]:
    """Return the next few; at the end it begins anew."""
    at = number * AT_ONCE % max(len(refs) - AT_ONCE, 1)
    return [str(ref) for ref in refs[at : at + AT_ONCE]]
