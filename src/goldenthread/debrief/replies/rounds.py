"""Carrying replies to their voices in the background: in slices, resumable, once a voice."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, Q, QuerySet
from django.utils.translation import gettext as _

from goldenthread.act.plans.models import Change
from goldenthread.debrief.replies import reach
from goldenthread.debrief.replies.events import REPLY_ARRIVED
from goldenthread.debrief.replies.models import Confirmation, Reply, Told
from goldenthread.debrief.replies.queries import ASK_AFTER
from goldenthread.kit import clock
from goldenthread.listen.voices.models import Voice
from goldenthread.people.accounts.models import Person
from goldenthread.people.contacts.queries import wanting_news
from goldenthread.people.notifications.models import Letter
from goldenthread.people.notifications.services import write_letter, write_letters
from goldenthread.projects.models import Project
from goldenthread.safety.reading.models import Words
from goldenthread.thread.queries import FIRST, all_voices_beneath, straight_from
from goldenthread.thread.services import record

SLICE: Final = 2000
AT_ONCE: Final = 1000  # rows in one statement
MOST_SLICES: Final = 10  # by one round, so that no round lasts long
MY_VOICES: Final = "/my-voices/"
STILL_ASKED: Final = 92  # days for which late answers are still asked for
STILL_NEWS: Final = timedelta(days=7)  # a round that was missed is made up for
STATE_OF: Final = {
    reach.EMAIL: Told.State.WAITING,
    reach.ACCOUNT: Told.State.WAITING,
    reach.RECEIPT: Told.State.WAITING,
    reach.BOARD: Told.State.BOARD,
    reach.WITHDRAWN: Told.State.COULD_NOT,
}


def carry_out(*, now: datetime) -> int:
    """Carry every reply on its way further, a slice of each in turn; returns how many slices."""
    done = 0
    under_way = Reply.objects.filter(state=Reply.State.SENDING).order_by("reached", "ref")
    going = list(under_way.values_list("ref", flat=True)[:MOST_SLICES])
    while going and done < MOST_SLICES:
        going = [ref for ref in going if carry_slice(ref, now=now)]
        done += len(going)
    return done


@transaction.atomic
def carry_slice(ref: UUID, *, now: datetime) -> bool:
    """Carry one reply to its next voices, in one transaction; false when there is no more to do.

    The cursor moves with the slice, so a round that was killed goes on where it stood. Of several
    workers one holds the reply and the others pass by.
    """
    rows = Reply.objects.select_for_update(no_key=True, skip_locked=True, of=("self",))
    reply = (
        rows.filter(pk=ref, state=Reply.State.SENDING)
        .select_related("project__organisation")
        .first()
    )
    if reply is None:
        return False
    after = reply.cursor or FIRST
    voices = reach.beneath(reply.about_kind, reply.about, after=after, limit=SLICE)
    _reach(reply, voices, now)
    if len(voices) == SLICE:
        Reply.objects.filter(pk=ref).update(cursor=voices[-1], reached=F("reached") + SLICE)
        return True
    _arrive(reply, reply.reached + len(voices), now)
    return False


def catch_up(*, now: datetime) -> int:
    """Carry replies also to voices that joined beneath them since; returns how many joined."""
    sent = Reply.objects.filter(state=Reply.State.SENT, project__state=Project.State.OPEN)
    sent = sent.exclude(about_kind=Reply.About.VOICE)  # nobody joins one voice
    return sum(_catch_up_one(reply, now) for reply in sent.select_related("project__organisation"))


def _catch_up_one(reply: Reply, now: datetime) -> int:
    joined = 0
    beneath = all_voices_beneath(reply.about)
    while refs := list(islice(beneath, SLICE)):
        told = Told.objects.filter(reply=reply, voice__in=refs).values_list("voice", flat=True)
        new = set(refs) - set(told)
        if new:
            with transaction.atomic():
                _reach(reply, sorted(new), now)
        joined += len(new)
    return joined


def reach_again(*, now: datetime) -> int:
    """Reach voices whose words were taken back when a reply came by, and brought back since."""
    passed = Told.objects.filter(state=Told.State.COULD_NOT, by=None, reply__isnull=False)
    back = passed.exclude(voice__words__state=Words.State.WITHDRAWN)
    replies = Reply.objects.filter(ref__in=back.values("reply"))
    of = replies.select_related("project__organisation")
    return sum(_reach_again(reply, back, now) for reply in of)


@transaction.atomic
def _reach_again(reply: Reply, back: QuerySet[Told], now: datetime) -> int:
    refs = sorted(back.filter(reply=reply).values_list("voice", flat=True))
    could_not = Told.objects.filter(state=Told.State.COULD_NOT, by=None)
    could_not.filter(reply=reply, voice__in=refs).delete()
    _reach(reply, refs, now)
    return len(refs)


def wait_no_longer() -> int:
    """Leave the board to voices behind which nobody waits: the account is closed, or unlinked.

    As with a receipt that was closed, no row may tell on which day, so the day stays as it was.
    """
    waiting = Told.objects.filter(state=Told.State.WAITING, voice__author=None)
    nobody = Q(voice__receipt=None) | Q(voice__receipt__closed=True)
    return waiting.filter(nobody).update(state=Told.State.BOARD)


def letters_tell_by(voice: UUID) -> Iterator[UUID]:
    """Name whose letters tell who said one voice: its own answers, changes straight from it."""
    answers = Reply.objects.filter(about_kind=Reply.About.VOICE, about=voice)
    yield from answers.values_list("ref", flat=True)
    straight = straight_from("voice").filter(source=voice)
    yield from Change.objects.filter(Exists(straight)).values_list("ref", flat=True)


def _reach(reply: Reply, refs: list[UUID], now: datetime) -> None:
    """Note for each voice how this reply reaches it, and write to the authors who have accounts.

    A few statements for the whole slice. What was noted or written before stays as it is.
    """
    today = clock.today(now)
    voices: Any = reach.with_ways(refs)  # the type does not know of an annotation
    ways = list(voices.values_list("pk", "author", "way"))
    Told.objects.bulk_create(
        [_told(reply, voice, way, today) for voice, _author, way in ways],
        ignore_conflicts=True,
        batch_size=AT_ONCE,
    )
    authors = {author for _voice, author, way in ways if way == reach.EMAIL}
    names = {"project": reply.project.title, "organisation": reply.project.organisation.name}
    about: Any = {"text": "reply", "link": MY_VOICES, "names": names}
    write_letters(
        Letter(key=letter_key(reply.ref, author), person_id=author, **about)
        for author in sorted(authors)
    )
    _settle(reply, authors, today)


def _told(reply: Reply, voice: UUID, way: str, today: date) -> Told:
    because = _("Their words were taken back.") if way == reach.WITHDRAWN else ""
    return Told(reply=reply, voice_id=voice, state=STATE_OF[way], on=today, because=because)


def letter_key(reply: UUID, person: UUID) -> str:
    """One letter a person and reply, however many of their voices stand beneath it."""
    return f"reply:{reply}:{person}"


def _settle(reply: Reply, authors: set[UUID], today: date) -> None:
    """Count voices as told whose author has the letter already, by an earlier slice."""
    keys = [letter_key(reply.ref, author) for author in authors]
    sent = Letter.objects.filter(key__in=keys, state=Letter.State.SENT).values("person")
    waiting = Told.objects.filter(reply=reply, state=Told.State.WAITING, voice__author__in=sent)
    waiting.update(state=Told.State.SENT, on=today)


@transaction.atomic
def letter_was_taken(letter: Letter) -> None:
    """Count the author's voices as told: the mail server has taken the letter."""
    _kind, reply, _person = letter.key.split(":")
    Told.objects.filter(
        reply=UUID(reply), state=Told.State.WAITING, voice__author=letter.person
    ).update(state=Told.State.SENT, on=letter.sent_on)


def _arrive(reply: Reply, reached: int, now: datetime) -> None:
    """End the way of a reply. Those who asked for news hear of it by `write_news`."""
    Reply.objects.filter(pk=reply.pk).update(
        state=Reply.State.SENT, reached=reached, to_reach=reached
    )
    record(REPLY_ARRIVED, about=reply.ref, project=reply.project_id, now=now)


def write_news(*, now: datetime) -> int:
    """Write to those who asked for news, the day after a reply went out; returns of how many.

    Not at once: who left an address that day is mixed in at night only. Once a reply, to all of
    them together: a letter on another day would tell when somebody came.
    """
    today = clock.today(now)
    out = Reply.objects.filter(state=Reply.State.SENT, news_on=None, sent_on__lt=today)
    fresh = out.filter(sent_on__gte=today - STILL_NEWS)
    to_all = fresh.exclude(about_kind=Reply.About.VOICE)  # what one person is told is no news
    replies = list(to_all.select_related("project__organisation"))
    for reply in replies:
        _write_news(reply, today)
    return len(replies)


@transaction.atomic
def _write_news(reply: Reply, today: date) -> None:
    """Never joined to any voice."""
    project = reply.project
    about: Any = {
        "text": "news",
        "link": f"/p/{project.address}/replies/{reply.ref}/",
        "names": {"project": project.title, "organisation": project.organisation.name},
    }
    write_letters(
        Letter(key=f"news:{reply.ref}:{contact}", contact=contact, **about)
        for contact in wanting_news(project.ref).values_list("ref", flat=True)
    )
    Reply.objects.filter(pk=reply.pk).update(news_on=today)


def ask_whether_changed(*, now: datetime) -> int:
    """Write to members, four weeks after a change, to ask whether it changed for them.

    Also after the project has closed: it was promised when the change was told.
    """
    today = clock.today(now)
    ripe = today - ASK_AFTER
    since = date.fromordinal(ripe.toordinal() - STILL_ASKED)
    changes = Change.objects.filter(
        Q(since_on__gte=since) | Q(claimed_on__gte=since),
        since_on__lte=ripe,
    ).select_related("project__organisation")
    return sum(_ask_about(change) for change in changes)


def _ask_about(change: Change) -> int:
    asked = 0
    beneath = all_voices_beneath(change.ref)
    while refs := list(islice(beneath, SLICE)):
        answered = Confirmation.objects.filter(change=change, voice__author__isnull=False)
        told = Voice.objects.filter(pk__in=refs, told__state__in=Told.COUNTS)
        spoke = told.exclude(words__state__in=Words.GONE)
        people = (
            Person.objects.filter(voices__in=spoke, is_active=True)
            .exclude(voices__confirmations__in=answered)
            .distinct()
        )
        names = {
            "project": change.project.title,
            "organisation": change.project.organisation.name,
        }
        for person in people:
            key = f"confirm:{change.ref}:{person.ref}"
            write_letter(
                key=key, text="changed-for-you", link=MY_VOICES, names=names, person=person
            )
            asked += 1
    return asked
