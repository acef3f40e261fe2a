from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.forms import Form
from goldenthread.safety.release.control.profiles import DEFAULT, PROFILES


class ChooseRule(Form):
    """By which rule small numbers are hidden."""

    profile = forms.ChoiceField(
        label=_("Which rule hides small numbers about who you heard from?"),
        help_text=_("It is fixed once the first figures are out."),
        choices=[(name, _(each.sentence)) for name, each in PROFILES.items()],
        widget=forms.RadioSelect,
        initial=DEFAULT,
    )


class Comment(Form):
    """What someone who decides says about figures that are not out yet."""

    comment = forms.CharField(
        label=_("What do you want to say about them?"),
        help_text=_("The organisers read it beside the figures. The figures stay as they are."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        error_messages={"required": _("Write your comment first.")},
    )
