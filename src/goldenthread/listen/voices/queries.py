"""Reading voices: the board, one's own, and how the thread and the releases speak of them."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Count, F, Func, IntegerField, Q, QuerySet, UUIDField
from django.db.models.functions import Cast, Round
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.figures import SMALLEST
from goldenthread.kit.sealing import keyed
from goldenthread.kit.shapes import FilterGroup, FilterOption
from goldenthread.kit.text import say_counted, say_month
from goldenthread.listen.voices import permissions
from goldenthread.listen.voices.models import AuthorLook, Draft, TrueForMe, Voice
from goldenthread.listen.voices.searching import BY_DAY, newest_holding
from goldenthread.organisations.models import Label
from goldenthread.people.accounts.models import Person
from goldenthread.people.receipts.models import Receipt
from goldenthread.projects.models import Project
from goldenthread.projects.permissions import may_see, may_see_board
from goldenthread.projects.speaker import Guest, Speaker
from goldenthread.projects.work import Does, Work, lists
from goldenthread.safety.concerns.registry import ways_to_reach
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.registry import ItemLink, asked
from goldenthread.safety.reading.stubs import stubs_of
from goldenthread.safety.release import registry
from goldenthread.safety.release.queries import Figures, latest
from goldenthread.thread.registry import Described, describes

BY_ARRIVAL: Final = ("-words__received_on", "words_id")
NEWEST: Final = 1000  # voices, of a search: what was said before them is not looked at
BY_RANK: Final = ("-rank", *BY_DAY)
LONGEST_SEARCH: Final = 100  # letters
SHORT: Final = 12  # words of a voice's title on the thread
State, KnownAs = Words.State, Voice.KnownAs
NOT_SHOWN: Final = tuple(
    f"words__{name}" for name in ("search", "text", "would_have_helped", "salt", "masks")
)
ON_THE_BOARD: Final = {"words__state": State.RELEASED, "words__purpose": Words.Purpose.VOICE}


class Unnested(Func):
    """Each member of an array in a row of its own."""

    function = "unnest"
    output_field = UUIDField()


@dataclass(frozen=True)
class BoardFilter:
    """One way to narrow the board that a higher room brings: `?name=value`."""

    name: str
    label: str
    options: Callable[[Project, Speaker], Iterable[tuple[str, str]]]  # (text, value)
    narrow: Callable[["QuerySet[Voice]", Project, str], "QuerySet[Voice]"]
    when_chosen: bool = False  # shown only to who came by a link that narrows by it


board_filters: list[BoardFilter] = []  # themes brings "theme" and "place"


@dataclass(frozen=True)
class Filters:
    """What someone wants to see of the board."""

    kind: str = ""
    search: str = ""
    more: Mapping[str, str] = field(default_factory=dict)  # of `board_filters`, by name

    @property
    def any(self) -> bool:
        """Whether anything is narrowed at all."""
        return bool(self.kind or self.search or any(self.more.values()))

    @property
    def order(self) -> tuple[str, ...]:
        """How the board is ordered: what fits best first, else the newest."""
        return BY_RANK if self.search else BY_DAY


def board(project: Project, filters: Filters) -> QuerySet[Voice]:
    """Released voices of the project with their words; order them by `filters.order`."""
    voices = Voice.objects.filter(words__project=project, **ON_THE_BOARD)
    if filters.kind:
        voices = voices.filter(kind=filters.kind)
    for each in board_filters:
        if value := filters.more.get(each.name):
            voices = each.narrow(voices, project, value)
    if filters.search:
        voices = _searched(voices, project, filters.search)
    return voices.select_related("words", "author").defer(*NOT_SHOWN)


def _searched(voices: QuerySet[Voice], project: Project, text: str) -> QuerySet[Voice]:
    """Rank the newest voices in which the words are found, inside the project alone."""
    sought = SearchQuery(text, config="english", search_type="websearch")
    rank = Cast(Round(SearchRank(F("words__search"), sought) * 1_000_000), IntegerField())
    return newest_holding(voices, project, sought, most=NEWEST).annotate(rank=rank)


def how_many(voices: QuerySet[Voice], *, narrowed: bool) -> str:
    """Say how many there are; beyond a thousand nobody counts.

    Narrowed to a few, no number is said: it would tell how small a group is.
    """
    number = voices.order_by()[:NEWEST].count()
    if narrowed and 0 < number < SMALLEST:
        return _("A few voices")
    if number == NEWEST:
        return _("1,000+ voices")
    return say_counted(number, "voice", "voices").capitalize()


def filters_of(query: QueryDict) -> Filters:
    """Read what someone wants to see from the address; what we do not know is left out."""
    kind = query.get("kind", "")
    return Filters(
        kind=kind if kind in Voice.Kind.values else "",
        search=query.get("q", "").strip()[:LONGEST_SEARCH],
        more={each.name: query.get(each.name, "") for each in board_filters},
    )


def filter_groups(project: Project, query: QueryDict, speaker: Speaker) -> list[FilterGroup]:
    """Return the links that narrow the board, those of higher rooms among them."""
    kinds = [(str(label), str(value)) for value, label in Voice.Kind.choices]
    asked = [(_("Kind"), "kind", kinds)]
    offered = [one for one in board_filters if not one.when_chosen or query.get(one.name)]
    asked += [(str(one.label), one.name, [*one.options(project, speaker)]) for one in offered]
    return [_group(label, name, options, query) for label, name, options in asked if options]


def _group(label: str, name: str, options: list[tuple[str, str]], query: QueryDict) -> FilterGroup:
    chosen, others = query.get(name, ""), _without(query, "from", name)
    return FilterGroup(
        label,
        [
            FilterOption(text, _narrowed(others, name, value), current=value == chosen)
            for text, value in [(_("All"), ""), *options]
        ],
    )


def _without(query: QueryDict, *names: str) -> str:
    left = query.copy()
    for gone in names:
        left.pop(gone, None)
    return left.urlencode()


def _narrowed(others: str, name: str, value: str) -> str:
    """The address with one filter changed, from the first page on."""
    wanted = urlencode({name: value}) if value else ""
    return "?" + "&".join(part for part in (others, wanted) if part)


def known_to_support(project: Project) -> QuerySet[Voice]:
    """Voices whose authors let support staff alone know who they are."""
    known = Q(author__isnull=False) | Q(given_name__isnull=False)
    voices = Voice.objects.filter(known, project=project, known_as=KnownAs.SUPPORT)
    return voices.exclude(words__state__in=Words.GONE).select_related("words", "author")


def brought_in(project: Project, texts: Iterable[str]) -> Counter[str]:
    """Count how often each of these texts came in from a file before, as far as it is held."""
    held = Words.objects.filter(voice__batch__project=project, text__in=set(texts))
    return Counter(str(text) for text in held.values_list("text", flat=True))


def mine(speaker: Speaker) -> QuerySet[Voice]:
    """Voices linked to the speaker: by account, or by the receipt that is open."""
    voices = Voice.objects.select_related("words__appeal", "project__organisation")
    if isinstance(speaker, Guest):
        held = voices.filter(receipt=speaker.receipt, receipt__closed=False)
        return held if speaker.receipt else voices.none()
    return voices.filter(author=speaker)


def voice_visible_to(
    speaker: Speaker, project: Project, ref: UUID, *, now: datetime
) -> Voice | None:
    """Return a voice that stands, or stood, on the board; where it does not, only the stub shows.

    Who may see the board sees it; in a project whose board is the team's own, so does its author.
    """
    found = (
        Voice.objects.select_related("words", "author", "project")
        .filter(
            pk=ref,
            project=project,
            words__released_on__isnull=False,
        )
        .first()
    )
    if found is None or may_see_board(speaker, project, now=now):
        return found
    own = permissions.is_mine(speaker, found) and may_see(speaker, project, now=now)
    return found if own else None


@dataclass(frozen=True)
class Card:
    """A released voice as people see it, with what stands beside its words."""

    voice: Voice
    name: str  # of a member who is known to anyone; a guest's stands under the words
    labels: tuple[str, ...]  # only those that many carry
    agreed: str  # "about 15", once enough people said so when figures were frozen
    agreed_by_me: bool
    may_agree: bool

    @property
    def words(self) -> Words:
        """What the reader released."""
        return self.voice.words

    @property
    def begins(self) -> str:
        """The first words, to tell links apart that people do not see side by side."""
        return _begins(self.words)


def _begins(words: Words) -> str:
    return words.note_shown or Truncator(words.shown or "").words(SHORT)


def cards(voices: Iterable[Voice], project: Project, speaker: Speaker) -> list[Card]:
    """Fetch what stands beside many voices at once: four queries at most."""
    shown = list(voices)
    figures = latest(project)
    texts = _texts_of({ref for voice in shown for ref in voice.labels}, figures)
    agreed = _agreed_by(speaker, shown, project)
    return [
        Card(
            voice=voice,
            name=voice.author.name if voice.author and voice.known_as == KnownAs.NAMED else "",
            labels=tuple(texts[ref] for ref in voice.labels if ref in texts),
            agreed=figures.about(f"true:{voice.pk}") if figures.number(f"true:{voice.pk}") else "",
            agreed_by_me=voice.pk in (agreed or ()),
            may_agree=agreed is not None and not permissions.is_mine(speaker, voice),
        )
        for voice in shown
    ]


def _texts_of(labels: set[UUID], figures: Figures) -> dict[UUID, str]:
    """The labels that ten people or more carried when figures were frozen."""
    many = [ref for ref in labels if figures.number(f"label:{ref}")]
    return dict(Label.objects.filter(ref__in=many).values_list("ref", "text")) if many else {}


def _agreed_by(speaker: Speaker, voices: list[Voice], project: Project) -> frozenset[UUID] | None:
    """What the speaker said is true for them too; none when they do not count here. One query."""
    marks = [mark_of(speaker, voice) for voice in voices]
    given = TrueForMe.objects.filter(voice__in=voices, mark__in=marks).values("voice_id")
    standing = permissions.standing_in(project, speaker) if voices else Receipt.objects.none()
    found = standing.annotate(agreed=ArraySubquery(given)).values_list("agreed", flat=True).first()
    return frozenset(found) if found is not None else None


def mark_of(speaker: Speaker, voice: Voice) -> bytes:
    """Return the mark of one person on one voice: two marks of a person cannot be joined."""
    who = speaker.receipt if isinstance(speaker, Guest) else speaker.pk
    return keyed("voices.true-for-me", voice.project_id, voice.pk, who)


@describes("voice")
def describe_voices(refs: Iterable[UUID], *, visible_to: Any) -> dict[UUID, Described]:
    """Describe voices on the thread: one's own and those on the board; never unreleased words."""
    voices = Voice.objects.select_related("words", "project").filter(pk__in=list(refs))
    gone = stubs_of([voice.words for voice in voices if voice.words.released_on is not None])
    said = {voice.pk: _described(voice, visible_to, gone.get(voice.pk, "")) for voice in voices}
    return {ref: described for ref, described in said.items() if described is not None}


def _described(voice: Voice, speaker: Speaker, stub: str) -> Described | None:
    words = voice.words
    on = say_month(words.received_on)
    if stub:
        return Described(title=stub, on=on)
    if permissions.is_mine(speaker, voice):
        return Described(title=_("What you said"), href=_href(voice), on=on)
    shown = may_see_board(speaker, voice.project, now=clock.now())
    if words.state != State.RELEASED or not shown:
        return None
    return Described(title=_begins(words), href=_href(voice), note=voice.get_kind_display(), on=on)


def _href(voice: Voice) -> str:
    if voice.words.state != State.RELEASED:
        return ""
    return reverse("voices:voice", args=[voice.project.address, voice.pk])


@registry.figure("voices")
def voices_of(project: Project) -> int:
    """Count the voices of the project that were not taken back."""
    return Voice.objects.filter(project=project).exclude(words__state__in=Words.GONE).count()


@registry.figures
def agreements_and_labels(project: Project) -> dict[str, int]:
    """Count who says "true for me too" (`true:ref`), and who carries a label (`label:ref`).

    Of the first, fewer than ten are not even handed to the release.
    """
    many = Voice.objects.filter(project=project, agreed__gte=SMALLEST, **ON_THE_BOARD)
    agreed = {f"true:{ref}": number for ref, number in many.values_list("pk", "agreed")}
    carried = Voice.objects.filter(project=project).exclude(labels=[])
    holders = carried.annotate(label=Unnested("labels")).values("label").annotate(n=Count("pk"))
    return agreed | {f"label:{row['label']}": row["n"] for row in holders}


def _begun(person: Person, projects: list[Project], *, now: datetime) -> Iterator[QuerySet[Draft]]:
    del projects, now  # one may write in any project, with or without a role there
    yield Draft.objects.filter(person=person)


@lists(Does.FINISH, when=_begun)
def drafts_that_wait(person: Person, projects: list[Project], *, now: datetime) -> list[Work]:
    """What a member has begun to write and not sent."""
    (begun,) = _begun(person, projects, now=now)
    drafts = begun.select_related("project").order_by("-on", "ref")
    return [
        Work(
            text=_("You began to write in %(project)s") % {"project": draft.project.title},
            href=reverse("voices:speak", args=[draft.project.address]),
            tone="quiet",
        )
        for draft in drafts[:5]
    ]


def looks_at_author(voice: Voice) -> list[AuthorLook]:
    """Return who has looked at who said it, and why, newest first."""
    return list(voice.looks.select_related("by").order_by("-on", "ref")[:20])


@ways_to_reach
def how_to_reach(words: Words, *, by: Any, now: datetime) -> ItemLink | None:
    """Lead support staff to who said it, if the author wished to be known to them."""
    voice = known_to_support(words.project).filter(pk=words.pk).first()
    if voice is None or not permissions.may_look_at_author(by, voice, now=now):
        return None
    href = reverse("voices:who", args=[words.project.address, voice.ref])
    last = next(iter(looks_at_author(voice)), None)
    note = _("They let the support team know how to reach them. Each look needs a reason.")
    if last:
        said = _("Last looked at by %(name)s: %(why)s")
        name = last.by.name if last.by else _("someone who has left")
        note = said % {"name": name, "why": last.because or ""}
    return ItemLink(_("Who it was, and how to reach them"), href, note)


@asked
def question_of(words: Words) -> str:
    """Tell the reader which question of the organisers' these words answer."""
    if words.purpose != Words.Purpose.VOICE:
        return ""
    return Voice.objects.filter(pk=words.pk).values_list("asked", flat=True).first() or ""
