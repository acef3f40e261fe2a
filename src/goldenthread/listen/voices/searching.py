"""Searching voices: the newest that hold the words, inside their project, week by week."""

from typing import Any, Final

from django.contrib.postgres.search import CombinedSearchQuery, SearchQuery
from django.db.models import QuerySet, TextField
from django.db.models.expressions import RawSQL

from goldenthread.listen.voices.models import Voice
from goldenthread.projects.models import Project
from goldenthread.safety.reading.models import DAY_ONE

NEWEST: Final = 1000  # of a search: what was said before them is not looked at
BY_DAY: Final = ("-words__released_on", "words_id")
Sought = SearchQuery | CombinedSearchQuery

# The weeks come newest first, and each is looked up only when those before it held too few. So of
# the many voices with a common word no more are fetched than a week beyond the ones we want.
_WEEK_BY_WEEK: Final = """
select found.ref from (
    select (max(released_on) - %s) / 7 as newest, (min(released_on) - %s) / 7 as oldest
    from reading_words where project_id = %s and state = 'released' and purpose = 'voice'
) known
cross join lateral generate_series(known.newest, known.oldest, -1) as scope (week)
cross join lateral ({inside}) found (ref)
limit %s
"""


def newest_holding(voices: QuerySet[Voice], project: Project, sought: Sought) -> QuerySet[Voice]:
    """Narrow voices to the newest, at most 1,000, in whose words this is found."""
    week: Any = RawSQL("%s || scope.week", (f"p{project.ref.hex}w",), output_field=TextField())
    here = SearchQuery(week, config="simple", search_type="raw")
    inside = voices.filter(words__search=here & sought).order_by(*BY_DAY).values("pk")[:NEWEST]
    sql, given = inside.query.sql_with_params()
    refs = RawSQL(  # noqa: S611
        _WEEK_BY_WEEK.format(inside=sql), (DAY_ONE, DAY_ONE, project.ref, *given, NEWEST)
    )
    return voices.filter(pk__in=refs)
