"""Reading consent: what may be quoted, what waits for a second reader, what is in force."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import ngettext

from goldenthread.kit.text import say_count
from goldenthread.people.accounts.models import Person
from goldenthread.projects.ages import UNDER_18
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.roles import held_by
from goldenthread.projects.work import Does, Work, lists
from goldenthread.safety.consent.models import Consent, QuoteLook
from goldenthread.safety.consent.wordings import QUOTE
from goldenthread.safety.readers.queries import has_practised, is_new
from goldenthread.safety.reading.models import Words

ORDER: Final = ("-released_on", "ref")
NOT_SHOWN: Final = ("search", "text", "would_have_helped", "salt")
SIGNATURE: Final = "— "  # a guest who wants to be known signs in a paragraph of its own


def in_force(purpose: str, words: Any = None) -> QuerySet[Consent]:
    """Consents that were given and not taken back; of the row outside unless words are named."""
    about = OuterRef("pk") if words is None else words
    return Consent.objects.filter(words=about, purpose=purpose, withdrawn_on=None)


def with_quote(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Ask with voices (or words) which statement of quoting is in force: no query more."""
    found = in_force(QUOTE)
    asked: QuerySet[Any] = rows.annotate(
        quote_version=Subquery(found.values("version")[:1]),
        quote_given_on=Subquery(found.values("given_on")[:1]),
    )
    return asked


def consented(**where: Any) -> QuerySet[Words]:
    """Words that are shown and whose authors let them be quoted; never of children."""
    shown = Words.objects.filter(state=Words.State.RELEASED, purpose=Words.Purpose.VOICE, **where)
    childrens = Q(project__ages__overlap=UNDER_18)
    return shown.exclude(childrens).filter(Exists(in_force(QUOTE)))


def _looks(**said: Any) -> Exists:
    return Exists(QuoteLook.objects.filter(words=OuterRef("pk"), seen=OuterRef("version"), **said))


def may_be_quoted(project: Project) -> QuerySet[Words]:
    """Words that may be quoted, as they are shown: a second reader agreed to just these."""
    return consented(project=project).filter(_looks(agreed=True)).defer(*NOT_SHOWN)


def waiting(**where: Any) -> QuerySet[Words]:
    """Words that may be quoted once a second reader has looked at them."""
    return consented(**where).exclude(_looks())


def waiting_in(project: Project) -> QuerySet[Words]:
    """Words of a project that wait for a second reader, with who released them."""
    return waiting(project=project).select_related("project", "read_by").defer(*NOT_SHOWN)


def words_in(project: Project, ref: UUID) -> Words | None:
    """Return words of a project that wait for a second reader."""
    return waiting_in(project).filter(pk=ref).first()


@dataclass(frozen=True)
class Quote:
    """Words as they may be quoted: no name, no labels, what was taken out marked by its label."""

    words: Words
    text: str
    helped: str
    note: str
    own: bool = False  # the person who looks released them: another reader has to

    @property
    def is_edited(self) -> bool:
        """Whether something was taken out, and a mark says so."""
        return bool(self.words.masks)


def quotes(rows: Iterable[Words], *, reader: Any = None) -> Sequence[Quote]:
    """Put words as they may be quoted. No query."""
    return [
        Quote(
            words=each,
            text=unsigned(each.shown or ""),
            helped=each.helped_shown or "",
            note=each.note_shown,
            own=reader is not None and each.read_by_id == reader.pk,
        )
        for each in rows
    ]


def unsigned(text: str) -> str:
    """Leave out the name with which a guest signed: a quote never carries one."""
    before, _line, last = text.rpartition("\n\n")
    return before if before and last.startswith(SIGNATURE) else text


def _second(
    person: Person, projects: Iterable[Project], *, now: datetime
) -> Iterator[QuerySet[Words]]:
    known = {project.ref for project in projects}
    held = [role for role in held_by(person, now=now) if role.name == ProjectRole.Name.READER]
    reads = {role.project_id for role in held} & known
    yield waiting(project__in=reads).exclude(read_by=person)


@lists(Does.READ, when=_second)
def to_look_at_again(person: Person, projects: Iterable[Project], *, now: datetime) -> list[Work]:
    """What waits for a second reader before it may be quoted."""
    reads = {project.ref: project for project in projects}
    if not has_practised(person) or is_new(person):
        return []
    (rows,) = _second(person, reads.values(), now=now)
    counted = rows.order_by().values("project").annotate(n=Count("pk"))
    return [_work(reads[row["project"]], row["n"]) for row in counted]


def _work(project: Project, n: int) -> Work:
    said = ngettext(
        "%(n)s may be quoted once you have read it too: %(title)s",
        "%(n)s may be quoted once you have read them too: %(title)s",
        n,
    )
    href = reverse("consent:second", args=[project.address])
    text = said % {"n": say_count(n).capitalize(), "title": project.title}
    return Work(text=text, href=href, tone="quiet", n=n)
