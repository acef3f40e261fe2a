"""Who speaks: the person signed in, or a guest."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from goldenthread.people.accounts.models import Person

RECEIPT = "receipt"  # the key in the session that holds which receipt is open


@dataclass(frozen=True)
class Guest:
    """Anyone without an account; perhaps one whose receipt is open."""

    receipt: UUID | None = None
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
    opened = request.session.get(RECEIPT) if request.session.session_key else None
    return Guest(receipt=UUID(opened) if opened else None)
