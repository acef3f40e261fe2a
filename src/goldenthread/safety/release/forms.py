from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.forms import Form
from goldenthread.safety.release.control.profiles import DEFAULT, PROFILES


class ChooseRule(Form):
    """By which rule small numbers are hidden."""

    profile = forms.ChoiceField(
        label=_("Which rule hides small numbers about who you heard from?"),
        help_text=_("It is fixed once the first figures are out."),
        choices=[(name, each.sentence) for name, each in PROFILES.items()],
        widget=forms.RadioSelect,
        initial=DEFAULT,
    )
