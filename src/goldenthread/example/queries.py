"""Whether the worked example is here, and whom one can try it as."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from goldenthread.example.models import Loaded
from goldenthread.kit.pages import around
from goldenthread.kit.sealing import unseal
from goldenthread.people.accounts.second_factor import waived_while

MARK = "example-loaded"  # a file in the data folder, so that no page has to ask the database
WANTED = "example-wanted"  # another: it is being loaded, or will be


@dataclass(frozen=True)
class Part:
    """Someone one can try the example as."""

    role: str
    name: str
    ref: UUID


def is_loaded() -> bool:
    """Return whether the worked example is loaded."""
    return Loaded.objects.exists()


@waived_while
def is_marked() -> bool:
    """Return whether the data folder says that the example is loaded."""
    return (settings.DATA / MARK).exists()


@around
def banner(request: HttpRequest, context: Mapping[str, Any]) -> dict[str, Any]:
    """Say on every page that this is an example; the way in is offered where people sign in."""
    del request, context
    if not is_marked():
        return {"example_coming": (settings.DATA / WANTED).exists()}
    return {"example_loaded": True, "sign_in_offers": offers, "guest_code": guest_code}


@dataclass(frozen=True)
class Offer:
    """A button on the sign-in page."""

    role: str
    name: str
    href: str


def offers() -> list[Offer]:
    """Return the "try as" buttons: called by the sign-in page alone."""
    return [
        Offer(part.role, part.name, reverse("example:try_as", args=[part.ref])) for part in parts()
    ]


def parts() -> list[Part]:
    """Return everyone one can try the example as."""
    loaded = Loaded.objects.first()
    return [Part(role, name, UUID(ref)) for role, name, ref in loaded.people] if loaded else []


def guest_code() -> str:
    """Return the receipt of the invented guest, or nothing."""
    loaded = Loaded.objects.first()
    return unseal(loaded.code) if loaded else ""
