"""The rest of a very large project: copies of what was said, made in the database alone."""

from collections.abc import Callable
from typing import Any, Final

from django.db import connection
from django.db.models import Model

from goldenthread.debrief.replies.models import Told
from goldenthread.example.filling.ground import Ground
from goldenthread.listen.stories.models import Story
from goldenthread.listen.themes.models import Grouping
from goldenthread.listen.voices.models import TrueForMe, Voice
from goldenthread.safety.reading.models import Words
from goldenthread.thread.models import Tie

ANEW: Final = "gen_random_uuid()"
NUMBERED: Final = "old.{name} || ' [' || copies.number || ']'"
# What is copied, by which column it hangs on its voice, and what is another in each copy.
COPIED: Final[tuple[tuple[type[Model], str, dict[str, str]], ...]] = (
    (
        Words,
        "ref",
        {
            "text": NUMBERED.format(name="text"),
            "shown": NUMBERED.format(name="shown"),
            "salt": "sha256(copies.new::text::bytea)",
        },
    ),
    (Voice, "words_id", {}),
    (Story, "voice_id", {}),
    (Grouping, "voice_id", {"ref": ANEW}),
    (Told, "voice_id", {"ref": ANEW}),
    (TrueForMe, "voice_id", {"ref": ANEW}),
    (Tie, "source", {"ref": ANEW}),
    (Tie, "target", {"ref": ANEW}),
)
_COPIES = """
create temporary table copies on commit drop as
select words_id as old, number, gen_random_uuid() as new
from voices_voice, generate_series(1, %(times)s) number
where project_id = %(project)s order by number, words_id limit %(more)s
"""


def copy(ground: Ground, *, made: int, tick: Callable[[], None]) -> None:
    """Make as many copies as are missing; `made` voices are there."""
    more = ground.voices - made
    given: dict[str, Any] = {"times": -(-more // made), "project": ground.project.ref, "more": more}
    with connection.cursor() as cursor:
        cursor.execute(_COPIES, given)
        cursor.execute("analyze copies")
        for model, hangs_on, anew in COPIED:
            cursor.execute(_statement(model, {hangs_on: "copies.new", **anew}, hangs_on))
            tick()


def _statement(model: Any, anew: dict[str, str], hangs_on: str) -> str:
    columns = [each.column for each in model._meta.concrete_fields if not each.generated]
    values = [anew.get(name, f'old."{name}"') for name in columns]
    names = ", ".join(f'"{name}"' for name in columns)
    return (
        f"insert into {model._meta.db_table} ({names}) select {', '.join(values)} "  # noqa: S608
        f"from {model._meta.db_table} old join copies on old.{hangs_on} = copies.old"
    )
