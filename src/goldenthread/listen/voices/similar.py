"""Finding what others said about the same: rare words, in their own project, within bounds."""

from typing import Any, Final

from django.db import connection

from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.queries import ON_THE_BOARD
from goldenthread.projects.models import Project

FEWEST: Final = 12  # letters of a text below which nothing is looked for
LOOKED_AT: Final = 4000  # letters
RARE: Final = 500  # a word in more texts than these says little
WORDS: Final = 12
CANDIDATES: Final = 200
SHARED: Final = 2  # words that two texts have in common, unless there are fewer

# The statistics that PostgreSQL keeps say which words are common, without counting anything.
_RARE_WORDS = """
with common as (
    select word, share from pg_stats s,
        unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) as e (word, share)
    where s.schemaname = current_schema() and s.tablename = 'reading_words'
        and s.attname = 'search' and word is not null
), size as (
    select greatest(reltuples, 0) as texts from pg_class where oid = 'reading_words'::regclass
)
select lexeme from unnest(to_tsvector('english', %(text)s))
    left join common on word = lexeme cross join size
where length(lexeme) > 2 and lexeme ~ '^[[:alpha:]]+$' and coalesce(share, 0) * texts < %(rare)s
order by length(lexeme) desc, lexeme limit %(words)s
"""
_CLOSEST = """
with candidate as (
    select ref, search from reading_words
    where search @@ (%(project)s::tsquery && %(any)s::tsquery)
        and purpose = 'voice' and note_shown = ''
    limit %(candidates)s
), scored as (
    select ref, (
        select count(*) from unnest(tsvector_to_array(search)) w where w = any(%(words)s)
    ) as shared from candidate
)
select ref from scored where shared >= %(shared)s order by shared desc, ref limit %(limit)s
"""


def similar(project: Project, text: str, *, limit: int = 3) -> list[Voice]:
    """Return up to `limit` released voices that share rare words with `text`, closest first.

    None where the board is the team's own; those with a content note are left out. Three
    queries; nothing of the text is kept or logged.
    """
    if len(text.strip()) < FEWEST or project.board != Project.Board.SHARED:
        return []
    with connection.cursor() as cursor:
        asked: dict[str, Any] = {"text": text[:LOOKED_AT], "rare": RARE, "words": WORDS}
        cursor.execute(_RARE_WORDS, asked)
        words = [row[0] for row in cursor.fetchall()]
        if not words:
            return []
        sought: dict[str, Any] = {
            "project": f"p{project.ref.hex}",
            "any": " | ".join(words),
            "words": words,
            "shared": min(SHARED, len(words)),
            "candidates": CANDIDATES,
            "limit": limit,
        }
        cursor.execute(_CLOSEST, sought)
        refs = [row[0] for row in cursor.fetchall()]
    found = Voice.objects.select_related("words", "author").in_bulk(refs) if refs else {}
    return [found[ref] for ref in refs if found[ref].words.state == ON_THE_BOARD["words__state"]]
