"""Writing letters, and sending those that wait. Each goes to one person and carries no words."""

import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import translation

from goldenthread.kit import clock
from goldenthread.people.accounts.models import Person
from goldenthread.people.notifications import addresses
from goldenthread.people.notifications.letters import letter
from goldenthread.people.notifications.models import Letter

AT_ONCE = 50  # letters sent by one round
WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120)]  # after each failed try
AWAY = [timedelta(hours=4)] * 30  # and then, where the server is only away: five days in all
REFUSED = 500  # from this answer on a server says no, and not “later”
OUR_SIGN_IN = (530, 534, 535, 538)  # but these are about us, and are put right
log = logging.getLogger("goldenthread.notifications")

AfterSent = Callable[[Letter], object]
_after_sent: dict[str, list[AfterSent]] = {}


def after_sent(name: str) -> Callable[[AfterSent], AfterSent]:
    """Declare what follows when the mail server has taken a letter of that name; repeatable."""
    letter(name)

    def declared(follow: AfterSent) -> AfterSent:
        _after_sent.setdefault(name, []).append(follow)
        return follow

    return declared


def write_letter(
    *,
    key: str,
    text: str,
    link: str,
    names: Mapping[str, str] | None = None,
    person: Person | None = None,
    contact: UUID | None = None,
) -> None:
    """Put a letter in the queue. The same key never writes twice; to whom is one person.

    :raises KeyError: no such letter is declared, or it needs a name that was not given
    """
    given = dict(names or {})
    one = Letter(key=key, text=text, link=link, names=given, person=person, contact=contact)
    write_letters([one])


def write_letters(letters: Iterable[Letter]) -> None:
    """Put many letters in the queue at once, under the same rules; none to who has no address."""
    new = list(letters)
    people = Person.objects.filter(pk__in={each.person_id for each in new})
    reached = {None, *people.exclude(email="").values_list("pk", flat=True)}
    new = [each for each in new if each.person_id in reached]
    for each in new:
        letter(each.text).written(each.names, each.link, "/")
        if not each.link.startswith("/") or "//" in each.link:
            raise ValueError("the link of a letter is a path of this site")
    Letter.objects.bulk_create(new, ignore_conflicts=True, batch_size=1000)


def forget_letters(*, person: Person, about: UUID) -> None:
    """Forget what we wrote to someone about one thing: it says that the two belong together."""
    told = Q(key__contains=str(about)) | Q(link__contains=str(about))
    Letter.objects.filter(told, person=person).delete()


def send_waiting(*, now: datetime, at_once: int = AT_ONCE) -> int:
    """Send what waits, each in a transaction of its own; several workers share the work."""
    sent = 0
    for _ in range(at_once):
        done = _send_next(now)
        if done is None:
            break
        sent += done
    return sent


@transaction.atomic
def _send_next(now: datetime) -> int | None:
    """Take one letter that no other worker holds; None when nothing waits."""
    due = Q(not_before=None) | Q(not_before__lte=now)
    rows = Letter.objects.filter(due, state=Letter.State.WAITING).order_by("ref")
    taken = (
        rows.select_for_update(no_key=True, skip_locked=True, of=("self",))
        .select_related("person")
        .first()
    )
    if taken is None:
        return None
    address = addresses.address_of(taken)
    if not address:
        return _gone(taken)
    try:
        _mail(taken, address)
    except Exception as error:  # noqa: BLE001  whatever a mail server does, the others must go out
        return _failed(taken, error, now)
    return _sent(taken, now)


def _mail(taken: Letter, address: str) -> None:
    stop = addresses.where_to_stop(taken)
    headers = one_click(stop) if addresses.stops_at_once(taken) else {}
    with said_for(taken.person):
        letter(taken.text).written(taken.names, taken.link, stop).send(address, headers)


def said_for(person: Person | None) -> translation.override:
    """Say what is written within in the language of whoever reads it."""
    return translation.override((person.speaks if person else "") or settings.LANGUAGE_CODE)


def one_click(stop: str) -> dict[str, str]:
    """Return the headers by which a mail program stops these mails with one click (RFC 8058)."""
    return {
        "List-Unsubscribe": f"<{settings.SITE_URL}{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _sent(taken: Letter, now: datetime) -> int:
    taken.state, taken.sent_on, taken.not_before = Letter.State.SENT, clock.today(now), None
    taken.save(update_fields=["state", "sent_on", "not_before"])
    for follow in _after_sent.get(taken.text, []):
        _follow(follow, taken)
    return 1


def _follow(follow: AfterSent, taken: Letter) -> None:
    """Do what follows; should it fail, the letter still counts as sent and is not sent again."""
    try:
        with transaction.atomic():
            follow(taken)
    except Exception as error:  # noqa: BLE001  the mail is out already
        log.error("what follows a letter failed: %s", type(error).__name__)  # noqa: TRY400


def _failed(taken: Letter, error: Exception, now: datetime) -> int:
    waits = WAITS if _is_refused(error) else WAITS + AWAY
    if taken.tries >= len(waits):
        taken.state, taken.not_before = Letter.State.FAILED, None
    else:
        taken.not_before = now + waits[taken.tries]
    taken.tries += 1
    taken.save(update_fields=["tries", "state", "not_before"])
    log.warning("a letter was not taken (try %s): %s", taken.tries, type(error).__name__)
    return 0


def _is_refused(error: Exception) -> bool:
    """Whether trying for longer helps nobody: the server said no, or the mail cannot be written.

    Its answers are known by their marks: what opens connections is not imported here.
    """
    if not isinstance(error, OSError):
        return True
    recipients = getattr(error, "recipients", {})
    codes = [code for code, _said in recipients.values()] or [getattr(error, "smtp_code", 0)]
    return all(code >= REFUSED and code not in OUR_SIGN_IN for code in codes)


def _gone(taken: Letter) -> int:
    """Whoever it was for closed their account or asked to be forgotten."""
    taken.state = Letter.State.FAILED
    taken.save(update_fields=["state"])
    return 0
