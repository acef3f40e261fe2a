"""What a reader says when they look again."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.forms import Form
from goldenthread.safety.looks.queries import languages

YES, NO = "yes", "no"


class Look(Form):
    """The one question."""

    answer = forms.ChoiceField(
        label=_("Should this have been read first?"),
        help_text=_("Yes, if somebody may be in danger: the writer, or another person."),
        choices=[(YES, _("Yes")), (NO, _("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose yes or no.")},
    )


class Own(Form):
    """A sentence of one's own for the lists."""

    text = forms.CharField(
        label=_("Write a sentence of your own, like it, for the list"),
        help_text=_("Do not copy the words. Leave out names, places and ways to harm."),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Please write a sentence, or go on without one.")},
    )
    language = forms.ChoiceField(label=_("In which language is it?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = languages()  # type: ignore[attr-defined]
        self.initial.setdefault("language", "en")
