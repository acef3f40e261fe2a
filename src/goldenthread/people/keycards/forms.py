"""The code of a card, and the six figures that go with it."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.forms import Form

SIX = RegexValidator(r"^[0-9]{6}\Z", _("Type six numbers, without spaces."), code="six")
NUMBER_BOX = {"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}


class SignIn(Form):
    code = forms.CharField(
        label=_("The code on your card"),
        help_text=_("Twelve letters and numbers. Capitals and dashes do not matter."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": _("Type the code that is on your card.")},
    )


class TypeNumber(Form):
    number = forms.CharField(
        label=_("Your six numbers"),
        max_length=12,
        validators=[SIX],
        widget=forms.PasswordInput(attrs=NUMBER_BOX),
        error_messages={"required": _("Type your six numbers.")},
    )


class ChooseNumber(TypeNumber):
    number = forms.CharField(
        label=_("Choose six numbers"),
        help_text=_("You type them each time. Not your birthday: others know it."),
        max_length=12,
        validators=[SIX],
        widget=forms.TextInput(attrs=NUMBER_BOX),
        error_messages={"required": _("Choose six numbers.")},
    )
    again = forms.CharField(
        label=_("The same six numbers again"),
        max_length=12,
        widget=forms.TextInput(attrs=NUMBER_BOX),
        error_messages={"required": _("Type the six numbers again.")},
    )

    def clean(self) -> dict[str, Any]:
        """Take the figures if both are the same."""
        given = super().clean() or {}
        if given.get("number") and given.get("again") and given["number"] != given["again"]:
            self.add_error("again", _("These are not the same six numbers. Type them once more."))
        return given
