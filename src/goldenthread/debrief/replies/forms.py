from contextlib import suppress
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from goldenthread.act.plans.models import Change
from goldenthread.debrief.replies.claims import Claim
from goldenthread.debrief.replies.models import Reply, Told
from goldenthread.kit.forms import Form, SharedForm


class WriteReply(SharedForm):
    """An answer, as everyone beneath it will read it."""

    careful: tuple[str, ...] = ("text", "happens_next")
    text = forms.CharField(
        label=_("Your answer"),
        help_text=_("Begin with what people told you. Then say what you do about it, and why."),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=2000,
        error_messages={"required": _("Write the answer.")},
    )
    happens_next = forms.CharField(
        label=_("What happens next, and by when?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=600,
        error_messages={"required": _("Say what happens next, and by when.")},
    )
    signed_by = forms.CharField(
        label=_("Signed by"),
        help_text=_("The name of a person, then their post: Ann Lee, head of counselling"),
        max_length=120,
        error_messages={"required": _("Sign it with the name of a person.")},
    )

    @property
    def said(self) -> dict[str, Any]:
        """What the service takes."""
        return dict(self.cleaned_data)

    @property
    def advised_on(self) -> dict[str, str]:
        """What the reply helper reads."""
        return {name: self.cleaned_data[name] for name in ("text", "happens_next", "signed_by")}


class _ByWhat(forms.ModelChoiceField):  # type: ignore[type-arg]  # takes none at run time
    def label_from_instance(self, obj: Any) -> str:
        return Truncator(obj.what_is_different).words(16)


class ReplyToOne(WriteReply):
    """An answer to one voice; it may say what changed because of it."""

    careful = ("text", "happens_next", "what_is_different", "evidence")
    CLAIM = ("change", "what_is_different", "evidence", "since_on")
    change = _ByWhat(
        label=_("A change that is told already"),
        queryset=None,
        required=False,
        empty_label=_("None of these"),
    )
    what_is_different = forms.CharField(
        label=_("Or: what is different now?"),
        help_text=_("As the person who said this would notice it. “Done” is not a change."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=600,
        required=False,
    )
    evidence = forms.CharField(
        label=_("How can anyone tell?"),
        help_text=_("What was counted, seen or said, and by whom."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )
    since_on = forms.DateField(
        label=_("Since when?"),
        widget=forms.DateInput,
        required=False,
        error_messages={"invalid": _("Write a day, for example 3/5/2026.")},
    )

    def __init__(self, *args: Any, changes: QuerySet[Change], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["change"]
        field.queryset = changes

    @property
    def said(self) -> dict[str, Any]:
        """What the service takes: the answer, and what it claims."""
        data = dict(self.cleaned_data)
        return data | {"claim": Claim(**{name: data.pop(name) for name in self.CLAIM})}

    @property
    def claim_is_open(self) -> bool:
        """Whether anything stands in what changed."""
        return any(self[name].value() or self[name].errors for name in self.CLAIM)


def written(draft: Reply) -> dict[str, Any]:
    """Return a draft as the form shows it."""
    return {
        "text": draft.text,
        "happens_next": draft.happens_next,
        "signed_by": draft.signed_by,
        "change": draft.change_id,
        "what_is_different": draft.claims,
        "evidence": draft.evidence,
        "since_on": draft.since_on,
    }


class Refs(forms.Field):
    """References ticked in a list."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[UUID]:
        """Read them; what is no reference is left out."""
        found = []
        for each in value or []:
            with suppress(ValueError):
                found.append(UUID(str(each)))
        return found


class Tick(Form):
    """Who was told by hand, or could not be told."""

    voices = Refs(error_messages={"required": _("Tick at least one voice.")})

    how = forms.ChoiceField(
        label=_("What happened?"),
        choices=[
            (Told.State.IN_PERSON, _("I told them in person, by phone or by letter")),
            (Told.State.COULD_NOT, _("They could not be told")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether they were told.")},
    )
    because = forms.CharField(
        label=_("If not: why?"),
        help_text=_("For example: taken on paper without a name. Never write names here."),
        max_length=200,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("how") == Told.State.COULD_NOT and not given.get("because", "").strip():
            self.add_error("because", _("Say why they could not be told."))
        return given
