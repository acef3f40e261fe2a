from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.listen.summaries.models import Rest, Sentence
from goldenthread.listen.themes.also import Told, tells
from goldenthread.listen.themes.models import Grouping, Theme
from goldenthread.listen.themes.queries import holding, released, told_themes
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.searching import BY_DAY
from goldenthread.projects.models import Project
from goldenthread.safety.reading.models import Words

OFFERED = 40  # voices to choose from at once
MOST = 200  # sentences of a summary
RELEASED = Words.State.RELEASED
_in_theme = Grouping.objects.filter(theme=OuterRef("theme"), voice__words__state=RELEASED)
STANDS = Q(voice__words__state=RELEASED) | Q(Exists(_in_theme))

_whole = Q(voice__words__salt__isnull=False) | Q(
    Exists(Grouping.objects.filter(theme=OuterRef("theme"), voice__words__salt__isnull=False))
)
_destroyed = Q(voice__words__salt=None, voice__isnull=False) | Q(
    Exists(Grouping.objects.filter(theme=OuterRef("theme"), voice__words__salt=None))
)


@dataclass(frozen=True)
class Standing:
    """A sentence, on how much of what it was written from it still rests, and what was taken."""

    sentence: Sentence
    left: int
    gone: int

    @property
    def stands(self) -> bool:
        """Whether anything is left that it rests on."""
        return self.left > 0


def summary_of(project: Project) -> list[Standing]:
    """Return every sentence with what is left of its ground. Two queries."""
    return _standing(Sentence.objects.filter(project=project))


def shown_summary(project: Project) -> list[Standing]:
    """Return the sentences that everyone reads: shown, and with a voice left to rest on."""
    shown = Sentence.objects.filter(project=project, shown_on__isnull=False)
    return [each for each in _standing(shown) if each.stands]


def _standing(sentences: QuerySet[Sentence]) -> list[Standing]:
    found = list(sentences.order_by("place", "ref")[:MOST])
    rests = Rest.objects.filter(sentence__in=found).order_by()
    every = dict(rests.values_list("sentence").annotate(n=Count("ref")))
    left = dict(rests.filter(STANDS).values_list("sentence").annotate(n=Count("ref")))
    return [
        Standing(each, left.get(each.ref, 0), every.get(each.ref, 0) - left.get(each.ref, 0))
        for each in found
    ]


def on_destroyed_ground() -> QuerySet[Sentence]:
    """Return the sentences that rested on voices of which every one is destroyed."""
    rests = Rest.objects.filter(sentence=OuterRef("pk"))
    found = Sentence.objects.filter(Exists(rests.filter(_destroyed)))
    return found.exclude(Exists(rests.filter(_whole))).order_by("ref")


def sentence_in(project: Project, ref: UUID) -> Sentence:
    """Return a sentence of the project; else 404."""
    found = Sentence.objects.filter(project=project, ref=ref).first()
    if found is None:
        raise Http404
    found.project = project
    return found


def shown_sentence(project: Project, ref: UUID) -> Standing:
    """Return a sentence that everyone reads; else 404."""
    shown = Sentence.objects.filter(project=project, ref=ref, shown_on__isnull=False)
    for found in _standing(shown):
        if found.stands:
            found.sentence.project = project
            return found
    raise Http404


def voices_beneath(sentence: Sentence) -> QuerySet[Voice]:
    """Return the released voices that a sentence was written from, one by one."""
    rests = Rest.objects.filter(sentence=sentence, voice=OuterRef("pk"))
    return released(sentence.project).filter(Exists(rests))


def themes_beneath(sentence: Sentence) -> list[Theme]:
    """Return the topics that a sentence rests on as a whole, as everyone may read them."""
    rests = Rest.objects.filter(sentence=sentence, theme=OuterRef("pk"))
    return list(told_themes(sentence.project).filter(Exists(rests)))


def rests_on(sentence: Sentence) -> tuple[list[str], list[str]]:
    """Return the voices and the themes a sentence was written from, as a form takes them."""
    rests = list(Rest.objects.filter(sentence=sentence).order_by("ref"))
    return (
        [str(rest.voice_id) for rest in rests if rest.voice_id],
        [str(rest.theme_id) for rest in rests if rest.theme_id],
    )


def ground(project: Project, voices: Collection[UUID], themes: Collection[UUID]) -> list[Rest]:
    """Return what a sentence would rest on: released voices, and topics that people have seen."""
    found = [Rest(voice=voice) for voice in released(project).filter(pk__in=set(voices))]
    held = Exists(Grouping.objects.filter(theme=OuterRef("pk"), voice__words__state=RELEASED))
    seen = told_themes(project).filter(held, ref__in=set(themes))
    return found + [Rest(theme=theme) for theme in seen]


def to_choose_from(
    project: Project, *, ticked: Collection[str], words: str, theme: UUID | None
) -> list[Voice]:
    """Return voices to tick: those that are ticked first, then the newest that are sought."""
    chosen = released(project).filter(pk__in=list(ticked)) if ticked else Voice.objects.none()
    found = released(project)
    if theme is not None:
        found = found.filter(groupings__theme=theme)
    sought = holding(found, project, words)
    rest = sought.exclude(pk__in=list(ticked)).order_by(*BY_DAY)
    return [*chosen.order_by(*BY_DAY), *rest[:OFFERED]]


def next_place(project: Project) -> int:
    """Return the place after the last sentence."""
    last = Sentence.objects.filter(project=project).order_by("-place").first()
    return 0 if last is None else last.place + 1


def one_before(sentence: Sentence) -> Sentence | None:
    """Return the sentence before this one."""
    before = Sentence.objects.filter(project=sentence.project_id, place__lt=sentence.place)
    return before.order_by(F("place").desc()).first()


@tells
def told_of_summary(project: Project) -> Told | None:
    """Say beside the topics that there is a summary. Two queries."""
    if not Sentence.objects.filter(project=project, shown_on__isnull=False).exists():
        return None
    href = reverse("summaries:summary", args=[project.address])
    return Told(_("What people said, in short"), href)


def shown_about(project: Project, themes: Collection[Theme]) -> QuerySet[Sentence]:
    """Return the shown sentences that rest on these themes, or on voices in them, in order."""
    inside = Grouping.objects.filter(theme__in=themes, voice=OuterRef("voice"))
    rests = Rest.objects.filter(STANDS, sentence=OuterRef("pk"))
    about = rests.filter(Q(theme__in=themes) | Q(Exists(inside)))
    shown = Sentence.objects.filter(Exists(about), project=project, shown_on__isnull=False)
    return shown.order_by("place", "ref")
