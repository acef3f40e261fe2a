"""What a reader and a safeguarder fill in about a concern."""

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.forms import Form

WRITE = {"required": _("Please write something here.")}


class Raise(Form):
    """Why a reader is worried."""

    why = forms.CharField(
        label=_("What worries you?"),
        help_text=_("A sentence is enough. Only the safeguarding owner and the deputy see it."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages=WRITE,
    )


class Note(Form):
    """A line about what was done."""

    text = forms.CharField(
        label=_("What has been done"),
        help_text=_("Say what you did and when. Lines are added, never changed."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages=WRITE,
    )


class ToAuthor(Form):
    """A line to the author."""

    message = forms.CharField(
        label=_("A line to the author"),
        help_text=_("They find it behind their receipt or in their account. Say who can help now."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages=WRITE,
    )


class Close(Form):
    """What was done in the end, and whether others were told."""

    what_was_done = forms.CharField(
        label=_("What was done in the end?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Please say what was done.")},
    )
    told_others = forms.TypedChoiceField(
        label=_("Was anyone else told?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose yes or no.")},
    )
    because = forms.CharField(
        label=_("Why, or why not?"),
        help_text=_("Sharing to prevent serious harm is allowed. Write down what you weighed up."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Please say why, or why not.")},
    )
