from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.forms import Form
from goldenthread.listen.coding.models import Code, Unit
from goldenthread.listen.coding.services import MEANWHILE
from goldenthread.listen.voices.models import Voice
from goldenthread.people.accounts.models import Person

SHORTENED = 90  # letters of an example in a list


class WriteCode(Form):
    """What belongs to a theme, and what does not."""

    careful = ("definition", "belongs", "leaves_out")
    definition = forms.CharField(
        max_length=400,
        widget=forms.Textarea,
        label=_("What this theme is about"),
        error_messages={"required": _("Say in a sentence what this theme is about.")},
    )
    belongs = forms.CharField(
        max_length=400, required=False, widget=forms.Textarea, label=_("A voice belongs here when")
    )
    leaves_out = forms.CharField(
        max_length=400,
        required=False,
        widget=forms.Textarea,
        label=_("A voice does not belong here when"),
    )
    example = forms.TypedChoiceField(
        coerce=UUID, empty_value=None, required=False, label=_("An example")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, voices: Iterable[Voice], data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field = self.fields["example"]
        if isinstance(field, forms.ChoiceField):
            offered = [(str(each.pk), _short(each)) for each in voices]
            field.choices = [("", _("None yet")), *offered]

    def meet(self, code: Code | None) -> bool:
        """Go on from what stands there now, and say if someone else had changed it."""
        version = str(code.version if code else 0)
        changed = self.is_bound and self.data.get("version") != version
        if changed:
            self.saw(version=version)
        return changed


def _short(voice: Voice) -> str:
    text = " ".join((voice.words.shown or "").split())
    return text if len(text) <= SHORTENED else f"{text[:SHORTENED].rsplit(' ', 1)[0]} …"


class StartRound(Form):
    """How many voices, and who sorts them."""

    number = forms.IntegerField(
        min_value=10,
        max_value=200,
        initial=30,
        label=_("How many voices"),
        help_text=_("Between 10 and 200, drawn at random. Thirty take about half an hour."),
    )
    people = forms.TypedMultipleChoiceField(
        coerce=UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Who sorts them"),
        help_text=_("At least two, of whom one has lived experience, if you can."),
    )
    emails = forms.CharField(
        max_length=600,
        required=False,
        widget=forms.Textarea,
        label=_("Members who sort too"),
        help_text=_("E-mail addresses of their accounts, one on a line."),
    )

    def __init__(self, people: Iterable[Person], data: Any = None) -> None:
        super().__init__(data)
        field = self.fields["people"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(str(each.ref), each.name) for each in people]

    def clean_emails(self) -> list[str]:
        lines = str(self.cleaned_data["emails"]).replace(",", "\n").splitlines()
        return [line.strip() for line in lines if line.strip()]


class Choose(Form):
    """Which themes a voice belongs to."""

    none = forms.BooleanField(required=False, widget=forms.HiddenInput)
    themes = forms.TypedMultipleChoiceField(
        coerce=UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Which topics is this about?"),
        help_text=_("Choose one or more, or say that none fits."),
    )

    def __init__(
        self, titles: Mapping[UUID, str], data: QueryDict | None = None, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        field = self.fields["themes"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(str(ref), title) for ref, title in titles.items()]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("none"):
            given["themes"] = []
        elif not given.get("themes") and "themes" not in self.errors:
            self.add_error("themes", _("Choose a topic, or press “None of these”."))
        return given


class Agree(Form):
    """What was agreed for a voice, and why."""

    themes = forms.TypedMultipleChoiceField(
        coerce=UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("What you agreed"),
        help_text=_("Tick nothing if it belongs to none of them."),
    )
    note = forms.CharField(
        max_length=300,
        widget=forms.Textarea,
        label=_("Why, in a few words"),
        help_text=_("It helps to make the definitions sharper."),
        error_messages={"required": _("Say in a few words what you agreed, and why.")},
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, titles: Mapping[UUID, str], data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field = self.fields["themes"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(str(ref), title) for ref, title in titles.items()]

    def meets(self, unit: Unit) -> bool:
        """Whether it was written with what stands there now before one's eyes; else show that."""
        if not self.is_bound or self.data.get("seen") == unit.edition:
            return True
        self.add_error(None, MEANWHILE)
        self.saw(seen=unit.edition)
        return False


class Settle(Form):
    """Whether the result goes into the themes."""

    apply = forms.BooleanField(
        required=False,
        label=_("Put what was agreed into the themes"),
        help_text=_(
            "Voices of the sample go into the themes chosen for them, and out of the "
            "others. Themes that have been decided on stay as they are."
        ),
    )
