"""What waits for those who decide: figures to look at before everyone sees them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.text import say_day
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.roles import held_by
from goldenthread.projects.work import Does, Work, lists
from goldenthread.safety.release import registry
from goldenthread.safety.release.models import EarlyLook, Release


def _early(person: Any, projects: list[Project], *, now: datetime) -> Iterator[QuerySet[Release]]:
    """Releases that not everyone sees yet."""
    del person, projects  # a delegate has no role in the project
    yield Release.objects.filter(public_on__gt=clock.today(now))


@lists(Does.DECIDE, when=_early)
def figures_to_see(person: Person, projects: list[Project], *, now: datetime) -> Iterator[Work]:
    """Name the releases a person may see before everyone, and has not. One query."""
    del projects
    roles = held_by(person, now=now)
    decides = [r.project_id for r in roles if r.name == ProjectRole.Name.DECISION_MAKER]
    standing = registry.delegates(now).filter(delegate=person).values("project")
    seen = EarlyLook.objects.filter(release=OuterRef("pk"), person=person)
    mine = Q(project__in=decides) | Q(project__in=standing)
    early = Release.objects.filter(mine, ~Exists(seen), public_on__gt=clock.today(now))
    rows = early.order_by("public_on", "ref").values_list(
        "project__title", "project__address", "number", "public_on"
    )
    for title, address, number, public_on in rows:
        words = {"project": title, "day": say_day(public_on) if public_on else ""}
        text = _("%(project)s: see new figures before everyone does, on %(day)s") % words
        yield Work(text, reverse("release:early", args=[address, number]), "quiet")
