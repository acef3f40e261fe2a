"""Who speaks: the person signed in, or a guest."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from goldenthread.kit.sealing import seal, unseal
from goldenthread.people.accounts.models import Person

RECEIPT = "receipt"  # the key in the session that holds which receipt is open
WITHDRAW = "withdraw"  # and the one that holds, sealed, what proves a withdrawal by its holder


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
    session = request.session
    opened = session.get(RECEIPT) if session.session_key else None
    if not opened:
        return None
    sealed = session.get(WITHDRAW)
    key = bytes.fromhex(unseal(sealed.encode())) if sealed else None
    return Guest(receipt=UUID(opened), withdraw_key=key)


def open_receipt(request: HttpRequest, receipt: UUID, withdraw_key: bytes) -> None:
    """Hold a receipt open in a session with a new key."""
    request.session.cycle_key()
    request.session[RECEIPT] = str(receipt)
    request.session[WITHDRAW] = seal(withdraw_key.hex()).decode()


def put_receipt_away(request: HttpRequest) -> None:
    """Hold it no longer."""
    for key in (RECEIPT, WITHDRAW):
        request.session.pop(key, None)
    request.session.cycle_key()
