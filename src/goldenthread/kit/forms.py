"""Shape and wording of input: what all our forms share."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict

from goldenthread.kit.refusals import Refusal
from goldenthread.kit.wording import put_plainly


class Form(forms.Form):
    """A plain form that can take a refusal as an error beside the field."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            put_plainly(field)

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """Catch a `Refusal` and show it where the person can mend it."""
        try:
            yield
        except Refusal as refusal:
            field = refusal.field if refusal.field in self.fields else None
            self.add_error(field, refusal.message)


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, also when nothing was ticked; None while the form is only shown."""
    return request.POST if request.method == "POST" else None
