"""What the pages of the assessments show, for those who prepare and for everybody else."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.kit.shapes import Crumb
from goldenthread.projects.models import Project
from goldenthread.projects.permissions import may_follow_preparation
from goldenthread.safety.assessments import permissions, queries
from goldenthread.safety.assessments.models import Assessment
from goldenthread.safety.assessments.queries import Standing
from goldenthread.safety.assessments.questions import Kind

Back = Callable[[Project, Any, datetime], tuple[str, str] | None]
_ways_back: list[Back] = []


def leads_back(make: Back) -> Back:
    """Register `make(project, speaker, now) -> (href, title)` of a page that led here, or None."""
    _ways_back.append(make)
    return make


@dataclass(frozen=True)
class Answer:
    """One question as it stands, and whether everybody may read its answer."""

    label: str
    text: str
    public: bool


def listed(project: Project, *, speaker: Any, now: datetime) -> dict[str, Any]:
    """The list: all of them for those who prepare, the signed ones for everybody."""
    inside = permissions.may_read_all(speaker, project, now=now)
    rows = [each for each in queries.standings(project, now=now) if inside or each.signed]
    prepares = may_follow_preparation(speaker, project, now=now)
    return {"project": project, "rows": rows, "inside": inside, "prepares": prepares} | {
        "crumbs": _crumbs(project)
    }


def one(found: Standing, *, speaker: Any, now: datetime) -> dict[str, Any] | None:
    """One assessment; for those outside only what is signed, and of it the public answers."""
    project, inside = found.project, permissions.may_read_all(speaker, found.project, now=now)
    read = found.newest if inside else found.signed
    if read is None and not (inside and found.needed):
        return None
    hands = list(read.hands.select_related("person").order_by("on", "ref")) if read else []
    wrote = any(each.person_id == speaker.pk for each in hands) if inside else False
    waits = inside and found.draft is not None and not found.open_questions
    prepares = may_follow_preparation(speaker, project, now=now)
    back = [way for make in _ways_back if prepares and (way := make(project, speaker, now))]
    return {
        "project": project,
        "standing": found,
        "read": read,
        "inside": inside,
        "parts": _parts(found.kind, read, inside=inside),
        "hands": hands if inside else [],
        "may_write": permissions.may_write(speaker, project, now=now),
        "may_sign": waits and permissions.may_sign(speaker, project, wrote=wrote, now=now),
        "waits_for_another": waits and wrote,
        "signers": queries.who_may_sign(project, hands, now=now) if waits and wrote else [],
        "prepares": prepares,
        "doors": back,
        "crumbs": _crumbs(project, inner=True),
    }


def _parts(kind: Kind, read: Assessment | None, *, inside: bool) -> list[tuple[str, list[Answer]]]:
    answers = read.answers if read else {}
    parts = [
        (
            part.title,
            [
                Answer(each.label, answers.get(each.key, ""), each.public)
                for each in part.questions
                if inside or each.public
            ],
        )
        for part in kind.parts
    ]
    return [(title, questions) for title, questions in parts if questions]


def _crumbs(project: Project, *, inner: bool = False) -> list[Crumb]:
    home = reverse("pages:organisation", args=[project.organisation.address])
    here = reverse("pages:project", args=[project.address])
    href = reverse("assessments:list", args=[project.address]) if inner else ""
    last = Crumb(_("Assessments"), href)
    return [Crumb(project.organisation.name, home), Crumb(project.title, here), last]
