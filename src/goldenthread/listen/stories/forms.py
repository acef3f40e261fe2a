"""What we ask of people who tell a story, and of the organisers who ask for stories."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.forms import Form
from goldenthread.listen.stories.models import Story, StoryBox
from goldenthread.listen.stories.plain import BETTER, FEELINGS, GOOD, NOTES
from goldenthread.listen.voices.forms import LONGEST, WHOSE, Speak
from goldenthread.listen.voices.offers import Offer

MAY_SPEAK: Final = [
    ("", _("It is my own story")),
    (Story.MaySpeak.AGREED, _("Yes: they have agreed")),
    (Story.MaySpeak.UNDER_16, _("They are under 16, and I am their parent or guardian")),
    (Story.MaySpeak.CANNOT, _("They cannot agree, and I look after them")),
]
TOLD: Final = ("good", "better", "feelings", "notes", "may_speak")


class TellStory(Speak):
    """A story: two questions of which one is enough, and the little around it."""

    text: Any = None  # not asked here
    kind: Any = None  # not asked here
    would_have_helped: Any = None  # not asked here
    content_note: Any = None  # not asked here
    good = forms.CharField(max_length=LONGEST, required=False, widget=forms.Textarea())
    better = forms.CharField(max_length=LONGEST, required=False, widget=forms.Textarea())
    feelings = forms.MultipleChoiceField(
        label=_("How did you feel?"),
        help_text=_("Three at most."),
        choices=list(FEELINGS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    notes = forms.MultipleChoiceField(
        label=_("Does it talk about one of these?"),
        help_text=_("People see this first. Then they choose whether to read on."),
        choices=list(NOTES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    whose = forms.ChoiceField(
        label=_("Whose story is it?"),
        choices=[(value, text) for value, text in WHOSE if value]
        + [(value, text) for value, text in WHOSE if not value],
        required=False,
        widget=forms.RadioSelect,
    )
    may_speak = forms.ChoiceField(
        label=_("May you speak for them?"),
        choices=MAY_SPEAK,
        required=False,
        widget=forms.RadioSelect,
    )
    MORE = ("labels",)

    def __init__(self, *args: Any, box: StoryBox, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, offer=offer, **kwargs)
        self.fields["good"].label = box.good_prompt
        self.fields["better"].label = box.better_prompt
        if not box.feelings:
            del self.fields["feelings"]

    def clean_feelings(self) -> list[str]:
        """Take three at most."""
        chosen: list[str] = self.cleaned_data["feelings"]
        if len(chosen) > Story.FEELINGS:
            raise forms.ValidationError(_("Choose three at most."))
        return chosen

    def clean(self) -> dict[str, Any]:
        """One of the two questions is enough, and one is needed."""
        cleaned = super().clean()
        asked = ("good", "better")
        if not any(cleaned.get(name) or name in self.errors for name in asked):
            self.add_error("good", _("Write something under one of the two questions."))
        return cleaned

    @property
    def said(self) -> dict[str, Any]:
        """What the service takes."""
        told = {name: self.cleaned_data[name] for name in TOLD if name in self.cleaned_data}
        return super().said | told

    @property
    def is_open_for_others(self) -> bool:
        """Whether what is asked of those who speak for someone stands open."""
        return bool(self["may_speak"].value() or self["may_speak"].errors)


class Switch(Form):
    """Stories in a project: the two questions, and whether feelings are asked."""

    careful = ("good_prompt", "better_prompt")
    good_prompt = forms.CharField(
        label=_("The first question"),
        max_length=120,
        initial=GOOD,
        error_messages={"required": _("Write both questions.")},
    )
    better_prompt = forms.CharField(
        label=_("The second question"),
        max_length=120,
        initial=BETTER,
        error_messages={"required": _("Write both questions.")},
    )
    feelings = forms.BooleanField(
        label=_("Ask people how they felt"),
        help_text=_("They choose three words at most from a list."),
        required=False,
        initial=True,
    )


def as_set(box: StoryBox | None) -> dict[str, Any]:
    """Return how stories stand as the form shows it."""
    if box is None:
        return {}
    return {
        "good_prompt": box.good_prompt,
        "better_prompt": box.better_prompt,
        "feelings": box.feelings,
    }


class HideStories(Form):
    """What a reader would rather not see."""

    hide = forms.MultipleChoiceField(
        label=_("Cover stories that talk about"),
        choices=list(NOTES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class Share(Form):
    """One choice about one's own story."""

    SHOW, HIDE, QUOTE, UNQUOTE = "show", "hide", "quote", "unquote"
    act = forms.ChoiceField(choices=[(each, each) for each in (SHOW, HIDE, QUOTE, UNQUOTE)])
