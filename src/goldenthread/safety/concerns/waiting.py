"""What waits for administrators: concerns in nobody's hands, without a word of them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.organisations.models import Role
from goldenthread.organisations.roles import current_roles
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Partner, Project
from goldenthread.projects.work import Does, Work, lists
from goldenthread.safety.concerns import queries
from goldenthread.safety.concerns.models import Concern
from goldenthread.safety.young.models import Post


def _unowned(person: Any, projects: list[Project], *, now: datetime) -> Iterator[QuerySet[Concern]]:
    """In projects of organisations that this person administers; none that names them as head."""
    del projects
    runs = current_roles(today=clock.today(now)).filter(
        membership__person=person, name=Role.Name.ADMINISTRATOR
    )
    partners = Partner.objects.filter(
        project=OuterRef("project"),
        waiting_since=None,
        organisation__in=runs.values("membership__organisation"),
    )
    leads = Post.objects.filter(
        organisation=OuterRef("project__organisation"), name=Post.Name.HEAD, person=person
    )
    about_them = Q(names=Concern.Names.HEAD) & Q(Exists(leads))
    yield queries.unowned(now=now).filter(~about_them, Exists(partners))


@lists(Does.LOOK_AFTER, when=_unowned)
def to_name_someone(person: Person, projects: list[Project], *, now: datetime) -> list[Work]:
    """Projects with an open concern that nobody may look after. One query."""
    rows = next(_unowned(person, projects, now=now)).order_by("project__title")
    said = _("Nobody looks after a concern. Name a safeguarder today: %(title)s")
    return [
        Work(said % {"title": title}, reverse("projects:people", args=[address]), "overdue")
        for address, title in rows.values_list("project__address", "project__title").distinct()
    ]
