"""Voices that may belong to a theme: they share rare words with it. People decide, always."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import FloatField, QuerySet, TextField
from django.db.models.expressions import RawSQL

from goldenthread.listen.themes import queries
from goldenthread.listen.themes.models import Theme
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.searching import newest_holding

SAMPLE = 500  # voices of the project, newest first, from which we learn which words are rare
CANDIDATES = 200  # voices with any of the words, from the newest weeks
FROM_THEME = 200  # voices of the theme that are looked at
WORDS = 12  # of the theme's words that we search with
RARE = 0.1  # a word in more voices than this says nothing

_SHARED = """
with of_theme as (
    select w.search from (
        select voice_id from themes_grouping
        where theme_id = %(theme)s order by voice_id limit %(from_theme)s
    ) inside join reading_words w on w.ref = inside.voice_id and w.state = 'released'
), of_project as (
    select search from reading_words
    where project_id = %(project)s and state = 'released' and purpose = 'voice'
    order by released_on desc, ref limit %(sample)s
), here as (
    select lexeme, count(*) as times from of_theme, unnest(search) group by lexeme
), everywhere as (
    select lexeme, count(*) as times from of_project, unnest(search) group by lexeme
)
select h.lexeme, h.times, coalesce(e.times, 0), (select count(*) from of_project)
from here h left join everywhere e using (lexeme)
where length(h.lexeme) between 3 and 32 -- the project's own word in the index has 33
"""

_WORDS_SHARED = """
array(select unnest(tsvector_to_array("reading_words"."search")) intersect
      select unnest(%s::text[]))
"""
_WEIGHT = """
(select coalesce(sum(weight), 0) from unnest(%s::text[], %s::float[]) as known(word, weight)
 where word = any(tsvector_to_array("reading_words"."search")))
"""


@dataclass(frozen=True)
class Suggestion:
    """A voice that may belong to a theme, and the words that it shares with it."""

    voice: Voice
    shared: tuple[str, ...]


def suggestions_for(theme: Theme, *, limit: int = 10) -> list[Suggestion]:
    """Return ungrouped voices that share the theme's rare words, the nearest first."""
    weights = rare_words(theme)
    if not weights:
        return []
    words, values = list(weights), list(weights.values())
    near = (
        _newest_with_any_of(theme, words)
        .annotate(
            shared=RawSQL(_WORDS_SHARED, (words,), output_field=ArrayField(TextField())),  # noqa: S611
            weight=RawSQL(_WEIGHT, (words, values), output_field=FloatField()),  # noqa: S611
        )
        .order_by("-weight", "words_id")[:limit]
    )
    return [
        Suggestion(voice, as_written(voice.words.shown or "", voice.shared, weights))
        for voice in near
    ]


def _newest_with_any_of(theme: Theme, words: list[str]) -> QuerySet[Voice]:
    quoted = ["'" + word.replace("\\", "\\\\").replace("'", "''") + "'" for word in words]
    sought = SearchQuery(" | ".join(quoted), config="simple", search_type="raw")
    left = queries.ungrouped(theme.project)
    return newest_holding(left, theme.project, sought, most=CANDIDATES, in_order=False)


def rare_words(theme: Theme) -> dict[str, float]:
    """Return the stems that mark a theme, with their weights."""
    values: dict[str, Any] = {
        "theme": theme.ref,
        "project": theme.project_id,
        "from_theme": FROM_THEME,
        "sample": SAMPLE,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SHARED, values)
        rows = cursor.fetchall()
    weights = {
        stem: math.log(1 + here) * math.log(1 + everyone / max(there, 1))
        for stem, here, there, everyone in rows
        if there <= max(RARE * everyone, 3)
    }
    return dict(sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:WORDS])


def as_written(text: str, stems: list[str], weights: Mapping[str, float]) -> tuple[str, ...]:
    """Find the words of a text that have these stems, the rarest first."""
    found = []
    for stem in sorted(stems, key=lambda each: -weights[each]):
        root = stem.removesuffix("i")
        match = re.search(rf"\b{re.escape(root)}[\w'’]*", text, re.IGNORECASE)
        word = match.group().lower() if match else stem
        if word not in found:
            found.append(word)
    return tuple(found)
