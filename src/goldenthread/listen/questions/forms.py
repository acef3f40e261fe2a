"""What organisers ask, and what people reply."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.forms import Form
from goldenthread.listen.questions.models import Question
from goldenthread.listen.voices.forms import SAID, Speak
from goldenthread.listen.voices.offers import Offer

OPTIONS: Final = ("first", "second", "third", "fourth")
ABOUT_WORDS: Final = ("text", "known_as", "given_name", "receipt", "quote")


class Ask(Form):
    """A quick question: what, for how long, and what will be done with it."""

    careful = ("text", "happens_next", *OPTIONS)
    text = forms.CharField(
        label=_("Your question"),
        help_text=_("One thing only, in plain words."),
        max_length=200,
        error_messages={"required": _("Write your question.")},
    )
    happens_next = forms.CharField(
        label=_("What will you do with what people say?"),
        help_text=_("For example: we choose the day of the open evening by it, on Friday."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what you will do with what people say.")},
    )
    first = forms.CharField(label=_("First answer"), max_length=60, required=False)
    second = forms.CharField(label=_("Second answer"), max_length=60, required=False)
    third = forms.CharField(label=_("Third answer"), max_length=60, required=False)
    fourth = forms.CharField(label=_("Fourth answer"), max_length=60, required=False)
    how_long = forms.ChoiceField(
        label=_("How long is it open?"),
        choices=[
            ("4h", _("4 hours")),
            ("1d", _("1 day")),
            ("3d", _("3 days")),
            ("7d", _("7 days")),
        ],
        initial="1d",
        widget=forms.RadioSelect,
    )

    def clean(self) -> dict[str, Any]:
        """Offer two answers at least, or none."""
        cleaned = super().clean() or {}
        cleaned["options"] = [cleaned[name] for name in OPTIONS if cleaned.get(name)]
        if len(cleaned["options"]) == 1:
            name = next(name for name in OPTIONS if not cleaned.get(name))
            self.add_error(name, _("Offer two to four answers to choose, or none."))
        return cleaned

    @property
    def asked(self) -> dict[str, Any]:
        """What the service takes."""
        return {name: self.cleaned_data[name] for name in ("text", "happens_next", "how_long")} | {
            "options": self.cleaned_data["options"]
        }

    @property
    def options_are_open(self) -> bool:
        """Whether something stands in the answers to choose."""
        return any(self[name].value() or self[name].errors for name in OPTIONS)


class Reply(Speak):
    """A choice, a few words, or both."""

    kind: Any = None  # not asked here
    whose: Any = None  # not asked here
    would_have_helped: Any = None  # not asked here
    content_note: Any = None  # not asked here
    MORE = ()
    option = forms.ChoiceField(label=_("Choose one"), required=False, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Say more, if you like"),
        help_text=_("Write as you would speak. Leave out names, yours too."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(
        self, *args: Any, question: Question, offer: Offer, words: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, offer=offer, **kwargs)
        fields: Any = self.fields
        fields.pop("labels", None)
        options = [(str(option.ref), option.text) for option in question.options.all()]
        if options:
            fields["option"].choices = options
        else:
            del fields["option"]
            fields["text"].label = _("Your words")
        for name in () if words else ABOUT_WORDS:
            fields.pop(name, None)

    @property
    def takes_anything(self) -> bool:
        """Whether there is anything to reply with: without readers there is no box."""
        return "option" in self.fields or "text" in self.fields

    @property
    def manner_is_open(self) -> bool:
        """Whether how the words are kept was chosen otherwise, or has to be put right."""
        names = [name for name in ABOUT_WORDS[1:] if name in self.fields]
        chosen = self.changed_data if self.is_bound else []
        return any(self[name].errors or name in chosen for name in names)

    def clean(self) -> dict[str, Any]:
        """Something is needed, a choice or words."""
        cleaned = super().clean()
        names = [name for name in ("option", "text") if name in self.fields]
        if not any(cleaned.get(name) or name in self.errors for name in names):
            both = len(names) > 1
            message = _("Choose an answer, or write something.") if both else _("Choose an answer.")
            only_words = _("Write something first. One sentence is enough.")
            self.add_error(names[0], only_words if names == ["text"] else message)
        return cleaned

    @property
    def said(self) -> dict[str, Any]:
        """What the service takes."""
        data = self.cleaned_data
        option = data.get("option")
        found: dict[str, Any] = {"option": UUID(option) if option else None}
        if "text" not in self.fields:
            return found
        keep = {"keep_receipt": data["receipt"] == "keep", "add_to_mine": data["receipt"] == "same"}
        return found | keep | {name: data[name] for name in SAID if name in data}


class Leave(Form):
    """Why a question gets no answer."""

    careful = ("because",)
    because = forms.CharField(
        label=_("Why is there no answer?"),
        help_text=_("Everyone can read it on the page of the question."),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Say why there is no answer. People are waiting for it."),
        },
    )
