from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.debrief.replies.models import Confirmation
from goldenthread.kit.forms import Form
from goldenthread.people.accounts.forms import Code
from goldenthread.people.keycards.forms import TypeNumber


class OpenReceipt(Form):
    """A receipt as someone types it, with or without dashes."""

    code = forms.CharField(
        label=_("Your receipt"),
        help_text=_("20 letters and numbers. Capitals and dashes do not matter."),
        max_length=60,
        error_messages={"required": _("Type the letters and numbers of your receipt.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}
        ),
    )


class Line(Form):
    """A line from the author of a voice to its reader."""

    text = forms.CharField(
        label=_("Your answer"),
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        max_length=2000,
        error_messages={"required": _("Write your answer first, or leave this page as it is.")},
    )


class LetQuote(Form):
    """Which version of the statement stood beside the button."""

    version = forms.IntegerField(min_value=1)


class BeUnknown(Form):
    """Taking back that the support team knows who it was; nobody loses the way back unasked."""

    keep_receipt = forms.TypedChoiceField(
        label=_("How do you want to come back to your words?"),
        choices=[
            ("keep", _("Give me a receipt")),
            ("none", _("I do not want to come back to them")),
        ],
        coerce=lambda given: given == "keep",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one. We cannot find your words for you later.")},
    )

    def __init__(self, *args: Any, alone: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not alone:
            del self.fields["keep_receipt"]


class Confirm(Form):
    """Whether it changed for the person who spoke."""

    answer = forms.ChoiceField(
        label=_("Has it changed for you?"),
        choices=Confirmation.Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one answer. “I don't know” is fine.")},
    )
    text = forms.CharField(
        label=_("Would you like to add a line?"),
        help_text=_("A trained person reads it before anyone else does."),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        max_length=1000,
        required=False,
    )


def _shape() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("What kind of file?"),
        choices=[
            ("html", _("A page to read")),
            ("json", _("Data for another program (JSON)")),
        ],
        initial="html",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what kind of file you want.")},
    )


class Everything(Code):
    """The code from the mail, and which kind of file."""

    shape = _shape()


class EverythingByCard(TypeNumber):
    """The six figures that go with a card, and which kind of file."""

    shape = _shape()
