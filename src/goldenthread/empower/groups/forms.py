from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.empower.groups.models import Group, Seat
from goldenthread.kit.forms import Form
from goldenthread.projects.forms import NamesMember


class About(Form):
    """What a group is called and what it is for."""

    careful = ("name", "purpose")
    name = forms.CharField(
        max_length=80, label=_("Name"), help_text=_("For example: Student panel.")
    )
    purpose = forms.CharField(
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        label=_("What the group is for"),
        help_text=_("Say what it decides, and what it does not decide."),
    )
    carers_concerned = forms.BooleanField(
        required=False,
        label=_("This concerns carers too"),
        help_text=_("Then at least two seats should be held by carers."),
    )

    @classmethod
    def of(cls, group: Group, data: Any = None) -> "About":
        """Return the form as the group now is."""
        now = {name: getattr(group, name) for name in cls.base_fields}
        return cls(data, initial=now)


class Fill(NamesMember):
    """Who takes a seat, and how it was filled."""

    name = forms.CharField(
        max_length=80,
        required=False,
        label=_("Name"),
        help_text=_("As the person wants to be called. Only the group and its organisers see it."),
    )
    email = forms.EmailField(
        required=False,
        label=_("E-mail of their account"),
        help_text=_(
            "With it they get invitations and answer here. Leave it empty if they have none."
        ),
    )
    filled = forms.ChoiceField(
        choices=Seat.Filled.choices, widget=forms.RadioSelect, label=_("How was this seat filled?")
    )
    lived_experience = forms.BooleanField(
        required=False,
        label=_("This seat holds lived experience"),
        help_text=_(
            "The person sits here because of what they have lived through. Ask them first."
        ),
    )
    carer = forms.BooleanField(required=False, label=_("This seat is held by a carer"))
    starts_on = forms.DateField(
        required=False,
        widget=forms.DateInput,
        label=_("From"),
        help_text=_("Leave it empty for today."),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        named = given.get("name") or given.get("email") or given.get("person")
        if not named and not self.errors:
            self.add_error("name", _("Write a name, or the e-mail of an account."))
        return given
