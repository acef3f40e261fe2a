"""What waits: briefs to decide on, for who is asked or stands in; late ones, for who asked."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from goldenthread.act.briefs.letters import link_to
from goldenthread.act.briefs.models import Brief, Delegation
from goldenthread.act.briefs.permissions import PREPARE, Name, asked_one_decides, in_force
from goldenthread.act.briefs.queries import is_overdue
from goldenthread.kit import clock
from goldenthread.kit.text import say_day
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project
from goldenthread.projects.roles import held_by
from goldenthread.projects.work import Does, Work, lists


def _waiting(person: Person, projects: list[Project], *, now: datetime) -> Iterator[QuerySet[Any]]:
    """Briefs in which they have a say; delegations, whose reach is looked at afterwards."""
    del projects  # a delegate has no role in the project
    own, late = _of_roles(person, now)
    yield Brief.objects.filter(own | late, state=Brief.State.GIVEN)
    yield Delegation.objects.filter(delegate=person, withdrawn_on=None)


@lists(Does.DECIDE, when=_waiting)
def briefs_that_wait(person: Person, projects: list[Project], *, now: datetime) -> Iterator[Work]:
    """Name the briefs that wait for a person, the late ones first. One query."""
    del projects  # a delegate has no role in the project
    today = clock.today(now)
    for brief in _concerning(person, now=now).order_by("decide_by", "ref"):
        words = {"project": brief.project.title, "title": brief.title}
        words["day"] = say_day(brief.decide_by)
        late = is_overdue(brief, today=today)
        if brief.waits_for_them:  # type: ignore[attr-defined]  # annotated
            late_text = _("%(project)s: decide, it was due on %(day)s: %(title)s")
            text = late_text if late else _("%(project)s: decide by %(day)s: %(title)s")
            yield Work(text % words, link_to(brief), "overdue" if late else "due")
        elif late:
            text = _("%(project)s: no decision yet, it was due on %(day)s: %(title)s")
            yield Work(text % words, link_to(brief), "quiet")


def _concerning(person: Person, *, now: datetime) -> QuerySet[Brief]:
    own, late = _of_roles(person, now)
    delegated = in_force(now).filter(
        Q(brief=None) | Q(brief=OuterRef("pk")),
        delegate=person,
        project=OuterRef("project"),
        decision_maker=OuterRef("asked_of"),
    )
    for_them = own | (Q(Exists(delegated)) & _not_by([person.pk]))
    given = Brief.objects.filter(state=Brief.State.GIVEN).exclude(
        project__state=Project.State.CLOSED
    )
    return (
        given.annotate(waits_for_them=for_them)
        .filter(Q(waits_for_them=True) | late)
        .select_related("project__organisation")
    )


def _of_roles(person: Person, now: datetime) -> tuple[Q, Q]:
    """The conditions on a brief: it is theirs to decide, or they run the project and it is late.

    Of a stand-in, what the one who holds the role is asked.
    """
    roles = held_by(person, now=now)
    decisive = [role for role in roles if role.name == Name.DECISION_MAKER]
    prepares = [role.project_id for role in roles if role.name in PREPARE]
    late = Q(project__in=prepares, decide_by__lt=clock.today(now))
    if not decisive:
        return Q(pk__in=[]), late
    people = list({role.person_id for role in decisive})
    asked = Q(asked_of__in=people) | ~asked_one_decides(now)
    return Q(project__in=[role.project_id for role in decisive]) & asked & _not_by(people), late


def _not_by(people: list[Any]) -> Q:
    return ~Q(written_by__in=people) & ~Q(also_wrote__overlap=people)
