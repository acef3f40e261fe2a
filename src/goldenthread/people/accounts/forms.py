"""What people type to get in, and on their own account page."""

from typing import Any

from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from goldenthread.kit import clock
from goldenthread.kit.forms import Form
from goldenthread.people.accounts import services

NO_ADDRESS = _("Type your e-mail address, like name@example.org.")
CODE_BOX = {"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
NOT_FROM_DEVICE = _("That did not work. Try again, or use a code.")
CODE_FROM_APP = _("The code from your app, or one of your recovery codes")


def language_field() -> forms.ChoiceField:
    """Return the choice of a language; with only one there is nothing to choose."""
    several = len(settings.LANGUAGES) > 1
    widget = forms.RadioSelect if several else forms.HiddenInput
    return forms.ChoiceField(
        label=_("Language"),
        choices=settings.LANGUAGES,
        widget=widget,
        initial=settings.LANGUAGE_CODE,
    )


class SignIn(Form):
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("We send a code to it. You need no password."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": NO_ADDRESS, "invalid": NO_ADDRESS},
    )


class CallMe(Form):
    """What someone wants to be called."""

    name = forms.CharField(
        label=_("What shall we call you?"),
        help_text=_("It need not be your full name. People you work with here can see it."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Type the name you want to be called here.")},
    )


class SignUp(CallMe, SignIn):
    field_order = ("name", "email")


class Code(Form):
    code = forms.CharField(
        label=_("The code from the e-mail"),
        help_text=_("Eight letters, like BCDF-GHJK. Capitals and dashes do not matter."),
        max_length=20,
        widget=forms.TextInput(attrs=CODE_BOX),
        error_messages={"required": _("Type the code that we sent to you.")},
    )


class AddAddress(Form):
    """An address for an account that has none."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("We send a code to it. Then you can sign in with it."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": NO_ADDRESS, "invalid": NO_ADDRESS},
    )


class Details(CallMe):
    language = language_field()
    wants_mail = forms.BooleanField(
        label=_("Send me an e-mail when there is an answer or news"), required=False
    )
    wants_monday_mail = forms.BooleanField(
        label=_("Send me an e-mail on Mondays when something waits for me"), required=False
    )


class Close(Form):
    sure = forms.BooleanField(
        label=_("Yes, close my account for good"),
        error_messages={"required": _("Tick the box if you want to close your account.")},
    )


class _Throttled:
    """Counts wrong codes of a second factor in the database, for all workers together."""

    user: Any

    def clean_code(self) -> str:
        """Take the code, or count the miss.

        :raises ValidationError: the code is wrong, or was missed too often this hour
        """
        now = clock.now()
        missed = services.tries_so_far("second factor", self.user.pk, now=now)
        if missed >= services.MISSES_AN_HOUR:
            raise ValidationError(services.TOO_MANY_MISSES)
        try:
            code: str = super().clean_code()  # type: ignore[misc]  # the form it is mixed into
        except ValidationError:
            services.count_try("second factor", self.user.pk, now=now)
            raise
        return code


class Authenticate(_Throttled, mfa.AuthenticateForm):  # type: ignore[misc]  # untyped library
    code = forms.CharField(label=CODE_FROM_APP, widget=forms.TextInput(attrs=CODE_BOX))


class Reauthenticate(_Throttled, mfa.ReauthenticateForm):  # type: ignore[misc]  # as above
    code = forms.CharField(label=CODE_FROM_APP, widget=forms.TextInput(attrs=CODE_BOX))

    def save(self) -> None:
        """Let them go on, and do not keep when."""
        super().save()
        services.forget_moment(self.authenticator)


class ActivateTOTP(_Throttled, ActivateTOTPForm):  # type: ignore[misc]  # as above
    code = forms.CharField(
        label=_("The six figures that your app shows now"),
        widget=forms.TextInput(attrs=CODE_BOX | {"inputmode": "numeric"}),
    )


class _FromDevice:
    """Takes what a device sends; what no device would send is refused like a wrong code."""

    def full_clean(self) -> None:
        """Read the form; the library behind it trips over some made-up answers."""
        try:
            super().full_clean()  # type: ignore[misc]  # the form it is mixed into
        except (AttributeError, KeyError, TypeError, ValueError):
            self.cleaned_data: dict[str, Any] = {}
            self.add_error(None, NOT_FROM_DEVICE)  # type: ignore[attr-defined]  # as above


class SignInByPasskey(_FromDevice, LoginWebAuthnForm):  # type: ignore[misc]  # as above
    """Signs in with the passkey alone."""


class AuthenticateByPasskey(_FromDevice, AuthenticateWebAuthnForm):  # type: ignore[misc]  # as above
    """Takes the passkey as second step."""


class ReauthenticateByPasskey(_FromDevice, ReauthenticateWebAuthnForm):  # type: ignore[misc]  # as above
    """Takes the passkey again before something that matters."""


class AddPasskey(_FromDevice, AddWebAuthnForm):  # type: ignore[misc]  # as above
    name = forms.CharField(
        label=_("A name for this passkey"),
        help_text=_("So that you know it again, like “my phone”."),
        max_length=60,
        required=False,
    )
    passwordless = forms.BooleanField(required=False, widget=forms.HiddenInput, initial=True)
