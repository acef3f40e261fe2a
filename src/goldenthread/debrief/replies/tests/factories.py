from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from goldenthread.act.decisions.tests.factories import LATER, agreed_theme, published
from goldenthread.act.plans.models import Change
from goldenthread.act.plans.tests.factories import claimed, planned
from goldenthread.debrief.replies import rounds
from goldenthread.debrief.replies.models import Reply
from goldenthread.debrief.replies.services import send_reply, write_reply
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.tests.factories import released_voice
from goldenthread.people.receipts.services import issue
from goldenthread.projects.tests.factories import NOW, Listening

JULY = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
GOOD = {
    "text": "You told us that you wait for weeks and hear nothing. From now on you hear from us.",
    "happens_next": "Tom sends the first message on Monday 11 May.",
    "signed_by": "Ann Lee, head of counselling",
}


def by_member(house: Listening, **other: Any) -> Voice:
    """Make a voice of a member: Mina, unless another is named."""
    author = other.pop("author", house.mina)
    return released_voice(house.project, author=author, known_as="support", **other)


def by_receipt(house: Listening) -> Voice:
    """Make a voice whose author keeps a receipt."""
    receipt = issue(scope=house.project.ref, now=NOW).receipt
    return released_voice(house.project, receipt=receipt)


def by_nobody(house: Listening) -> Voice:
    """Make a voice of someone who kept nothing."""
    return released_voice(house.project)


def changed(house: Listening, voices: Sequence[Voice]) -> Change:
    """Take voices all the way to a change."""
    theme = agreed_theme(house, [voice.ref for voice in voices])
    return claimed(house, planned(house, published(house, theme)))


def written(house: Listening, kind: str, thing: Any, **other: Any) -> Reply:
    """Write a reply as a facilitator does."""
    given = {"by": house.tom, "project": house.project, "now": LATER, **GOOD, **other}
    return write_reply(about_kind=kind, about=thing.ref, **given)


def sent(house: Listening, kind: str, thing: Any, **other: Any) -> Reply:
    """Write a reply, send it, and let the rounds carry it there."""
    reply = send_reply(by=house.tom, reply=written(house, kind, thing, **other), now=LATER)
    while rounds.carry_out(now=LATER):
        pass
    reply.refresh_from_db()
    return reply
