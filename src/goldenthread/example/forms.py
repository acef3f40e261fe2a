"""Which stop of the tour is wanted."""

from django import forms

from goldenthread.example.tour import stops
from goldenthread.kit.forms import Form


class Go(Form):
    """The number of a stop; none is the first."""

    stop = forms.IntegerField(min_value=1, max_value=len(stops()), required=False)

    def clean_stop(self) -> int:
        """Begin at the first stop."""
        return self.cleaned_data["stop"] or 1
