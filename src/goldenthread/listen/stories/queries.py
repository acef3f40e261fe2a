"""Reading stories: the list with what its reader chose not to see, and one story."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from goldenthread.kit.shapes import FilterGroup, FilterOption
from goldenthread.listen.stories.models import Story, StoryBox
from goldenthread.listen.stories.plain import FEELINGS, NOTES, feelings_of, notes_of
from goldenthread.listen.voices import queries as voices
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.queries import Card
from goldenthread.projects.models import Project
from goldenthread.projects.speaker import Speaker
from goldenthread.safety.consent.permissions import may_be_asked
from goldenthread.safety.consent.queries import in_force
from goldenthread.safety.consent.wordings import QUOTE
from goldenthread.safety.reading.models import Words
from goldenthread.safety.release.queries import latest
from goldenthread.thread.queries import led_to

ORDER: Final = ("-voice__words__released_on", "voice_id")
NEWEST: Final = 1000  # stories of which we look up what came of them
NOT_READ: Final = tuple(f"voice__{name}" for name in voices.NOT_SHOWN)
CAME: Final = ("reply", "change")
FEWEST_IN_A_STRAND: Final = 20  # told of a strand, before it is named beside a story


def box_of(project: Project) -> StoryBox | None:
    """Return the stories of a project, once they were ever switched on."""
    return StoryBox.objects.filter(project=project).select_related("project__organisation").first()


def released(project: Project) -> QuerySet[Story]:
    """Return the stories that a reader has released."""
    shown = {"state": Words.State.RELEASED, "purpose": Words.Purpose.VOICE, "project": project}
    rows = Story.objects.filter(**{f"voice__words__{name}": each for name, each in shown.items()})
    return rows.select_related("voice__words", "voice__author", "voice__strand").defer(*NOT_READ)


def story_in(project: Project, ref: UUID) -> Story | None:
    """Return one story that a reader has released."""
    return released(project).filter(pk=ref).first()


def own_story(speaker: Speaker, project: Project, ref: UUID) -> Voice | None:
    """Return a story of the speaker's own, however it stands."""
    mine = voices.mine(speaker).filter(project=project, kind=Voice.Kind.STORY, pk=ref)
    return mine.exclude(words__state__in=Words.GONE).select_related("project__organisation").first()


@dataclass(frozen=True)
class Wanted:
    """What a reader of the list wants to see, and chose not to see."""

    feeling: str = ""
    came: str = ""  # reply, or change
    hidden: frozenset[str] = frozenset()

    @property
    def narrowed(self) -> bool:
        """Whether the list is narrowed at all."""
        return bool(self.feeling or self.came)


def wanted(query: QueryDict, hidden: Iterable[str]) -> Wanted:
    """Read what is wanted from the address; what we do not know is left out."""
    feeling, came = query.get("feeling", ""), query.get("came", "")
    return Wanted(
        feeling if feeling in FEELINGS else "",
        came if came in CAME else "",
        frozenset(hidden) & set(NOTES),
    )


def listed(project: Project, want: Wanted) -> QuerySet[Story]:
    """Return the stories of the list. What is hidden stays in it, covered."""
    rows = released(project)
    if want.feeling:
        rows = rows.filter(feelings__contains=[want.feeling])
    if want.came:
        newest = list(rows.order_by(*ORDER).values_list("pk", flat=True)[:NEWEST])
        rows = rows.filter(pk__in=led_to(newest, [want.came])[want.came])
    return rows


def filter_groups(box: StoryBox, query: QueryDict) -> list[FilterGroup]:
    """Return the links that narrow the list."""
    came = [(_("Answered"), "reply"), (_("Something has changed"), "change")]
    groups = [_group(_("What came of it"), "came", came, query)]
    if box.feelings:
        felt = [(str(text), key) for key, text in FEELINGS.items()]
        groups.append(_group(_("How people felt"), "feeling", felt, query))
    return groups


def _group(label: str, name: str, options: list[tuple[str, str]], query: QueryDict) -> FilterGroup:
    kept = {key: str(query[key]) for key in ("came", "feeling") if key != name and query.get(key)}
    return FilterGroup(
        label,
        [
            FilterOption(
                text,
                "?" + urlencode({**kept, name: value} if value else kept),
                current=value == query.get(name, ""),
            )
            for text, value in [(_("All"), ""), *options]
        ],
    )


@dataclass(frozen=True)
class StoryCard:
    """One story as it is shown."""

    card: Card
    parts: Sequence[tuple[str, str]]  # what was asked, and what was told
    feelings: Sequence[str]
    notes: Sequence[str]
    because: Sequence[str]  # of its notes those that the reader chose not to see
    teller: str
    where: str
    answered: bool
    changed: bool

    @property
    def voice(self) -> Voice:
        """The voice that tells it."""
        return self.card.voice

    @property
    def hidden_because(self) -> str:
        """Say why it is covered, if it is."""
        return ", ".join(self.because)


def cards(
    stories: Iterable[Story], project: Project, speaker: Speaker, *, hidden: Collection[str] = ()
) -> list[StoryCard]:
    """Fetch what stands beside many stories at once: six queries at most."""
    shown = list(stories)
    told_by_many = _strands_of_many(shown, project)
    beside = voices.cards([each.voice for each in shown], project, speaker)
    came = led_to([each.pk for each in shown], CAME)
    return [
        StoryCard(
            card=card,
            parts=_parts(story),
            feelings=feelings_of(story.feelings),
            notes=notes_of(story.notes),
            because=notes_of(set(story.notes) & set(hidden)),
            teller=_teller(story),
            where=told_by_many.get(story.voice.strand_id, ""),
            answered=story.pk in came["reply"],
            changed=story.pk in came["change"],
        )
        for story, card in zip(shown, beside, strict=True)
    ]


def _strands_of_many(stories: list[Story], project: Project) -> Mapping[UUID | None, str]:
    """Name the strands that twenty people or more came by, as quotes do; never where under-18s do.

    A smaller one, beside the month and a note, points to a person.
    """
    strands = {each.voice.strand_id: each.voice.strand for each in stories}
    named = {ref: strand.name for ref, strand in strands.items() if strand is not None}
    if not named or project.for_under_18:
        return {}
    figures = latest(project)
    return {
        ref: name
        for ref, name in named.items()
        if (figures.number(f"strand:{ref}") or 0) >= FEWEST_IN_A_STRAND
    }


def _parts(story: Story) -> list[tuple[str, str]]:
    """What was told, each under the question it answers."""
    words = story.voice.words
    first = story.good_asked if story.first == Story.Prompt.GOOD else story.better_asked
    told = [(first, words.shown or ""), (story.better_asked, words.helped_shown or "")]
    return [(asked, text) for asked, text in told if text]


def _teller(story: Story) -> str:
    """Say whose story it is, and that the teller may speak for someone; why, points to them."""
    looks_after = _("Someone who may speak for them tells it.")
    speaks = {
        "": "",
        Story.MaySpeak.AGREED: _("The person has agreed."),
        Story.MaySpeak.UNDER_16: looks_after,
        Story.MaySpeak.CANNOT: looks_after,
    }[story.may_speak]
    whose = {
        Voice.Whose.MINE: _("Their own story."),
        Voice.Whose.CARED_FOR: _("The story of someone they look after."),
        Voice.Whose.BOTH: _("Their own story, and of someone they look after."),
    }.get(story.voice.whose, "")  # type: ignore[call-overload]  # a text as any
    return f"{whose} {speaks}".strip()


@dataclass(frozen=True)
class Sharing:
    """How one's own story is shared now."""

    voice: Voice
    shown: bool  # it may be shown here; perhaps it is not read yet
    quoted: bool
    may_be_quoted: bool


def sharing_of(voice: Voice) -> Sharing:
    """Say how a story is shared. One query."""
    return Sharing(
        voice=voice,
        shown=not voice.words.restricted,
        quoted=in_force(QUOTE, voice.pk).exists(),
        may_be_quoted=may_be_asked(voice.project),
    )
