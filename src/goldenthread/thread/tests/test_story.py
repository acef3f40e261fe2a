from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from goldenthread.thread import queries, registry, services
from goldenthread.thread.models import How, Tie
from goldenthread.thread.registry import Described

NOW = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
PROJECT = uuid4()
SECRET = uuid4()

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def described(monkeypatch: pytest.MonkeyPatch) -> None:
    def describe(refs: list[UUID], *, visible_to: Any) -> Mapping[UUID, Described]:
        return {ref: Described(f"{visible_to} sees {ref}") for ref in refs if ref != SECRET}

    for kind in ("theme", "decision", "action", "change", "voice"):
        monkeypatch.setitem(registry._describers, kind, describe)  # noqa: SLF001  kinds of a test alone


def chain(*kinds_and_hows: tuple[str, How | None], start: UUID) -> list[UUID]:
    refs = [start]
    before = "voice"
    for kind, how in kinds_and_hows:
        after = uuid4()
        services.tie((before, refs[-1]), (kind, after), how=how or How.GROUPED, project=PROJECT)
        refs.append(after)
        before = kind
    return refs


WHOLE = (
    ("theme", How.GROUPED),
    ("theme", How.MERGED),
    ("theme", How.MERGED),
    ("decision", How.DECIDED),
    ("action", How.ACTED),
    ("change", How.CHANGED),
)


def test_a_voice_is_followed_through_every_merge_to_what_changed() -> None:
    refs = chain(*WHOLE, start=uuid4())
    story = queries.story_of(refs[0], visible_to="mina")
    assert {step.ref for step in story.after} == set(refs[1:])
    assert [step.kind for step in story.after][-3:] == ["decision", "action", "change"]
    assert queries.what_came_of([refs[0]], "change") == [refs[-1]]
    assert queries.voices_beneath(refs[-1]) == [refs[0]]


def test_the_story_of_a_change_goes_back_to_its_themes_but_lists_no_voices() -> None:
    refs = chain(*WHOLE, start=uuid4())
    story = queries.story_of(refs[-1], visible_to="mina")
    assert {step.ref for step in story.before} == set(refs[1:-1])
    assert not story.after


def test_a_split_is_told_but_carries_no_voices_along() -> None:
    voice, old, new = uuid4(), uuid4(), uuid4()
    services.tie(("voice", voice), ("theme", old), how=How.GROUPED, project=PROJECT)
    services.tie(("theme", old), ("theme", new), how=How.SPLIT, project=PROJECT)
    assert queries.voices_beneath(new) == []
    assert queries.what_came_of([voice], "theme") == [old]
    assert [step.ref for step in queries.story_of(old, visible_to="mina").after] == [new]


def test_what_may_not_be_seen_is_left_out() -> None:
    voice = uuid4()
    services.tie(("voice", voice), ("theme", SECRET), how=How.GROUPED, project=PROJECT)
    assert queries.story_of(voice, visible_to="mina").after == []


@pytest.mark.parametrize("merges", [1, 30])
def test_queries_stay_bounded_however_long_the_chain(merges: int) -> None:
    steps = (("theme", How.GROUPED), *[("theme", How.MERGED)] * merges, ("decision", How.DECIDED))
    refs = chain(*steps, start=uuid4())
    with CaptureQueriesContext(connection) as seen:
        story = queries.story_of(refs[0], visible_to="mina")
    assert len(story.after) == merges + 2
    assert len(seen) == 1


def test_a_circle_of_merges_ends() -> None:
    one, two = uuid4(), uuid4()
    services.tie(("theme", one), ("theme", two), how=How.MERGED, project=PROJECT)
    services.tie(("theme", two), ("theme", one), how=How.MERGED, project=PROJECT)
    assert len(queries.story_of(one, visible_to="mina").after) == 2


def test_a_tie_ends_once_and_never_changes_otherwise() -> None:
    voice, theme = uuid4(), uuid4()
    services.tie(("voice", voice), ("theme", theme), how=How.GROUPED, project=PROJECT)
    services.tie(("voice", voice), ("theme", theme), how=How.GROUPED, project=PROJECT)
    assert Tie.objects.count() == 1
    assert services.untie([voice], theme, now=NOW) == 1
    assert queries.voices_beneath(theme) == []
    for change in ({"ended_on": None}, {"target": uuid4()}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Tie.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Tie.objects.all().delete()


def test_all_voices_beneath_are_walked_a_thousand_at_a_time() -> None:
    theme = uuid4()
    voices = {uuid4() for _ in range(2100)}
    services.tie_all(
        [(("voice", voice), ("theme", theme)) for voice in voices], how=How.GROUPED, project=PROJECT
    )
    assert set(queries.all_voices_beneath(theme)) == voices
