"""What a reader fills in about their own reading."""

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.forms import Form
from goldenthread.safety.readers import practice


class Answer(Form):
    """What one would do with a practice voice."""

    choice = forms.ChoiceField(
        label=_("What would you do first?"),
        help_text=_("There is no mark. You see what an experienced reader would do."),
        choices=list(practice.CHOICES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what you would do.")},
    )


class Supporter(Form):
    """Whom a reader talks to."""

    email = forms.EmailField(
        label=_("E-mail of your supporter"),
        help_text=_("Someone of your organisation whom you trust. They see how much you read."),
    )
