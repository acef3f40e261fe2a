from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.forms import Form
from goldenthread.kit.text import Text
from goldenthread.listen.themes.models import Correction, Theme
from goldenthread.listen.themes.services import MEANWHILE

TICK = _("Tick at least one voice first.")


class VoicesField(forms.TypedMultipleChoiceField):
    """Voices that were ticked. Whether they belong here is for the service to say."""

    def __init__(self) -> None:
        super().__init__(coerce=UUID, label=_("Voices"), error_messages={"required": TICK})

    def valid_value(self, value: Any) -> bool:
        try:
            UUID(str(value))
        except ValueError:
            return False
        return True


class Ticking(Form):
    """A form on which voices are ticked."""

    voices = VoicesField()

    def ticked(self) -> list[str]:
        """Return what was ticked, so that an error does not lose it."""
        return self.data.getlist("voices") if isinstance(self.data, QueryDict) else []


class Sort(Ticking):
    """What to do with the voices that were ticked: into a theme, or into a new one."""

    do = forms.ChoiceField(choices=[("add", _("Add")), ("new", _("New"))], widget=forms.HiddenInput)
    theme = forms.TypedChoiceField(
        coerce=UUID, label=_("Into theme"), required=False, empty_value=None
    )
    title = forms.CharField(max_length=80, label=_("New theme"), required=False)

    def __init__(self, themes: Iterable[Theme], data: QueryDict | None = None) -> None:
        super().__init__(data)
        _offer(self.fields["theme"], themes, ("", _("Choose a theme")))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("do") == "add" and given.get("title") and not given.get("theme"):
            given["do"] = "new"  # Enter in the box of the title sends the first button
        if given.get("do") == "add" and not given.get("theme") and "theme" not in self.errors:
            self.add_error("theme", _("Choose the theme they go into."))
        if given.get("do") == "new" and not given.get("title") and "title" not in self.errors:
            self.add_error("title", _("Give the new theme a short title."))
        return given


class Saying(Form):
    """The title of a theme, and what people say in it."""

    careful = ("title", "sentence")
    hint = _("You can write this later.")
    title = forms.CharField(
        max_length=80,
        label=_("Title"),
        help_text=_("A few words. People see it as the topic."),
        error_messages={"required": _("Give the theme a short title.")},
    )
    sentence = forms.CharField(
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        label=_("What people say, in one or two plain sentences"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sentence"].help_text = self.hint


class Reword(Saying):
    """A theme in other words, and which version of it was read."""

    hint = _("Those who spoke will be asked if this is what they meant.")
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="reword_%s", **kwargs)

    def meet(self, theme: Theme) -> bool:
        """Go on from the theme as it now is, and say if someone else had changed it."""
        changed = str(self.data.get("version")) != str(theme.version)
        self.data = {**self.data.dict(), "version": str(theme.version)}  # type: ignore[attr-defined]  # a QueryDict
        return changed


class FromGap(Saying):
    """A topic made of a gap that a survey shows."""

    hint = _("You can write it later, when you have read their words.")


class TakeOut(Ticking):
    """What to do with voices of a theme: a theme of their own, or out."""

    do = forms.ChoiceField(
        choices=[("split", _("Split")), ("out", _("Out"))], widget=forms.HiddenInput
    )
    title = forms.CharField(max_length=80, label=_("New theme"), required=False)

    def __init__(self, *args: Any) -> None:
        super().__init__(*args, auto_id="take_out_%s")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("do") == "split" and not given.get("title") and "title" not in self.errors:
            self.add_error("title", _("Give the new theme a short title."))
        return given


class Add(Ticking):
    """Voices that were suggested for a theme, and ticked."""


class Merge(Form):
    """Which themes go into this one."""

    themes = forms.TypedMultipleChoiceField(
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        label=_("Themes that go into this one"),
        error_messages={"required": _("Tick at least one other theme.")},
    )

    def __init__(self, themes: Iterable[Theme], data: QueryDict | None = None) -> None:
        super().__init__(data)
        _offer(self.fields["themes"], themes)


def _offer(field: forms.Field, themes: Iterable[Theme], *first: tuple[str, Text]) -> None:
    if isinstance(field, forms.ChoiceField):
        offered = [(str(theme.ref), f"{theme.title} ({theme.voice_count})") for theme in themes]
        field.choices = [*first, *offered]


class Correct(Form):
    """Whether a theme says what someone meant."""

    answer = forms.ChoiceField(
        choices=[
            (Correction.Answer.YES, _("Yes, this is what I meant")),
            (Correction.Answer.PARTLY, _("Partly")),
            (Correction.Answer.NO, _("No, I meant something else")),
        ],
        widget=forms.RadioSelect,
        label=_("Does this say what you meant?"),
        error_messages={"required": _("Please choose one.")},
    )
    text = forms.CharField(
        max_length=600,
        required=False,
        widget=forms.Textarea,
        label=_("What should it say?"),
        help_text=_("A reader looks at your words first. Then the organisers see them."),
    )

    def __init__(self, given: Correction | None, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"answer": given.answer} if given else None)
        sent = data is not None and data.get("text", "").strip()  # from a page opened before
        if given is not None and given.words is not None and not sent:
            del self.fields["text"]


class DealWith(Form):
    """What the organisers did with a correction."""

    careful = ("what",)
    what = forms.CharField(
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        label=_("What you did with it"),
        error_messages={"required": _("Say what you did, also if you left the theme as it is.")},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def meets(self, correction: Correction) -> bool:
        """Whether it is whole, and written with what stands there now before one's eyes."""
        valid, seen = self.is_valid(), self.data.get("seen") == correction.edition
        if seen or correction.dealt_with in ("", self.cleaned_data.get("what")):
            return valid
        self.add_error("what", MEANWHILE)
        self.saw(seen=correction.edition)
        return False
