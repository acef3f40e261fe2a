"""The tables as an outside auditor is given them: plain rows, and how each text reads."""

from collections.abc import Iterable
from typing import Any

from tests.resilience.independent import Dump

from goldenthread.act.decisions.models import Decision
from goldenthread.act.plans.models import Change
from goldenthread.debrief.replies.models import Reply
from goldenthread.listen.themes.models import Theme
from goldenthread.listen.voices.models import Voice
from goldenthread.projects.models import Terms
from goldenthread.safety.assessments.models import Assessment
from goldenthread.safety.reading.models import Words
from goldenthread.thread.keys import origin, public_key
from goldenthread.thread.merkle.tiles import unbundle
from goldenthread.thread.models import Entry, HeldEntry, SignedHead
from goldenthread.thread.published import whole

WORDS = (
    *("ref", "state", "purpose", "lock", "salt", "text", "would_have_helped", "content_note"),
    *("shown", "helped_shown", "note_shown", "consented", "restricted"),
)
CHANGE = ("what_is_different", "evidence", "since_on", "action_id")
REPLY = ("about", "about_kind", "text", "happens_next", "signed_by")
TERMS = (
    *("project_id", "version", "hear_by", "debrief_on", "question", "can_change", "cannot_change"),
    *("who_decides", "risks_accepted", "what_people_get_back", "change_because"),
)
DECISION = (
    *("title", "question", "decided_by", "what_people_said", "outcome", "why", "decided_on"),
    *("number", "how_many", "how_many_lived", "before_listening", "before_showing_back"),
    *("project_id", "group_id"),
)


def dump(kept: str = "", *, published: bool = False) -> Dump:
    """Everything that is verified; `published`, with the entries as anyone may fetch them."""
    waiting = HeldEntry.objects.values_list("kind", "about", "facts")
    return Dump(
        entries=as_published() if published else as_kept(),
        heads=list(SignedHead.objects.values_list("note", flat=True)),
        words=[
            {**row, "ref": str(row["ref"]), "salt": row["salt"] and bytes(row["salt"])}
            for row in Words.objects.values(*WORDS)
        ],
        waiting=[(kind, str(about), facts) for kind, about, facts in waiting],
        origin=origin(),
        key=public_key().public,
        kept=kept,
        voices={str(ref) for ref in Voice.objects.values_list("pk", flat=True)},
        texts=list(texts()),
    )


def as_kept() -> list[tuple[int, bytes]]:
    rows = Entry.objects.order_by("seq").values_list("seq", "body")
    return [(seq, bytes(body)) for seq, body in rows]


def as_published() -> list[tuple[int, bytes]]:
    """The first file that `/record/` gives: of confidential entries it has the hash alone."""
    head = SignedHead.objects.latest("size")
    return list(enumerate(unbundle(b"".join(whole(head.size)))))


def texts() -> Iterable[dict[str, Any]]:
    for each in Decision.objects.all():
        options = each.options.order_by("position").values_list("text", "chosen")
        more = {
            "options": [[text, int(chosen)] for text, chosen in options],
            "themes": sorted(str(ref) for ref in each.about.values_list("theme", flat=True)),
        }
        yield text("decision", each, DECISION, each.state == "published", **more)
    for change in Change.objects.all():
        yield text("change", change, CHANGE, True)
    for reply in Reply.objects.all():
        yield text("reply", reply, REPLY, reply.state != "draft")
    for theme in Theme.objects.all():
        shown = True if theme.state in {"shown-back", "agreed"} else None
        yield text("theme", theme, ("title", "sentence"), shown)
    for terms in Terms.objects.select_related("project"):
        board = {} if terms.project.board == "shared" else {"board": terms.project.board}
        yield text("terms", terms, TERMS, terms.sealed_on is not None, **board)
    for signed in Assessment.objects.all():
        yield text("assessment", signed, ("kind", "answers"), signed.signed_on is not None)


def text(tag: str, row: Any, names: Iterable[str], is_shown: bool | None, **more: Any) -> Any:  # noqa: FBT001
    body = {name.removesuffix("_id"): plain(getattr(row, name)) for name in names}
    salt = row.salt and bytes(row.salt)
    return {
        "tag": tag,
        "ref": str(row.ref),
        "salt": salt,
        "body": body | more,
        "is_shown": is_shown,
    }


def plain(value: Any) -> Any:
    """A value as JSON has it: numbers, text, lists and names; yes and no as 1 and 0."""
    if isinstance(value, dict):
        return value
    return int(value) if isinstance(value, int) else "" if value is None else str(value)
