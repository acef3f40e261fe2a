"""A voice taken on paper: typed in quickly, with the keyboard alone, one after another."""

from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from goldenthread.listen.voices.forms import KINDS, LONGEST, SAID, WHOSE, Keyed, Speak
from goldenthread.listen.voices.models import Voice
from goldenthread.projects.models import Strand
from goldenthread.projects.queries import strands_of
from goldenthread.safety.consent.forms import Tick
from goldenthread.safety.consent.permissions import may_be_asked
from goldenthread.safety.consent.wordings import QUOTE

STAYS: Final = ("kind", "whose", "strand")  # of the last form, in the next one
MOST: Final = 9999


class OnPaper(Keyed):
    """A voice that someone gave on paper."""

    text = forms.CharField(
        label=_("Their words"),
        help_text=_("As they wrote them. Leave out names."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6, "accesskey": "t", "data-sends": True}),
        error_messages={"required": _("Type in what the person wrote.")},
    )
    would_have_helped = Speak.base_fields["would_have_helped"]
    kind = forms.ChoiceField(
        label=_("What is it?"), choices=KINDS, initial=Voice.Kind.ISSUE, widget=forms.RadioSelect
    )
    whose = forms.ChoiceField(label=_("Whose experience is it?"), choices=WHOSE, required=False)
    strand = forms.ChoiceField(label=_("Who are they?"), required=False)
    content_note = Speak.base_fields["content_note"]
    quote = Tick(
        QUOTE,
        label=_("Did they tick this on their paper?"),
        help_text=_("Leave it if you do not know."),
        required=False,
    )
    no_slip = forms.BooleanField(
        label=_("They tore the slip off, so they want no receipt"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        if not may_be_asked(self.project):
            del fields["quote"]
        self._strands = {each.short: each for each in strands_of(self.project)}
        if self._strands:
            named = [(short, each.name) for short, each in self._strands.items()]
            fields["strand"].choices = [("", _("No group of their own")), *named]
        else:
            del fields["strand"]
        if not self.is_bound:
            fields["text"].widget.attrs["autofocus"] = True

    def clean_strand(self) -> Strand | None:
        """Give the strand behind the choice."""
        return self._strands.get(self.cleaned_data["strand"])

    @property
    def said(self) -> dict[str, Any]:
        """What the service takes."""
        given = {name: self.cleaned_data[name] for name in SAID if name in self.cleaned_data}
        return given | {"keep_receipt": not self.cleaned_data["no_slip"]}

    def like_this(self, query: QueryDict) -> str:
        """Return what the address carries to the next form: its number, and what stays."""
        kept = {
            name: str(self[name].data) for name in STAYS if name in self.fields and self[name].data
        }
        return "?" + urlencode({"n": number_of(query) + 1} | kept)


def like_last(query: QueryDict) -> dict[str, str]:
    """Return what stays as it was in the last form."""
    return {name: query.get(name, "") for name in STAYS if query.get(name)}


def number_of(query: QueryDict) -> int:
    """Return how many forms were typed in at this sitting; the address alone counts."""
    number = query.get("n", "")
    return min(int(number), MOST) if number.isdecimal() and len(number) < len(str(MOST)) + 1 else 0
