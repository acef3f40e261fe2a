from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.forms import Form
from goldenthread.safety.moderation import policy
from goldenthread.safety.moderation.models import Appeal, Complaint, Report
from goldenthread.safety.reading.reasons import NOT_PUBLISHED


def _text(label: Any, hint: Any = "", *, most: int = 2000, rows: int = 4, **more: Any) -> Any:
    widget = forms.Textarea(attrs={"rows": str(rows), "autocomplete": "off"})
    return forms.CharField(label=label, help_text=hint, max_length=most, widget=widget, **more)


class MakeReport(Form):
    """What is wrong with something that people can see."""

    because = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=list(policy.REASONS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what is wrong.")},
    )
    note = _text(
        _("Anything a reader should know"),
        _("Only the readers of this project see it."),
        most=1000,
        rows=3,
        required=False,
    )


class Decide(Form):
    """What happens with something that was reported."""

    outcome = forms.ChoiceField(
        label=_("What should happen?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what should happen.")},
    )
    because = forms.ChoiceField(
        label=_("If it is to be taken down: why?"),
        choices=[("", _("Choose a reason")), *NOT_PUBLISHED.items()],
        required=False,
    )

    def __init__(self, *args: Any, outcomes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = dict(Report.Outcome.choices)
        field = self.fields["outcome"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  as declared above
        field.choices = [(each, labels[each]) for each in outcomes]


class DecideAppeal(Form):
    """Whether what was taken down is shown again, and why."""

    careful = ("answer",)
    outcome = forms.ChoiceField(
        label=_("What should happen?"),
        choices=Appeal.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what should happen.")},
    )
    answer = _text(_("Why? The author reads this."))


class Complain(Form):
    """What went wrong, in the person's own words."""

    about = forms.ChoiceField(
        label=_("What is it about?"),
        choices=Complaint.About.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what it is about.")},
    )
    text = _text(
        _("What happened?"),
        _("You do not need a name or an account."),
        most=4000,
        rows=8,
        error_messages={"required": _("Please say what happened.")},
    )


class Answer(Form):
    """The answer to a complaint."""

    careful = ("text",)
    text = _text(_("Your answer"), _("It stands behind their receipt."), most=4000, rows=8)
