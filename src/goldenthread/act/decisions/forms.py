from collections.abc import Iterator
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.act.decisions.models import Decision
from goldenthread.empower.groups.models import Group
from goldenthread.empower.meetings.models import Meeting
from goldenthread.kit.forms import SharedForm
from goldenthread.listen.themes.models import Theme

MOST_OPTIONS: Final = 5


class _ByTitle(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # none at run time
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.title)


class _Named(forms.ModelChoiceField):  # type: ignore[type-arg]  # none at run time
    def label_from_instance(self, obj: Any) -> str:
        return str(getattr(obj, "name", "") or obj.title)


class WriteDecision(SharedForm):
    """A decision as it is written down."""

    careful = ("title", "question", "why", "what_people_said")
    title = forms.CharField(
        label=_("What was decided, in a few words"),
        help_text=_("For example: A message every week while you wait"),
        max_length=120,
        error_messages={"required": _("Give the decision a short title.")},
    )
    themes = _ByTitle(
        label=_("Which topics does it decide?"),
        help_text=_("Only topics that people have agreed on stand here."),
        queryset=Theme.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose the topic that this decides.")},
    )
    question = forms.CharField(
        label=_("What was the question?"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=300,
        error_messages={"required": _("Write the question that was decided.")},
    )
    what_people_said = forms.CharField(
        label=_("What did people say about it?"),
        help_text=_("In plain words, also what speaks against the decision."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1500,
        error_messages={"required": _("Write what people said about it.")},
    )
    outcome = forms.ChoiceField(
        label=_("Did people get what they asked for?"),
        choices=Decision.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes, partly or no.")},
    )
    why = forms.CharField(
        label=_("Why?"),
        help_text=_("A no needs a reason, and so does a yes."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1500,
        error_messages={"required": _("Say why. People are owed the reason, for a no as well.")},
    )
    group = _Named(
        label=_("Which group decided?"),
        queryset=Group.objects.none(),
        required=False,
        empty_label=_("No group: people named below"),
    )
    meeting = _Named(
        label=_("At which meeting?"),
        queryset=Meeting.objects.none(),
        required=False,
        empty_label=_("Not at a meeting"),
    )
    decided_by = forms.CharField(
        label=_("If no group: who decided?"),
        help_text=_("Names and posts, for example: Ann Lee, head of counselling"),
        max_length=300,
        required=False,
    )
    how_many = forms.IntegerField(
        label=_("How many people decided?"),
        help_text=_("Leave it empty for a group: we count the seats held on that day."),
        min_value=1,
        max_value=9999,
        required=False,
    )
    how_many_lived = forms.IntegerField(
        label=_("How many of them have lived experience?"),
        min_value=0,
        max_value=9999,
        required=False,
    )
    decided_on = forms.DateField(
        label=_("When was it decided?"),
        widget=forms.DateInput,
        error_messages={
            "required": _("Say on which day it was decided."),
            "invalid": _("Write a day, for example 3/5/2026."),
        },
    )

    def __init__(self, *args: Any, themes: Any, groups: Any, meetings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._narrow("themes", themes)
        self._narrow("group", groups)
        self._narrow("meeting", meetings)
        for place in range(MOST_OPTIONS):
            self.fields[f"option_{place}"] = forms.CharField(
                label=_("Option %(number)s") % {"number": place + 1},
                max_length=300,
                required=False,
            )
            self.fields[f"chosen_{place}"] = forms.BooleanField(
                label=_("This one was chosen"), required=False
            )

    def _narrow(self, name: str, rows: Any) -> None:
        field: Any = self.fields[name]
        field.queryset = rows

    def option_rows(self) -> Iterator[tuple[Any, Any]]:
        """Pair each option with whether it was chosen."""
        for place in range(MOST_OPTIONS):
            yield self[f"option_{place}"], self[f"chosen_{place}"]

    def decision(self) -> dict[str, Any]:
        """Return what was written, as the service takes it."""
        given = dict(self.cleaned_data)
        pairs = [
            (given.pop(f"option_{place}"), given.pop(f"chosen_{place}"))
            for place in range(MOST_OPTIONS)
        ]
        return {**given, "themes": list(given["themes"]), "options": pairs}


SAME: Final = (
    *("title", "question", "what_people_said", "outcome", "why", "group", "meeting"),
    *("decided_by", "how_many", "how_many_lived", "decided_on"),
)


def written(decision: Decision) -> dict[str, Any]:
    """Return a draft as the form shows it."""
    shown = {name: getattr(decision, name) for name in SAME}
    shown["themes"] = [each.theme for each in decision.about.all()]
    for option in decision.options.all():
        shown[f"option_{option.position}"] = option.text
        shown[f"chosen_{option.position}"] = option.chosen
    return shown
