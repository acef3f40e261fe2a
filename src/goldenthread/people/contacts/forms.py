from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.forms import Form
from goldenthread.kit.refusals import Refusal
from goldenthread.people.contacts.models import Contact
from goldenthread.people.contacts.wording import LONGEST, tidy

HOWS = [
    (Contact.How.EMAIL, _("By e-mail")),
    (Contact.How.PHONE, _("By phone")),
    (Contact.How.POST, _("By post")),
]


class LeaveContact(Form):
    """Stay in touch: what for, and how."""

    wants_news = forms.BooleanField(required=False, label=_("Tell me what comes of this"))
    wants_to_help = forms.BooleanField(required=False, label=_("I would like to help"))
    how = forms.ChoiceField(
        choices=HOWS,
        widget=forms.RadioSelect,
        label=_("How may we reach you?"),
        error_messages={"required": _("Please choose how we may reach you.")},
    )
    value = forms.CharField(
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": "3", "autocomplete": "off"}),
        label=_("Your e-mail, phone number or postal address"),
        help_text=_("By post we also need your name. We keep this apart from what you said."),
        error_messages={
            "required": _("Please write how we may reach you."),
            "max_length": _("That is very long. Please give only what we need."),
        },
    )

    def clean(self) -> dict[str, Any]:
        """Check the address for the way that was chosen, and that something was asked for."""
        given = super().clean() or {}
        if not (given.get("wants_news") or given.get("wants_to_help")):
            self.add_error("wants_news", _("Please tick what you would like. You can tick both."))
        if given.get("how") and given.get("value"):
            try:
                given["value"] = tidy(given["how"], given["value"])
            except Refusal as refusal:
                self.add_error("value", refusal.message)
        return given
