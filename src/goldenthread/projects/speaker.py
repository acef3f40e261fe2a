"""Who speaks: the person signed in, or a guest."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast
from uuid import UUID

from cryptography.fernet import InvalidToken
from django.http import HttpRequest, HttpResponse

from goldenthread.kit import clock
from goldenthread.kit.sealing import seal, unseal
from goldenthread.people.accounts.models import Person

RECEIPT = "receipt"  # the key in the session that holds, sealed, which receipt is open
STAYS_OPEN = 30 * 60  # seconds without a sign of life


@dataclass(frozen=True)
class Guest:
    """Anyone without an account; perhaps one whose receipt is open."""

    receipt: UUID | None = None
    withdraw_key: bytes | None = field(default=None, repr=False)
    is_member = False
    name = ""


Speaker = Person | Guest

if TYPE_CHECKING:

    class Request(HttpRequest):
        """A request of which we know who speaks."""

        speaker: Speaker
        user: Person

else:
    Request = HttpRequest


class SpeakerMiddleware:
    """Say on each request who speaks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        cast("Request", request).speaker = speaker_of(request)
        return self.get_response(request)


def speaker_of(request: HttpRequest) -> Speaker:
    """Return the active person signed in; everyone else is a guest."""
    if isinstance(request.user, Person) and request.user.is_active:
        return request.user
    return receipt_holder(request) or Guest()


def receipt_holder(request: HttpRequest) -> Guest | None:
    """Return who holds the receipt that is open in this browser, also beside an account."""
    sealed = request.session.get(RECEIPT) if request.session.session_key else None
    if not sealed:
        return None
    try:
        ref, key, until = json.loads(unseal(sealed.encode()))
    except (InvalidToken, ValueError):  # sealed with keys that are gone
        return None
    left = until - clock.now().timestamp()
    if left <= 0:
        return None
    holder = Guest(receipt=UUID(ref), withdraw_key=bytes.fromhex(key) or None)
    if left < STAYS_OPEN / 2:  # somebody is still here
        request.session[RECEIPT] = sealed_receipt(holder)
    return holder


def sealed_receipt(holder: Guest, *, stays_open: int = STAYS_OPEN) -> str:
    """What a session holds of an open receipt: nobody can join it to the account beside it."""
    key = (holder.withdraw_key or b"").hex()
    until = clock.now().timestamp() + stays_open
    return seal(json.dumps([str(holder.receipt), key, until])).decode()


def open_receipt(request: HttpRequest, holder: Guest) -> None:
    """Hold a receipt open in a session with a new key."""
    request.session.cycle_key()
    request.session[RECEIPT] = sealed_receipt(holder)
    if not isinstance(request.user, Person):
        request.session.set_expiry(STAYS_OPEN)


def put_receipt_away(request: HttpRequest) -> None:
    """Hold it no longer."""
    request.session.pop(RECEIPT, None)
    request.session.cycle_key()
