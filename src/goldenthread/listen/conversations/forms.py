"""What we ask of people who answer or add, and of organisers who prepare a conversation."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.forms import Form
from goldenthread.listen.conversations.pictures import CHOICES
from goldenthread.listen.voices.forms import Speak

LONGEST: Final = 200  # letters of a statement
WITH_PICTURE: Final = [("", _("No picture")), *CHOICES]
ACTS: Final = ("open", "close", "let-add", "stop-adding", "drop", "up", "freeze")


class AddStatement(Speak):
    """A statement of one's own, with as little around it as can be."""

    picture = forms.ChoiceField(
        label=_("Should a picture stand beside it?"),
        help_text=_("It helps people who do not read."),
        choices=WITH_PICTURE,
        required=False,
    )
    LEFT_OUT = ("kind", "whose", "would_have_helped", "content_note", "labels", "quote")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        for name in self.LEFT_OUT:
            fields.pop(name, None)
        fields["text"] = forms.CharField(
            label=_("Your statement"),
            help_text=_("One thought that others can agree with or not. Leave out names."),
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": 3}),
            error_messages={"required": _("Write something first. One short sentence is enough.")},
        )

    def clean_text(self) -> str:
        """Take it as one line: it stands alone on a page."""
        return " ".join(str(self.cleaned_data["text"]).split())

    @property
    def said(self) -> dict[str, Any]:
        """What the service takes."""
        return super().said | {"picture": self.cleaned_data["picture"]}


class Question(Form):
    """The question of a conversation, and what happens with the answers."""

    careful = ("question", "about")
    question = forms.CharField(
        label=_("What do you ask?"),
        help_text=_("One plain question that people can answer with short statements."),
        max_length=200,
        error_messages={"required": _("Write your question.")},
    )
    about = forms.CharField(
        label=_("What will you do with the answers?"),
        help_text=_("People read this before they begin."),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    answers_leave = forms.BooleanField(
        label=_("Single answers may be taken out as a file, without names"),
        help_text=_("For research. People are told before they begin. Leave it off if you can."),
        required=False,
    )


class Prepare(Question):
    """A new conversation."""

    adding = forms.BooleanField(
        label=_("People may add statements of their own"),
        help_text=_("A reader reads each one before anybody votes on it."),
        required=False,
        initial=True,
    )


class Seed(Form):
    """A statement that organisers write, so that people have something to begin with."""

    careful = ("text",)
    text = forms.CharField(
        label=_("A statement of yours"),
        help_text=_("One thought, in words of the people you ask. Not a question."),
        max_length=LONGEST,
        error_messages={"required": _("Write the statement.")},
    )
    picture = forms.ChoiceField(
        label=_("Picture beside it"),
        help_text=_("For those who do not read."),
        choices=WITH_PICTURE,
        required=False,
    )


class Act(Form):
    """A button on the desk of a conversation."""

    act = forms.ChoiceField(choices=[(each, each) for each in ACTS])
    statement = forms.UUIDField(required=False)


class NameGroup(Form):
    """What organisers call a group."""

    careful = ("name",)
    letter = forms.CharField(max_length=1, widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("What do you call this group?"),
        help_text=_("A few kind words about what they think, not about who they are."),
        max_length=60,
        required=False,
    )
