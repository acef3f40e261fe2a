"""Shape and wording of input: what all our forms share."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, cast

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from goldenthread.kit.careful import look
from goldenthread.kit.editions import MEANWHILE
from goldenthread.kit.refusals import Refusal
from goldenthread.kit.text import Text, say_day
from goldenthread.kit.wording import put_plainly


class Form(forms.Form):
    """A plain form that can take a refusal as an error beside the field."""

    use_required_attribute = False
    careful: tuple[str, ...] = ()  # what staff write for people to read: looked through

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.advised: dict[str, str] = {}  # by field, the words that staff may keep all the same
        for field in self.fields.values():
            put_plainly(field)

    def full_clean(self) -> None:
        """Look through what staff wrote anew. Advice may be set aside, a refusal may not."""
        super().full_clean()
        for name in self.careful if self.is_bound else ():
            if name in self.changed_data and name in self.cleaned_data:
                self._look_through(name, str(self.cleaned_data[name]))

    def _look_through(self, name: str, text: str) -> None:
        kept = self.data.get(keep_name(self.add_prefix(name)), "").split("|")
        remarks = look(text)
        advice = [remark.words for remark in remarks if not remark.refused]
        if advice and len(advice) == len(remarks):
            self.advised[name] = "|".join(advice)
        for remark in remarks:
            if remark.refused or remark.words not in kept:
                self.add_error(name, remark.says)

    def saw(self, **values: str) -> None:
        """Send these hidden values the next time, since the page shows now what they stand for."""
        sent = cast("QueryDict", self.data).copy()
        for name, value in values.items():
            sent[name] = value
        self.data = sent

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """Catch a `Refusal` and show it where the person can mend it."""
        try:
            yield
        except Refusal as refusal:
            field = refusal.field if refusal.field in self.fields else None
            self.add_error(field, refusal.message)


class SharedForm(Form):
    """For what several people write: `seen` tells which words its writer had before them.

    It begins with what is saved now, and its edition.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """As for any form; whoever was told of another's words may save over them the next time."""
        with super().refusals():
            yield
        if self._was_late:
            self.saw(seen=str(self.initial["seen"]))

    @property
    def saved_meanwhile(self) -> list[tuple[Text, str]]:
        """What somebody else saved while this was written, beside its labels; mostly nothing."""
        if not self._was_late:
            return []
        shown = [
            (field.label, _said(field.field, field.initial)) for field in self.visible_fields()
        ]
        return [(label, said) for label, said in shown if said]

    @property
    def _was_late(self) -> bool:
        return MEANWHILE in self.non_field_errors()


def _said(field: forms.Field, value: Any) -> str:
    """Say what a field holds, as somebody else reads it."""
    if isinstance(value, datetime):
        local = timezone.localtime(value)
        return f"{say_day(local)}, {local:%H:%M}"
    if isinstance(value, date):
        return say_day(value)
    if value is None or isinstance(value, bool):
        return ""
    labels: dict[Any, Any] = dict(getattr(field, "choices", ()))
    each = value if isinstance(value, list) else [value]
    return ", ".join(str(labels.get(getattr(one, "pk", one), one)) for one in each)


class ByName(forms.ModelChoiceField):  # type: ignore[type-arg]  # takes none at run time
    """Choosing one of several people or things by its name."""

    def label_from_instance(self, obj: Any) -> str:
        """Call it by its name; somebody who has not given one yet by their e-mail."""
        return str(obj.name or getattr(obj, "email", ""))


def keep_name(name: str) -> str:
    """Return under which name it is sent that somebody has read the advice on a field."""
    return f"keep-{name}"


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, also when nothing was ticked; None while the form is only shown."""
    return request.POST if request.method == "POST" else None
