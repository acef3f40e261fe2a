from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.forms import Form
from goldenthread.kit.text import Text
from goldenthread.listen.summaries.models import Sentence
from goldenthread.listen.themes.forms import VoicesField
from goldenthread.listen.themes.models import Theme


class Write(Form):
    """One sentence, and what it rests on."""

    careful = ("text",)
    text = forms.CharField(
        max_length=300,
        widget=forms.Textarea,
        label=_("The sentence"),
        help_text=_("What people said, in plain words. Nothing that nobody said."),
        error_messages={"required": _("Write the sentence first.")},
    )
    themes = forms.TypedMultipleChoiceField(
        coerce=UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Topics it rests on"),
        help_text=_("Topics that were shown back to those who spoke."),
    )
    voices = VoicesField()
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(max_length=100, required=False, label=_("Words to look for"))
    within = forms.TypedChoiceField(
        coerce=UUID, required=False, empty_value=None, label=_("In the theme")
    )

    def __init__(self, seen: Iterable[Theme], every: Iterable[Theme], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fields["voices"].required = False
        _offer(self.fields["themes"], seen)
        _offer(self.fields["within"], every, ("", _("Any, or none")))

    def ticked(self) -> list[str]:
        """Return the voices that are ticked, also where something else is wrong."""
        if isinstance(self.data, QueryDict):
            return [each for each in self.data.getlist("voices") if _is_ref(each)]
        return [str(each) for each in self.initial.get("voices", ())]

    def rest(self) -> Mapping[str, Any]:
        """Return what the service takes."""
        given = self.cleaned_data
        return {name: given[name] for name in ("text", "voices", "themes")}

    def meet(self, sentence: Sentence) -> bool:
        """Go on from the sentence as it now is, and say if someone else had changed it."""
        changed = str(self.data.get("version")) != str(sentence.version)
        self.data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        self.data["version"] = str(sentence.version)  # type: ignore[index]  # as above
        return changed


def looked_for(data: QueryDict) -> dict[str, Any]:
    """Return what was typed and ticked, for a page on which other voices are shown."""
    typed = {name: data.get(name, "") for name in ("text", "q", "within", "version")}
    voices = [each for each in data.getlist("voices") if _is_ref(each)]
    return {**typed, "themes": data.getlist("themes"), "voices": voices}


def _is_ref(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _offer(field: forms.Field, themes: Iterable[Theme], *first: tuple[str, Text]) -> None:
    if isinstance(field, forms.ChoiceField):
        field.choices = [*first, *((str(theme.ref), theme.title) for theme in themes)]
