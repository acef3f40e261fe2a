"""What those who prepare a project, and a school's administrators, fill in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.forms import Form
from goldenthread.safety.young.models import GuardianPage, Post


def _part(name: str, label: Any, hint: Any) -> forms.CharField:
    field: Any = GuardianPage._meta.get_field(name)
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=field.max_length,
        widget=forms.Textarea(attrs={"rows": "4"}),
    )


class WriteGuardianPage(Form):
    """What parents and carers read."""

    careful = ("about", "how", "who_reads", "choice", "contact")
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    about = _part("about", _("What are the children asked, and why?"), _("In plain words."))
    how = _part("how", _("How does it work, and when?"), _("Where, with whom, how long it takes."))
    who_reads = _part(
        "who_reads",
        _("Who reads it, and who keeps the children safe?"),
        _("By role. Say whom you tell if someone is not safe. Never promise secrecy."),
    )
    choice = _part(
        "choice",
        _("What can a child decide, and what can you?"),
        _("A child can leave at any time, and take their words back alone."),
    )
    contact = _part(
        "contact", _("Whom can parents ask?"), _("A name, and a phone number or e-mail.")
    )

    def clean_seen(self) -> int:
        """Nothing seen is the first edition."""
        return self.cleaned_data["seen"] or 0


class FillPost(Form):
    """Who leads a school, or who stands above its head."""

    name = forms.ChoiceField(
        label=_("Which post?"),
        choices=Post.Name.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one.")},
    )
    email = forms.EmailField(
        label=_("E-mail"), help_text=_("Who is not here yet gets an invitation.")
    )


class AddTerm(Form):
    """A stretch of school days."""

    title = forms.CharField(
        label=_("What is it called?"),
        help_text=_("Like: Spring term, first half. Half-term lies between two of them."),
        max_length=60,
    )
    starts_on = forms.DateField(label=_("First school day"))
    ends_on = forms.DateField(label=_("Last school day"))
