"""What people do about voices that are there: agree, take back, see who said it."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.kit.sealing import unseal
from goldenthread.listen.voices import permissions
from goldenthread.listen.voices.events import AUTHOR_SEEN
from goldenthread.listen.voices.models import AuthorLook, TrueForMe, Voice
from goldenthread.listen.voices.queries import mark_of
from goldenthread.listen.voices.services.consenting import refuse_unless_mine
from goldenthread.people.accounts.models import Person
from goldenthread.people.notifications.services import write_letter
from goldenthread.projects.speaker import Guest, Speaker
from goldenthread.safety.reading import services as reading
from goldenthread.safety.reading.models import Exchange
from goldenthread.thread.services import record


@transaction.atomic
def say_true_for_me(*, by: Speaker, voice: Voice, now: datetime) -> None:
    """Count one person who says it is true for them too; said twice, it counts once.

    :raises Refusal: a guest without a receipt of this project, or the author
    """
    if not permissions.may_say_true_for_me(by, voice, now=now):
        raise Refusal(_("Open your receipt or sign in first. Then you can say so."))
    _said, new = TrueForMe.objects.get_or_create(voice=voice, mark=mark_of(by, voice))
    if new:
        Voice.objects.filter(pk=voice.pk).update(agreed=F("agreed") + 1)


def take_back(*, by: Speaker, voice: Voice, now: datetime) -> None:
    """Take one's words back: hidden at once, destroyed after seven days.

    :raises Refusal: they are someone else's
    """
    refuse_unless_mine(by, voice)
    key = by.withdraw_key if isinstance(by, Guest) else None
    reading.withdraw(words=voice.words, withdraw_key=key, now=now)


def undo_take_back(*, by: Speaker, voice: Voice, now: datetime) -> None:
    """Leave the words where they were after all.

    :raises Refusal: they are someone else's, or have been destroyed
    """
    refuse_unless_mine(by, voice)
    reading.undo_withdrawal(words=voice.words, now=now)


@dataclass(frozen=True)
class Author:
    """Who said something, for support staff alone."""

    name: str = field(repr=False)
    email: str = field(default="", repr=False)


@transaction.atomic
def see_author(*, by: Person, voice: Voice, because: str, now: datetime) -> Author:
    """Tell support staff who said something; that they looked is recorded, and why is kept.

    :raises Refusal: not support staff here, the author is known to nobody, or no reason is given
    """
    if not permissions.may_look_at_author(by, voice, now=now):
        raise Refusal(_("Only support staff can see who said this."))
    if voice.known_as != Voice.KnownAs.SUPPORT:
        raise Refusal(_("Nobody can see who said this."))
    if not because.strip():
        raise Refusal(_("Please say why you need to know."), field="because")
    AuthorLook.objects.create(voice=voice, by=by, on=clock.today(now), because=because.strip())
    record(AUTHOR_SEEN, about=voice.ref, project=voice.project_id, now=now)
    if voice.author is not None:
        return Author(voice.author.name, voice.author.email)
    return Author(unseal(voice.given_name) if voice.given_name else "")


def tell_of_question(*, words: UUID, now: datetime) -> None:
    """Tell a member by mail that a reader has a question; others find it behind their receipt.

    Each question writes once: the reaction that calls this may come twice.
    """
    del now
    voice = Voice.objects.select_related("author", "project__organisation").filter(pk=words).first()
    if voice is None or voice.author is None:
        return
    asked = voice.words.exchanges.filter(kind=Exchange.Kind.ASKED).count()
    write_letter(
        key=f"question:{words}:{asked}",
        text="question",
        link=reverse("pages:my_voice", args=[voice.ref]),
        names={
            "project": voice.project.title,
            "organisation": voice.project.organisation.name,
        },
        person=voice.author,
    )
