"""What someone who is asked must know first: who asks, what can change, and when they hear.

A link in a letter carries, sealed, what is asked and by whom: the page behind it says so before
anybody signs in. It opens nothing else.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cryptography.fernet import InvalidToken
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.sealing import seal, unseal
from goldenthread.kit.text import Text, say_day
from goldenthread.people.accounts.models import Person
from goldenthread.projects.helping import told_of
from goldenthread.projects.models import Project, ProjectRole, Terms

Kind = Callable[[UUID], "Invited | None"]
_kinds: dict[str, Kind] = {}


@dataclass(frozen=True)
class Invited:
    """To what somebody is asked: said in a sentence that begins with who asks."""

    to: Any  # "to be a reader", "to take a seat in …"
    project: Project
    href: str
    does: Sequence[Text] = ()  # what one does there, in sentences


@dataclass(frozen=True)
class Ask:
    """Who asks whom to what."""

    invited: Invited
    asks: str
    terms: Terms | None


def asked_to(name: str) -> Callable[[Kind], Kind]:
    """Register `kind(ref) -> Invited | None` for what rooms ask people to."""

    def registered(kind: Kind) -> Kind:
        _kinds[name] = kind
        return kind

    return registered


def link_to(name: str, ref: UUID, *, by: Person) -> str:
    """Return the path of the page that says who asks, before anybody signs in."""
    token = seal(f"{name}:{ref.hex}:{by.ref.hex}").decode()
    return reverse("projects:asked", args=[token])


def ask_behind(token: str) -> Ask | None:
    """Return what a link of ours asks, as long as it stands."""
    try:
        name, *refs = unseal(token.encode()).split(":")
        ref, by = [UUID(each) for each in refs]
    except (InvalidToken, ValueError):
        return None
    kind = _kinds.get(name)
    invited = kind(ref) if kind else None
    if invited is None:
        return None
    asks = Person.objects.filter(pk=by, is_active=True).first()
    organisation = invited.project.organisation.name
    return Ask(invited, asks.name if asks and asks.name else organisation, newest(invited.project))


def newest(project: Project) -> Terms | None:
    """Return the newest terms, sealed or not."""
    return Terms.objects.filter(project=project).order_by("-version").first()


def asked_in(project: Project) -> dict[str, str]:
    """Return what a letter says of the project: question, what can change, when people hear."""
    terms = newest(project)
    not_yet = _("This is not written yet.")
    words = {"project": project.title, "organisation": project.organisation.name}
    if terms is None:
        return words | dict.fromkeys(("question", "can_change", "hear_by"), not_yet)
    return words | {
        "question": terms.question or not_yet,
        "can_change": terms.can_change or not_yet,
        "hear_by": say_day(terms.hear_by),
    }


@asked_to("role")
def to_a_role(ref: UUID) -> Invited | None:
    """Say which role somebody is asked to take."""
    goes_on = Q(ends_on=None) | Q(ends_on__gte=clock.today())
    rows = ProjectRole.objects.select_related("project__organisation")
    role = rows.filter(goes_on, pk=ref).first()
    if role is None:
        return None
    href = reverse("pages:project", args=[role.project.address])
    called, does = told_of(role)
    return Invited(_("to be %(role)s") % {"role": called}, role.project, href, does)
