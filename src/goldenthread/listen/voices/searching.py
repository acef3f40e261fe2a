"""Searching voices: the newest that hold the words, inside their project, from this week back."""

from typing import Any, Final
from uuid import UUID

from django.contrib.postgres.search import CombinedSearchQuery, SearchQuery
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from goldenthread.listen.voices.models import Voice
from goldenthread.projects.models import Project
from goldenthread.safety.reading.models import DAY_ONE

BY_DAY: Final = ("-words__released_on", "words_id")
Sought = SearchQuery | CombinedSearchQuery

# The newest week comes first, then the three before it, and so on, each span four times as long;
# a span is looked up only when those before it held too few. So of the many voices with a common
# word few more are fetched than we want, and for a rare one the index is asked five times a year.
_FROM_NOW_BACK: Final = """
select found.ref from (
    select (max(released_on) - %s) / 7 as newest,
        (min(released_on) - %s) / 7 as oldest
    from reading_words
    where project_id = %s and state = 'released' and purpose = 'voice'
) known
cross join lateral (
    select (
        select string_agg(%s || week, '|') from generate_series(
            greatest(known.newest - span.till, known.oldest), known.newest - span.since
        ) week
    )::tsquery as weeks
    from (values (0, 0), (1, 3), (4, 15), (16, 63), (64, 255), (256, 100000)) span (since, till)
    where known.newest - span.since >= known.oldest
    order by span.since
) scope
cross join lateral ({inside}) found (ref)
limit %s
"""


def newest_holding(
    voices: QuerySet[Voice],
    project: Project,
    sought: Sought,
    *,
    most: int,
    in_order: bool = True,
) -> QuerySet[Voice]:
    """Narrow voices to the newest in whose words this is found. One query, made at once.

    Not in order, some of those of the last span are left out, whichever come to hand last.
    """
    return voices.filter(pk__in=_newest(voices, project, sought, most, in_order=in_order))


def _newest(
    voices: QuerySet[Voice], project: Project, sought: Sought, most: int, *, in_order: bool
) -> list[UUID]:
    here: Any = RawSQL("reading_words.search @@ scope.weeks", (), output_field=BooleanField())
    inside = voices.filter(here, words__search=sought)
    inside = inside.order_by(*BY_DAY) if in_order else inside.order_by()
    try:
        sql, given = inside.values("pk")[:most].query.sql_with_params()
    except EmptyResultSet:  # narrowed to what cannot be, by an address that somebody typed
        return []
    word = f"p{project.ref.hex}w"
    known = (DAY_ONE, DAY_ONE, project.ref, word)
    with connection.cursor() as cursor:
        cursor.execute(_FROM_NOW_BACK.format(inside=sql), (*known, *given, most))
        return [ref for (ref,) in cursor.fetchall()]
