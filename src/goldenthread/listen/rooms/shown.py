"""What the pages of rooms show, put together from queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.figures import SMALLEST, in_fives
from goldenthread.kit.paging import Page, keyset
from goldenthread.kit.shapes import Crumb
from goldenthread.kit.text import say_day, say_month
from goldenthread.listen.rooms import queries
from goldenthread.listen.rooms.agendas import Step
from goldenthread.listen.rooms.forms import AboutStep
from goldenthread.listen.rooms.models import Presence, Room, Round, figure_of
from goldenthread.listen.rooms.permissions import may_run
from goldenthread.listen.rooms.services import Handed
from goldenthread.projects.models import Project
from goldenthread.projects.poster import Slip, Slips
from goldenthread.projects.poster_of import poster_of
from goldenthread.projects.printed import RECEIPT_PAGE, receipts_at, sheet_of
from goldenthread.projects.queries import current_terms
from goldenthread.projects.queries.finding import shown as typed
from goldenthread.projects.speaker import Speaker
from goldenthread.safety.release.queries import Figures, latest
from goldenthread.thread.queries import stories_of

NEWEST: Final = ("-on", "ref")
FIRST: Final = 10  # of each list on the page of all
AT_ONCE: Final = 25
MOST: Final = 2 / 3
SOME: Final = 1 / 4


def around(project: Project) -> dict[str, Any]:
    """Return what every page of a room needs."""
    return {"project": project, "organisation": project.organisation}


def crumbs(project: Project, room: Room | None = None) -> list[Crumb]:
    """Return the way here."""
    way = [
        Crumb(project.title, reverse("pages:project", args=[project.address])),
        Crumb(_("Rooms"), reverse("rooms:list", args=[project.address])),
    ]
    if room is not None:
        way.append(Crumb(room.title, reverse("rooms:room", args=[project.address, room.code])))
    return way


def all_lists(project: Project, query: QueryDict, *, runs: bool) -> dict[str, Any]:
    """Gather the page of all rooms: the newest of each list, or one list (`?of=`) in pages."""
    lists: dict[str, QuerySet[Any]] = {
        "held": queries.held_rooms(project),
        "hands": queries.rounds_of(project, counted=True),
    }
    if runs:
        lists["coming"] = queries.coming_rooms(project)
    whole = query.get("of", "")
    if whole in lists:
        found = {whole: newest(lists[whole], query)}
    else:
        whole, start = "", QueryDict()
        found = {name: newest(rows, start, size=FIRST) for name, rows in lists.items()}
    hands = found.get("hands")
    return found | {"whole": whole, "rounds": rounds(hands.rows if hands else ())}


def newest(rows: QuerySet[Any], query: QueryDict, *, size: int = AT_ONCE) -> Page[Any]:
    """Return a page of rooms or rounds, the newest first."""
    return keyset(rows, order=NEWEST, query=query, size=size)


@dataclass(frozen=True)
class Answer:
    """One answer of a round, and how many raised a hand for it, in a word."""

    text: str
    picture: str
    said: str = ""


def answers_of(asked: Round) -> list[Answer]:
    """Return the answers of a round; of a class of nine or fewer nothing is said."""
    total = sum(asked.hands)
    hands = asked.hands if total >= SMALLEST else [None] * len(asked.answers)
    return [
        Answer(each["text"], each["picture"], "" if up is None else _in_a_word(up / total))
        for each, up in zip(asked.answers, hands, strict=True)
    ]


def _in_a_word(share: float) -> str:
    if share >= MOST:
        return _("most hands")
    return _("some hands") if share >= SOME else _("few hands or none")


@dataclass(frozen=True)
class ShownRound:
    """A round with its answers in words."""

    asked: Round
    answers: list[Answer]

    @property
    def too_few(self) -> bool:
        """Whether nothing may be said of so few hands."""
        return not any(each.said for each in self.answers)


def rounds(asked: Iterable[Round]) -> list[ShownRound]:
    """Put beside each round what may be said of its hands."""
    return [ShownRound(each, answers_of(each) if each.hands else []) for each in asked]


def present(there: Iterable[Presence]) -> list[tuple[str, str]]:
    """Say who was there to those who counted: in steps of five, and no number below ten."""
    return [(_who(each), _about(in_fives(each.count))) for each in there]


def present_in_release(there: Iterable[Presence], figures: Figures) -> list[tuple[str, str]]:
    """Say who was there to everyone, as far as the latest release says so."""
    if figures.frozen_on is None:
        return []
    known = [each for each in there if each.figure in figures.shown]
    return [(_who(each), _about(figures.number(each.figure))) for each in known]


def _who(present: Presence) -> str:
    return present.label.text if present.label else _("People of no label here")


def _about(number: int | None) -> str:
    return _("a few") if number is None else _("about %(number)s") % {"number": number}


def notes_became(room: Room, figures: Figures) -> str:
    """Say how many notes of a room were kept as voices, as far as the latest release says so."""
    name = figure_of(room.ref)
    if name not in figures.shown:
        return ""
    number = figures.number(name)
    if number is None:
        return _("A few notes were kept.")
    return _("About %(number)s notes were kept.") % {"number": number}


def done_page(room: Room, speaker: Speaker) -> dict[str, Any]:
    """Gather what everyone sees of a room that is done."""
    project, now = room.project, clock.now()
    runs = may_run(speaker, project, now=now)
    figures = latest(project)
    story = stories_of([room.ref], visible_to=speaker, but=("voice",))[room.ref]
    return around(project) | {
        "room": room,
        "crumbs": crumbs(project),
        "became": notes_became(room, figures),
        "present": present_in_release(queries.present_in(room), figures),
        "board_href": queries.board_of(room, speaker, now=now),
        "story": story if room.many else None,
        "short": short_address(room) if runs else "",
    }


def short_address(room: Room) -> str:
    """Return where a room is found, as people type it."""
    return typed(settings.SITE_URL + reverse("rooms:short", args=[room.code]))


def steps_to_change(room: Room, *, at: int | None = None, form: Any = None) -> list[dict[str, Any]]:
    """Return each step with its form; `form` is one that has to be put right."""
    rows = []
    for number, step in enumerate(room.steps):
        own = form if number == at else AboutStep(initial=vars(step), auto_id=f"step{number}_%s")
        rows.append(
            {"at": number, "step": step, "form": own, "last": number + 1 == len(room.steps)}
        )
    return rows


def minutes_of(steps: Iterable[Step]) -> int:
    """Return how long steps take in all."""
    return sum(each.minutes for each in steps)


def slips_for(room: Room, handed: Handed) -> Slips:
    """Put the receipts of a room on slips: the number of the note, and none of its words."""
    poster = poster_of(room.project)
    if poster is None:
        raise RuntimeError("a project itself always has a poster")
    terms = current_terms(room.project)
    lines = [
        f"{room.title}, {say_month(room.on)}",
        _("With this you can see what came of what you said, or take it back."),
    ]
    if terms is not None:
        lines.append(_("You hear back by %(day)s.") % {"day": say_day(terms.hear_by)})
    lines.append(_("What came of the room: %(address)s") % {"address": short_address(room)})
    slips = tuple(
        Slip(
            heading=_("Note %(number)s") % {"number": number},
            lines=tuple(lines),
            url=settings.SITE_URL + RECEIPT_PAGE,
            shown_url=receipts_at(),
            code=code,
        )
        for number, code in handed.codes
    )
    title = _("%(room)s: slips to hand out") % {"room": room.title}
    return sheet_of(poster, title=title, slips=slips)
