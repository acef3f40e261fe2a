"""Asking somebody to follow, in few words."""

from datetime import date, timedelta
from typing import Any

from goldenthread.handover import queries, services
from goldenthread.handover.models import HandOver
from goldenthread.handover.posts import Post
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import ProjectRole
from goldenthread.projects.tests.factories import NOW, Listening
from goldenthread.projects.work import work_for

TODAY = NOW.date()
LAST = TODAY + timedelta(days=40)


def post(here: Listening, person: Person, *, ends_on: date | None = LAST) -> Post:
    """One role of somebody in the project, with an end."""
    role = ProjectRole.objects.filter(project=here.project, person=person).first()
    assert role is not None
    ProjectRole.objects.filter(pk=role.pk).update(ends_on=ends_on)
    found = queries.post_at(role.pk)
    assert found is not None
    return found


def name(by: Person, of: Post, to: Person, **more: Any) -> HandOver:
    """Ask a member to take over."""
    given = {"note": "", "last_day": of.ends_on or TODAY, "now": NOW} | more
    return services.name_successor(by=by, post=of, person=to, **given)


def waiting(person: Person, here: Listening) -> str:
    """Say everything that waits for somebody, as in a new request."""
    again = Person.objects.get(pk=person.pk)
    return " ".join(work.text for work in work_for(again, [here.project], now=NOW))
