"""Writes: accounts, and the codes that let people in."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from allauth.account.adapter import get_adapter
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.models import Authenticator
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldenthread.kit import clock, sealing
from goldenthread.kit.refusals import Refusal
from goldenthread.people.accounts import erasure, mails, second_factor
from goldenthread.people.accounts.events import ACCOUNT_CLOSED
from goldenthread.people.accounts.models import Person, SignInTry
from goldenthread.people.accounts.queries import people_with_emails, person_with_email
from goldenthread.thread.services import hold

CODE_LASTS = 15 * 60  # seconds
TRIES_A_CODE = 5
ASKS_AN_HOUR = 6  # codes sent to one address
MISSES_AN_HOUR = 10  # wrong codes for one address, or for one person's second factor
STRANGERS_AN_HOUR = 200  # mails of this site to addresses without an account

TOO_MANY_CODES = gettext_lazy(
    "We have sent several codes to this address. Use the last one, or wait an hour."
)
TOO_MANY_MISSES = gettext_lazy("That was too many wrong codes. Wait an hour, then try again.")
WRONG_CODE = gettext_lazy("That code is not right. Look again, or ask for a new one.")
ANOTHERS = gettext_lazy(
    "Another account has this address. Sign in with it, or use another address here."
)
OLD_CODE = gettext_lazy("This code has run out. Ask for a new one.")


@transaction.atomic
def welcome(*, email: str, name: str = "", now: datetime) -> Person:
    """Return the person of that address, made now if there is none yet."""
    person = person_with_email(email)
    if person is None:
        return _make_person(email.strip().lower(), name, now)
    if name and not person.name:
        person.name = name
        person.save(update_fields=["name"])
    return person


def welcome_without_address(*, name: str, now: datetime) -> Person:
    """Make an account for somebody who has no e-mail: they sign in another way."""
    return _make_person("", name, now)


@transaction.atomic
def welcome_all(*, people: Mapping[str, str], now: datetime) -> dict[str, Person]:
    """Do the same for many: names by address in, people by address out; a few statements in all."""
    today = clock.today(now)
    known = people_with_emails(list(people))
    new = [
        Person(email=email, name=name, joined_on=today, expected=True, password=make_password(None))
        for email, name in people.items()
        if email not in known
    ]
    Person.objects.bulk_create(new, ignore_conflicts=True, batch_size=1000)
    return people_with_emails(list(people)) if new else known


def _make_person(email: str, name: str, now: datetime) -> Person:
    person = Person(email=email, name=name, joined_on=clock.today(now), expected=True)
    person.set_unusable_password()
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError:  # made at the same moment elsewhere
        return Person.objects.get(email__iexact=email)
    return person


def arrive(*, person: Person) -> None:
    """Note that somebody who was asked is here: whoever counts on them may now do so."""
    if person.expected:
        person.expected = False
        person.save(update_fields=["expected"])


@transaction.atomic
def change_details(
    *,
    by: Person,
    name: str,
    language: str,
    wants_mail: bool,
    wants_monday_mail: bool,
    now: datetime,
) -> None:
    """Keep what the person wants to be called, the language they read, and whether we may write."""
    del now
    by.name, by.language = name, language
    by.wants_mail, by.wants_monday_mail = wants_mail, wants_monday_mail
    by.save(update_fields=["name", "language", "wants_mail", "wants_monday_mail"])


def call_me(*, by: Person, name: str, now: datetime) -> None:
    """Keep what someone wants to be called."""
    del now
    by.name = name
    by.save(update_fields=["name"])


def stop_monday_mail(*, whose: str, now: datetime) -> None:
    """Write no more on Mondays; whoever holds the link of such a mail may say so."""
    del now
    Person.objects.filter(ref=whose).update(wants_monday_mail=False)


@transaction.atomic
def close_account(*, by: Person, now: datetime) -> None:
    """Erase the person for good: name, address, memberships; what they said stays unnamed."""
    erasure.forget(by)
    by.is_active = False
    by.save()
    hold(ACCOUNT_CLOSED, about=by.ref, now=now)


def sign_in_as(request: HttpRequest, person: Person, *, waived: bool = True) -> None:
    """Sign in without a code: for trying out the worked example, and only then.

    :raises Refusal: the example is not loaded, or this is not a development installation
    """
    if not second_factor.may_be_waived():
        raise Refusal(_("Trying out as someone works only while the example is loaded."))
    request.session.flush()
    login(request, person, backend="goldenthread.people.accounts.backend.PersonBackend")
    if waived:
        request.session[second_factor.WAIVED] = True


def keep_this_session_only(request: HttpRequest, person: Person) -> None:
    """Sign the person out everywhere else, and give this session a new key."""
    person.set_unusable_password()  # never used to sign in: every session carries a hash of it
    person.save(update_fields=["password"])
    update_session_auth_hash(request, person)


def forget_moment(authenticator: Authenticator) -> None:
    """Blank the moment at which a second factor was used: nobody needs to know."""
    authenticator.last_used_at = None
    authenticator.save(update_fields=["last_used_at"])


@dataclass(frozen=True)
class Asked:
    """What the session keeps between asking for a code and typing it. Sealed: sessions are rows."""

    email: str
    name: str
    joining: bool
    code: str
    at: int
    misses: int = 0

    def shown_to(self) -> str:
        """Return the address as the person typed it."""
        return sealing.unseal(self.email.encode())


def ask_for_code(*, email: str, name: str = "", joining: bool, now: datetime) -> Asked:
    """Send a code, or a mail that says why there is none. Known or not: the same work.

    :raises Refusal: too many codes were asked for this address within the hour
    """
    email = email.strip().lower()
    if count_try("asked", email, now=now) > ASKS_AN_HOUR:
        raise Refusal(TOO_MANY_CODES, field="email")
    strangers = count_try("site", now=now)
    person = person_with_email(email)
    code = get_adapter().generate_login_code()
    if person is not None or joining:
        mails.send_code(email, code, joining=person is None)
    elif strangers <= STRANGERS_AN_HOUR:
        mails.send_no_account(email)
    return Asked(
        email=sealing.seal(email).decode(),
        name=sealing.seal(name).decode(),
        joining=joining,
        code=_mark(email, code),
        at=int(now.timestamp()),
    )


def try_code(*, asked: Asked, code: str, now: datetime) -> Person:
    """Return the person whose address has been proved, made now if they are joining.

    :raises Refusal: the code is wrong, too old, or was missed too often
    """
    email = _proved(asked, code, now)
    person = person_with_email(email)
    return person or welcome(email=email, name=sealing.unseal(asked.name.encode()), now=now)


@transaction.atomic
def add_address(*, by: Person, asked: Asked, code: str, now: datetime) -> None:
    """Give an account without an address the one that has been proved.

    :raises Refusal: the code is not right, or the address belongs to another account
    """
    email = _proved(asked, code, now)
    by.email = email
    try:
        with transaction.atomic():
            by.save(update_fields=["email"])
    except IntegrityError:
        by.email = ""
        raise Refusal(ANOTHERS, field="code") from None


def _proved(asked: Asked, code: str, now: datetime) -> str:
    """Return the address that the right code proves.

    :raises Refusal: the code is wrong, too old, or was missed too often
    """
    email = asked.shown_to()
    if now.timestamp() - asked.at > CODE_LASTS:
        raise Refusal(OLD_CODE, field="code")
    if tries_so_far("missed", email, now=now) >= MISSES_AN_HOUR or asked.misses >= TRIES_A_CODE:
        raise Refusal(TOO_MANY_MISSES, field="code")
    right = hmac.compare_digest(_mark(email, code), asked.code)
    person = person_with_email(email)
    if not right or (person is None and not asked.joining):
        count_try("missed", email, now=now)
        raise Refusal(WRONG_CODE, field="code")
    return email


def _mark(email: str, code: str) -> str:
    return sealing.keyed("sign-in code", email, normalize_user_code(code)).hex()


def count_try(what: str, who: object = "", *, now: datetime) -> int:
    """Count one more of `what` by `who` in this hour and return how many, over all workers."""
    table = connection.ops.quote_name(SignInTry._meta.db_table)
    upsert = (
        f"INSERT INTO {table} (mark, hour, count) VALUES (%s, %s, 1) "  # noqa: S608  own table name
        f"ON CONFLICT (mark) DO UPDATE SET count = {table}.count + 1 RETURNING count"
    )
    with connection.cursor() as cursor:
        cursor.execute(upsert, [_tries_mark(what, who, now), _hour(now)])
        return int(cursor.fetchone()[0])


def tries_so_far(what: str, who: object, *, now: datetime) -> int:
    """Return how often `what` was counted for `who` in this hour."""
    rows = SignInTry.objects.filter(mark=_tries_mark(what, who, now))
    return rows.values_list("count", flat=True).first() or 0


def forget_tries(*, now: datetime) -> int:
    """Delete the counts of hours that are over."""
    return SignInTry.objects.filter(hour__lt=_hour(now)).delete()[0]


def _tries_mark(what: str, who: object, now: datetime) -> bytes:
    return sealing.keyed("tries", what, who, _hour(now).isoformat())


def _hour(now: datetime) -> datetime:
    return now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
