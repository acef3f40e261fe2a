"""What moderation counts: people's words for releases, the organisation's own deeds exactly."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from goldenthread.organisations.models import Membership
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.safety.moderation.models import Appeal
from goldenthread.safety.reading.models import Removal, Words
from goldenthread.safety.reading.reasons import (
    ASKED_ERASED,
    AUTHOR_ASKED,
    NOT_PUBLISHED,
    TIME_OVER,
    said,
)
from goldenthread.thread.models import Entry

State = Words.State
UNPUBLISHED: Final = "moderation:unpublished"
WITHDRAWN: Final = "moderation:withdrawn"
ASKED: Final = "moderation:author-asked"
OVER: Final = "moderation:time-over"
REPORTED: Final = "moderation:reported"
OBJECTED: Final = "moderation:objected"
ACTS: Final = {REPORTED: "report.received", OBJECTED: "words.author_objected"}
ASKS: Final = (ProjectRole.Name.READER, ProjectRole.Name.FACILITATOR, ProjectRole.Name.CO_LEAD)


def of_people(project: Project) -> dict[str, int]:
    """Count voices by what became of them, for releases alone: behind each of them is a person."""
    voices = Words.objects.filter(project=project, purpose=Words.Purpose.VOICE)
    rows = voices.values("state", "unpublished_because").annotate(n=Count("ref")).order_by()
    by: Counter[tuple[str, str]] = Counter()
    for row in rows:
        by[row["state"], row["unpublished_because"]] = row["n"]
    parts = {part(because): by[State.UNPUBLISHED, because] for because in NOT_PUBLISHED}
    ended = (State.UNPUBLISHED, State.REMOVED)
    return {
        **parts,
        UNPUBLISHED: sum(parts.values()),
        WITHDRAWN: sum(n for (state, _why), n in by.items() if state == State.WITHDRAWN),
        ASKED: sum(by[state, why] for state in ended for why in (AUTHOR_ASKED, ASKED_ERASED)),
        OVER: sum(by[state, TIME_OVER] for state in ended),
        **{name: _different(project.ref, kind) for name, kind in ACTS.items()},
    }


def part(because: str) -> str:
    """Return the name of the figure for one reason not to publish."""
    return f"{UNPUBLISHED}:{because}"


def adding_up(names: Iterable[str]) -> dict[str, list[str]]:
    """Return that the reasons add up to all that was not published."""
    parts = [name for name in names if name.startswith(f"{UNPUBLISHED}:")]
    return {UNPUBLISHED: parts} if parts else {}


def _different(project: UUID, kind: str) -> int:
    rows = Entry.objects.filter(project=project, kind=kind)
    return rows.values("about").distinct().count()


@dataclass(frozen=True)
class Removed:
    """How many voices people of one organisation in one role had removed, for one reason."""

    organisation: str
    role: str
    reason: str
    number: int


def how_many_removed(project: Project) -> int:
    """Count the removals, exactly: they are the organisation's deed. One query."""
    number: int = _removals(project).count()
    return number


def removed_by(project: Project) -> list[Removed]:
    """Tell who had voices removed, by organisation and role, and why. Three queries."""
    rows = list(_removals(project).values("asked_by", "asked_on", "because"))
    people = {row["asked_by"] for row in rows} - {None}
    roles, homes = _roles(project, people), _homes(project, people)
    left = _("Someone who has left")
    found = Counter(
        (
            homes.get(row["asked_by"], project.organisation.name),
            _role_on(roles.get(row["asked_by"], []), row["asked_on"]) or left,
            said(row["because"]),
        )
        for row in rows
    )
    return [Removed(*key, number) for key, number in sorted(found.items())]


def appeals_decided(project: Project) -> dict[str, int]:
    """Count the appeals that were decided, exactly, by what was decided. One query."""
    rows = Appeal.objects.filter(words__project=project).exclude(decided_on=None)
    counted = rows.values("outcome").annotate(n=Count("ref")).order_by()
    return {row["outcome"]: row["n"] for row in counted}


def _removals(project: Project) -> Any:
    """Removals with both keys, but for those that the author asked for."""
    done = Removal.objects.filter(words__project=project, agreed_on__isnull=False)
    return done.exclude(because=AUTHOR_ASKED)


def _roles(project: Project, people: Iterable[UUID]) -> dict[UUID, list[ProjectRole]]:
    found: dict[UUID, list[ProjectRole]] = {}
    rows = ProjectRole.objects.filter(project=project, person__in=people, name__in=ASKS)
    for role in rows:
        found.setdefault(role.person_id, []).append(role)
    return found


def _role_on(roles: list[ProjectRole], day: Any) -> str:
    held = {
        each.name: str(each.get_name_display())
        for each in roles
        if each.starts_on <= day and (each.ends_on is None or day <= each.ends_on)
    }
    return next((held[name] for name in ASKS if name in held), "")


def _homes(project: Project, people: Iterable[UUID]) -> dict[UUID, str]:
    """Return the partner of the project to which each belongs; the first by name if several."""
    partner = Q(
        organisation__partnerships__project=project,
        organisation__partnerships__waiting_since=None,
    )
    rows = Membership.objects.filter(partner, person__in=people).order_by("-organisation__name")
    return dict(rows.values_list("person", "organisation__name"))
