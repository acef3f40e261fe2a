"""Naming who follows in a role, and answering."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.forms import ByName, Form
from goldenthread.people.accounts.models import Person

MOST = 200  # names to choose from; among more, people are named by e-mail


class NameSuccessor(Form):
    careful = ("note",)
    email = forms.EmailField(
        label=_("E-mail of whoever follows"),
        required=False,
        error_messages={"invalid": _("Type an e-mail address, like name@example.org.")},
    )
    person = ByName(
        queryset=Person.objects.none(),
        required=False,
        label=_("Or choose a member"),
        empty_label=_("Nobody chosen"),
    )
    last_day = forms.DateField(
        label=_("Your last day"),
        help_text=_("They begin on the day after. Choose today to hand over at once."),
        widget=forms.DateInput,
        error_messages={"required": _("Choose your last day."), "invalid": _("Type a date.")},
    )
    until = forms.DateField(
        label=_("Their last day"),
        help_text=_("Leave it empty if it does not end."),
        required=False,
        widget=forms.DateInput,
        error_messages={"invalid": _("Type a date.")},
    )
    note = forms.CharField(
        label=_("A note for them"),
        help_text=_(
            "What helps, who to ask, what you would do first. Leave out what is private to others."
        ),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, members: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = list(members.exclude(name="").order_by("name", "ref")[: MOST + 1])
        choices: Any = self.fields["person"]
        choices.queryset = members.filter(pk__in=[each.pk for each in known[:MOST]])
        choices.queryset = choices.queryset.order_by("name", "ref")
        if not known:
            choices.widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Take exactly one who follows."""
        given = super().clean() or {}
        if self.errors:
            return given
        if given.get("email") and given.get("person"):
            self.add_error("person", _("Type an e-mail or choose a member, not both."))
        elif not given.get("email") and not given.get("person"):
            self.add_error("email", _("Type the e-mail of whoever follows, or choose a member."))
        return given


class Decline(Form):
    careful = ("because",)
    because = forms.CharField(
        label=_("Why not?"),
        help_text=_("A few words. Whoever asked you reads them, and those who give such roles."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say in a few words why not.")},
    )
