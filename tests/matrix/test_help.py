"""Help is in reach: on every page that a participant can open, and beside every box to write in.

Every route there is, as a guest, behind a receipt and as a member: the numbers of the nation and
of the organisation, when they were last checked, *Get help now* and *Leave this page*.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from goldenthread.kit import clock
from goldenthread.organisations.tests.factories import HelpLineFactory
from goldenthread.safety.reading.models import Words
from tests.matrix.test_matrix import SKIPPED, filled, routes
from tests.matrix.world import AT, TODAY, World, build, client_of

PARTICIPANTS = ("guest", "receipt holder", "member")
OWN_LINE = "0300 000 4411"  # of the organisation
CHECKED = "1 March 2026"
OF_WORLD = re.compile(r"<[^>]*\b(?:organisation|project|voice|short|class_code)>")
# What becomes of a voice, so that every page of its author opens: what is asked, objected to,
# appealed against, taken back.
STATES: tuple[dict[str, Any], ...] = (
    {},
    {"state": "held", "asking": True, "released_on": None},
    {"state": "unpublished", "unpublished_because": "advert", "released_on": None},
    {"state": "removed", "unpublished_because": "advert"},
    {"state": "withdrawn", "withdrawn_on": TODAY},
)

pytestmark = [pytest.mark.submission, pytest.mark.django_db]


@pytest.fixture
def world() -> Iterator[World]:
    with clock.frozen(AT):
        found = build("mine")
        HelpLineFactory.create(
            organisation=found.around.organisation,
            name="The listening line",
            number=OWN_LINE,
            verified_on=date(2026, 3, 1),
        )
        yield found


def pages(world: World, role: str) -> Iterator[tuple[str, str]]:
    """Yield (route, body) of every page that somebody of this role can open, in every state."""
    for state in STATES:
        with transaction.atomic():
            Words.objects.filter(ref=world.refs["voice"]).update(**state)
            for name, path in sorted(routes()):
                about_voice = "voice" in path or path.startswith("/receipt")
                if name in SKIPPED or (state and not about_voice):
                    continue
                for body in _opened(client_of(world, role), filled(path, world.refs)):
                    yield f"{name} {path}", body
            transaction.set_rollback(True)


def _opened(client: Client, path: str) -> Iterator[str]:
    """Ask for a page, and send its form empty: what then says what is missing is a page, too."""
    for method in ("get", "post"):
        with transaction.atomic():
            answer = getattr(client, method)(path)
            if answer.status_code == 200 and "text/html" in answer["Content-Type"]:
                attached = "attachment" in answer.get("Content-Disposition", "")
                if not attached:
                    yield answer.content.decode()
            transaction.set_rollback(True)


def faults_of(route: str, body: str) -> list[str]:
    """Say what a page lacks."""
    wanted = {
        "the way out": r'<a [^>]*href="/leave/"[^>]*data-leave',
        "“Get help now”": r'<a [^>]*href="#get-help"',
        "what it leads to": r'id="get-help"',
        "999": r'href="tel:999"',
        "116 123": r'href="tel:116123"',
        "when the numbers were checked": r"Last checked on \d+ \w+ \d{4}\.",
    }
    if "<textarea" in body and OF_WORLD.search(route):
        wanted["the organisation's own line"] = re.escape(OWN_LINE)
        wanted["the day of its check"] = CHECKED
    return [f"{route}: lacks {what}" for what, how in wanted.items() if not re.search(how, body)]


@pytest.mark.parametrize("role", PARTICIPANTS)
def test_help_is_in_reach_on_every_page_a_participant_can_open(role: str, world: World) -> None:
    faults: list[str] = []
    boxes = set()
    for route, body in pages(world, role):
        faults += faults_of(route, body)
        if "<textarea" in body:
            boxes.add(route.partition(" ")[0])
    assert not faults, "\n".join(dict.fromkeys(faults))
    assert BOXES[role] <= boxes, "the walk does not reach a box that is there"


BOXES = {
    "guest": {"voices:speak", "moderation:report", "moderation:complain"},
    "receipt holder": {"voices:speak", "pages:answer", "pages:object", "pages:appeal"},
    "member": {"voices:speak", "moderation:report", "moderation:complain"},
}


def test_help_is_in_reach_where_nothing_is(world: World) -> None:
    for path in ("/nothing-here/", "/p/nothing-here/", "/my-voices/"):
        with transaction.atomic():
            body = Client(raise_request_exception=False).get(path, follow=True).content.decode()
        assert faults_of(path, body) == []


def test_a_page_without_help_is_caught(world: World) -> None:
    """The negative control: the same page without its foot, its way out, its own line, its day."""
    route = "voices:speak /p/<slug:project>/speak/"
    where = filled("/p/<slug:project>/speak/", world.refs)
    body = Client().get(where).content.decode()
    assert "<textarea" in body
    assert faults_of(route, body) == []

    def without(pattern: str, put: str = "") -> str:
        return " ".join(faults_of(route, re.sub(pattern, put, body, flags=re.DOTALL)))

    bare = without(r'<ul class="help-lines">.*?</ul>')
    assert "999" in bare
    assert "116 123" in bare
    assert "own line" in bare
    assert "own line" in without(re.escape(OWN_LINE))
    assert "day of its check" in without(CHECKED)
    assert "were checked" in without("Last checked on")
    assert "Get help now" in without('href="#get-help"')
    assert "leads to" in without('id="get-help"')
    assert "way out" in without('href="/leave/"')
