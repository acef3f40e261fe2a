"""Voices, each with its words, its topic, and what it was said in."""

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from goldenthread.debrief.replies.models import Told
from goldenthread.example.filling import copying
from goldenthread.example.filling.ground import Ground
from goldenthread.kit import clock
from goldenthread.listen.stories import services as stories
from goldenthread.listen.stories.models import Story, StoryBox
from goldenthread.listen.stories.plain import BETTER, FEELINGS, GOOD, NOTES, note_before
from goldenthread.listen.themes.models import Grouping, Theme
from goldenthread.listen.voices.models import TrueForMe, Voice
from goldenthread.people.receipts import codes
from goldenthread.people.receipts.models import Receipt
from goldenthread.people.receipts.services import issue
from goldenthread.safety.reading.models import Words
from goldenthread.thread.models import How
from goldenthread.thread.services import tie_all

FIRST = 10_000  # voices that are made one by one
SLICE = 2000
AT_ONCE = 1000
GROUPED = 0.9  # the share of voices that are in a theme
SUPPORTED, SUPPORTS = 0.05, 15  # the share that others agree with, and how many do at most
RECEIPTS, OPENED = 1000, 12  # voices with a receipt, and of how many we know the code
NOTED = 0.3  # the share of stories that say beforehand what they talk about
Asked = tuple[str, UUID, str]  # the kind of thing a voice was said in, which, and what it asked


@dataclass(frozen=True)
class ToldIn:
    """What stories, notes and answers are said in."""

    box: StoryBox
    notes: Sequence[Asked]
    answers: Sequence[Asked]


def switch_on(ground: Ground) -> StoryBox:
    """Let people tell stories."""
    return stories.switch_on(
        by=ground.fred,
        project=ground.project,
        good_prompt=str(GOOD),
        better_prompt=str(BETTER),
        now=ground.calendar.at(-7),
    )


def say(ground: Ground, told_in: ToldIn, tick: Callable[[], None]) -> None:
    """Make the first voices, a slice at a time, and the rest as copies of them."""
    made = min(ground.voices, FIRST)
    for at in range(0, made, SLICE):
        _slice(ground, told_in, at, min(SLICE, made - at))
        tick()
    if ground.voices > made:
        copying.copy(ground, made=made, tick=tick)
    for theme in ground.themes:
        theme.voice_count = theme.groupings.count()
    Theme.objects.bulk_update(ground.themes, ["voice_count"])


def slices(voices: int) -> int:
    """Return how many times `say` ticks."""
    copies = len(copying.COPIED) if voices > FIRST else 0
    return -(-min(voices, FIRST) // SLICE) + copies


def receipts(ground: Ground) -> list[str]:
    """Give voices that are in a topic receipts; return the codes of the few that can be opened.

    The others have a lock to which nobody knows a key: stretching a thousand keys takes a minute.
    """
    grouped = Voice.objects.filter(project=ground.project, groupings__isnull=False)
    refs = list(grouped.order_by("words").values_list("pk", flat=True)[:RECEIPTS])
    issued = [issue(scope=ground.project.ref, now=ground.now) for _ref in refs[:OPENED]]
    locked = [
        Receipt(
            drawer=codes.new().drawer,
            auth=ground.drawn.randbytes(32),
            scope=ground.project.ref,
            issued_week=clock.week_of(ground.now),
        )
        for _ref in refs[OPENED:]
    ]
    Receipt.objects.bulk_create(locked, batch_size=AT_ONCE)
    given = [one.receipt.ref for one in issued] + [one.ref for one in locked]
    held = [Voice(words_id=ref, receipt_id=to) for ref, to in zip(refs, given, strict=True)]
    Voice.objects.bulk_update(held, ["receipt"], batch_size=AT_ONCE)
    return [one.code for one in issued]


def _slice(ground: Ground, told_in: ToldIn, at: int, size: int) -> None:
    """Make one slice of voices with all that hangs on them."""
    made = [_said(ground, told_in, words) for words in _words(ground, at, size)]
    voices = [voice for voice, _thing in made]
    told = [_story(ground, told_in.box, v) for v in voices if v.kind == Voice.Kind.STORY]
    Words.objects.bulk_create((voice.words for voice in voices), batch_size=AT_ONCE)
    Voice.objects.bulk_create(voices, batch_size=AT_ONCE)
    Story.objects.bulk_create(told, batch_size=AT_ONCE)
    things = [(thing, ("voice", voice.ref)) for voice, thing in made if thing]
    tie_all(things, how=How.GROUPED, project=ground.project.ref)
    _support(voices)
    _group(ground, voices)


def _support(voices: list[Voice]) -> None:
    """Let as many others as are counted say that it is true for them too."""
    marks = (
        TrueForMe(voice=voice, mark=secrets.token_bytes(32))
        for voice in voices
        for _one in range(voice.agreed)
    )
    TrueForMe.objects.bulk_create(marks, batch_size=AT_ONCE)


def _words(ground: Ground, at: int, size: int) -> Iterator[Words]:
    due = timezone.make_aware(datetime.combine(ground.today, time(12)))
    drawn = ground.drawn
    for number in range(at, at + size):
        text = f"{ground.texts[number % len(ground.texts)]} ({number})"
        day = ground.today - timedelta(days=drawn.randrange(365))
        yield Words(
            ref=UUID(int=drawn.getrandbits(128), version=4),
            project=ground.project,
            text=text,
            shown=text,
            salt=drawn.randbytes(32),
            state=Words.State.RELEASED,
            received_on=day,
            released_on=day,
            due_at=due,
        )


def _said(ground: Ground, told_in: ToldIn, words: Words) -> tuple[Voice, tuple[str, UUID] | None]:
    """Return a voice of some kind, and what it is tied to on the thread."""
    kind = ground.drawn.choice(list(Voice.Kind))
    facts: dict[str, Any] = {"agreed": 0}
    if ground.drawn.random() < SUPPORTED:
        facts["agreed"] = ground.drawn.randrange(1, SUPPORTS + 1)
    things = {Voice.Kind.NOTE: told_in.notes, Voice.Kind.ANSWER: told_in.answers}.get(kind)
    of, ref, asked = ground.drawn.choice(things) if things else ("", None, "")
    if ref is not None:
        facts |= {"answers": ref, "asked": asked}
    if kind == Voice.Kind.NOTE:
        facts["came_by"] = Voice.CameBy.ROOM
    voice = Voice(words=words, project=ground.project, kind=kind, **facts)
    return voice, (of, ref) if of and ref else None


def _story(ground: Ground, box: StoryBox, voice: Voice) -> Story:
    """Say what goes with a story; what it talks about stands before its words everywhere."""
    drawn, words = ground.drawn, voice.words
    notes = drawn.sample(sorted(NOTES), drawn.randrange(1, 3)) if drawn.random() < NOTED else []
    words.content_note = words.note_shown = note_before(notes)
    words.would_have_helped = words.helped_shown = drawn.choice(ground.texts)
    return Story(
        voice=voice,
        first=Story.Prompt.GOOD,
        good_asked=box.good_prompt,
        better_asked=box.better_prompt,
        feelings=drawn.sample(sorted(FEELINGS), drawn.randrange(Story.FEELINGS + 1)),
        notes=notes,
    )


def _group(ground: Ground, voices: list[Voice]) -> None:
    """Put most of them in a topic; of those with a reply each has been told."""
    drawn = ground.drawn
    grouped = [(drawn.choice(ground.themes), v.ref) for v in voices if drawn.random() < GROUPED]
    Grouping.objects.bulk_create(
        [Grouping(theme=theme, voice_id=ref) for theme, ref in grouped], batch_size=AT_ONCE
    )
    pairs = [(("voice", ref), ("theme", theme.ref)) for theme, ref in grouped]
    tie_all(pairs, how=How.GROUPED, project=ground.project.ref)
    states = [Told.State.OPENED, Told.State.WAITING, Told.State.BOARD]
    told = [
        Told(reply=reply, voice_id=ref, state=drawn.choice(states), on=ground.today)
        for theme, ref in grouped
        if (reply := ground.replies.get(theme.ref))
    ]
    Told.objects.bulk_create(told, batch_size=AT_ONCE)
