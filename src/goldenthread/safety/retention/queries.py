"""What is due to go today, by table. The rules stand beside each model: `held`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, Q, QuerySet

from goldenthread.kit.erasure import emptied
from goldenthread.kit.held import Clock, Held, holdings
from goldenthread.projects.ages import for_under_18, words_leave_on
from goldenthread.projects.models import Project
from goldenthread.projects.queries import current_terms


@dataclass(frozen=True)
class Due:
    """One rule of one table, and the rows that are due by it."""

    model: Any
    held: Held
    clock: Clock
    rows: "QuerySet[Any]"

    @property
    def table(self) -> str:
        """The table as the database names it."""
        return str(self.model._meta.db_table)


def due(*, today: date) -> Iterator[Due]:
    """Yield every rule with its rows that are due; rows already emptied are not."""
    for model, held in holdings():
        for clock in held.clocks:
            rows = model._base_manager.filter(_over(model, clock, today))  # noqa: SLF001  all rows
            if clock.empties:
                rows = rows.exclude(_empty_already(model))
            yield Due(model, held, clock, rows)


def _over(model: Any, clock: Clock, today: date) -> Q:
    asked = Q(**clock.only)
    until = today - timedelta(days=clock.days)
    if clock.after:
        moment = isinstance(model._meta.get_field(clock.after), DateTimeField)
        asked &= Q(**{f"{clock.after}__{'date__lte' if moment else 'lte'}": until})
    if clock.childrens:
        asked &= Q(**{f"{clock.childrens}__in": _childrens(today)})
    if clock.project:
        over = Project.objects.filter(state=Project.State.CLOSED, closed_on__lte=until)
        asked &= Q(**{f"{clock.project}__in": over.values("pk")})
    return asked


def _childrens(today: date) -> list[UUID]:
    """Projects for under-18s whose words are to leave today or earlier."""
    asked = Project.objects.filter(for_under_18()).exclude(state=Project.State.DRAFT)
    days = {each.pk: words_leave_on(each, current_terms(each)) for each in asked}
    return [ref for ref, day in days.items() if day is not None and day <= today]


def _empty_already(model: Any) -> Q:
    """Rows of which every column that erasure empties is empty."""
    asked = Q()
    for name, value in emptied(model).items():
        field = model._meta.get_field(name)
        empty = Q(**{f"{name}__isnull": True}) if value is None else Q(**{name: value})
        asked &= empty | Q(**{f"{name}__isnull": True}) if field.null else empty
    return asked
