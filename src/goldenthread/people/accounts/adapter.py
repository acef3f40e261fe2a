"""How allauth works here: no passwords, no mails and no messages of its own, sealed secrets."""

from typing import Any
from urllib.parse import urlsplit

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from goldenthread.kit import sealing
from goldenthread.people.accounts.models import Person
from goldenthread.people.accounts.services import arrive


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # untyped library
    """Signing in and out."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _("That code is not right. Look again, or wait for the next one."),
        "too_many_login_attempts": _("That was too many tries. Wait an hour, then try again."),
        "rate_limited": _("That was too many tries. Wait an hour, then try again."),
    }

    def login(self, request: HttpRequest, user: Person) -> None:
        """Begin a new session: nothing that a guest did before goes along, nor when it was."""
        request.session.flush()
        super().login(request, user)
        arrive(person=user)
        Authenticator.objects.filter(user=user).exclude(last_used_at=None).update(last_used_at=None)

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  allauth's shape
        """Our own page makes accounts, after the address was confirmed; allauth makes none."""
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Go only to places of this site."""
        return (
            url_has_allowed_host_and_scheme(url, allowed_hosts=None, require_https=settings.SECURE)
            and not urlsplit(url or "").netloc
        )

    def get_reauthentication_methods(self, user: AbstractBaseUser) -> list[dict[str, Any]]:
        """Ask for a passkey first, if the person has one: it is the easiest."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return sorted(methods, key=lambda method: "webauthn" not in method["id"])

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send nothing: our mails name only the configured address of this site."""

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: our pages say it."""


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # untyped library
    """Second factors."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That code is not right. Look again, or wait for the next one."),
    }

    def encrypt(self, text: str) -> str:
        """Seal secrets: a copy of the database signs nobody in."""
        return sealing.seal(text).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open what `encrypt` sealed."""
        return sealing.unseal(encrypted_text.encode())

    def get_totp_issuer(self) -> str:
        """Name this site in authenticator apps."""
        return "Golden Thread"

    def build_totp_svg(self, url: str) -> str:
        """Draw the QR code here, without a style."""
        code = segno.make(url, error="m")  # white behind it, so that it reads on dark screens too
        return str(code.svg_inline(scale=4, border=4, dark="#000", light="#fff", svgclass="qr"))

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Tie passkeys to the configured address, whatever host a request names."""
        return {"id": urlsplit(settings.SITE_URL).hostname or "localhost", "name": "Golden Thread"}

    def get_public_key_credential_user_entity(self, user: Person) -> dict[str, Any]:
        """Name the person on their own device only."""
        return {
            "id": str(user.pk).encode(),
            "display_name": user.name or user.email,
            "name": user.email or user.name,
        }
