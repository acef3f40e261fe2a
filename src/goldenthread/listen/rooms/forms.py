"""What we ask of those who prepare and run a room, and of a teacher who counts hands."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.forms import Form
from goldenthread.listen.rooms.agendas import (
    MOST_MINUTES,
    PICTURES,
    Agenda,
    Step,
    agenda_at,
    agendas,
)
from goldenthread.listen.rooms.models import Room, Round
from goldenthread.listen.rooms.queries import labels_of
from goldenthread.listen.voices.forms_class import WithStrand
from goldenthread.organisations.models import Label
from goldenthread.projects.models import Project

LONGEST_NOTE: Final = 1000
MOST_PEOPLE: Final = 999
EMPTY: Final = "empty"
PICTURE_NAMES: Final = {
    "happy": _("A happy face"),
    "okay": _("A face that is okay"),
    "sad": _("A sad face"),
    "worried": _("A worried face"),
    "hand": _("A hand"),
    "heart": _("A heart"),
    "book": _("A book"),
    "ball": _("A ball"),
    "house": _("A house"),
    "quiet": _("A quiet place"),
}
WITH_PICTURES: Final = [("", _("None")), *((each, PICTURE_NAMES[each]) for each in PICTURES)]
ANSWERS: Final = 4
DIGITS: Final = 4  # of the number of a note or step


def number_in(text: str) -> int | None:
    """Return the number of a note or step that a form carries; none where it is no such number."""
    return int(text) if text.isdecimal() and len(text) <= DIGITS else None


class AboutRoom(WithStrand):
    """What, when and where."""

    careful = ("title",)
    title = forms.CharField(label=_("What is it called?"), max_length=120)
    on = forms.DateField(
        label=_("On which day?"),
        widget=forms.DateInput,
        error_messages={"required": _("Say when.")},
    )
    place = forms.CharField(
        label=_("Where, broadly?"),
        help_text=_("A town or a part of it. People see it later. Leave out the building."),
        max_length=80,
        required=False,
    )


class PlanRoom(AboutRoom):
    """A new room: also its kind, and the agenda to begin with."""

    agenda = forms.ChoiceField(
        label=_("Which agenda?"),
        choices=lambda: [*((one.key, one.title) for one in agendas()), (EMPTY, _("My own"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an agenda. You can change its steps.")},
    )
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=Room.Kind.choices,
        widget=forms.RadioSelect,
        initial=Room.Kind.WORKSHOP,
        error_messages={"required": _("Choose what it is.")},
    )
    field_order = ("agenda", "kind", "title", "on", "place", "strand")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        hints = {one.key: one.about for one in agendas()}
        fields["agenda"].choice_hints = hints | {EMPTY: _("You begin with no step.")}

    def clean_agenda(self) -> Agenda | None:
        """Give the agenda behind the choice."""
        return agenda_at(self.cleaned_data["agenda"])


class AboutStep(Form):
    """One step: what it is called, what is asked, how long."""

    careful = ("title", "prompt")
    title = forms.CharField(label=_("What is the step called?"), max_length=60)
    prompt = forms.CharField(
        label=_("What do you ask?"),
        help_text=_("It stands large on the screen, and later above what was said."),
        max_length=240,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write what you ask, or what happens.")},
    )
    minutes = forms.IntegerField(
        label=_("How many minutes?"), min_value=1, max_value=MOST_MINUTES, initial=10
    )
    picture = forms.ChoiceField(
        label=_("A picture beside it"), choices=WITH_PICTURES, required=False
    )

    @property
    def step(self) -> Step:
        """The step that was written."""
        return Step(**self.cleaned_data)


class TakeNote(Form):
    """A note: as it was said."""

    text = forms.CharField(
        label=_("What was said"),
        help_text=_("In their words. Leave out names."),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3, "data-enter-sends": True}),
        error_messages={"required": _("Write down what was said first.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.fields["text"].widget.attrs["autofocus"] = True  # one note after another


class ChangeNote(Form):
    """A note in the words that those present want."""

    text = forms.CharField(
        label=_("In their words"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write it as they want it.")},
    )


class SayRight(Form):
    """That a note is right, and whether somebody takes a slip for it."""

    slip = forms.BooleanField(
        label=_("Someone wants a slip for this note"),
        help_text=_("With it they can see what comes of it, or take it back."),
        required=False,
    )


class CountPresent(Form):
    """How many of one broad label were there."""

    label = forms.ChoiceField(label=_("Who?"), required=False)
    count = forms.IntegerField(
        label=_("How many were there?"),
        help_text=_("0 takes the line away."),
        min_value=0,
        max_value=MOST_PEOPLE,
        error_messages={"required": _("Type in a number.")},
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._labels = {str(each.ref): each for each in labels_of(project)}
        named = [(ref, each.text) for ref, each in self._labels.items()]
        fields: Any = self.fields
        fields["label"].choices = [("", _("People of no label here")), *named]

    def clean_label(self) -> Label | None:
        """Give the label behind the choice."""
        return self._labels.get(self.cleaned_data["label"])


class BeginRound(WithStrand):
    """A question to a class, and two to four answers with a picture each."""

    careful = ("question",)
    question = forms.CharField(
        label=_("What do you ask?"),
        help_text=_("One short question. Never ask who is ill, sad or in trouble."),
        max_length=160,
        error_messages={"required": _("Write a question first.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        for number in range(1, ANSWERS + 1):
            fields[f"text_{number}"] = forms.CharField(
                label=_("Answer %(number)s") % {"number": number},
                max_length=40,
                required=number < ANSWERS - 1,
                error_messages={"required": _("Give at least two answers to choose from.")},
            )
            fields[f"picture_{number}"] = forms.ChoiceField(
                label=_("Picture for answer %(number)s") % {"number": number},
                choices=WITH_PICTURES,
                required=False,
            )
        self.order_fields(["question", *(name for name in fields if name[-1].isdigit()), "strand"])

    @property
    def pairs(self) -> list[tuple[Any, Any]]:
        """Each answer with its picture, side by side."""
        return [(self[f"text_{n}"], self[f"picture_{n}"]) for n in range(1, ANSWERS + 1)]

    @property
    def asked(self) -> dict[str, Any]:
        """What the service takes."""
        given = self.cleaned_data
        pairs = [(given[f"text_{n}"], given[f"picture_{n}"]) for n in range(1, ANSWERS + 1)]
        return {
            "question": given["question"],
            "answers": [(text, picture) for text, picture in pairs if text],
            "strand": given.get("strand"),
        }


class CountHands(Form):
    """How many hands went up for each answer."""

    def __init__(self, *args: Any, asked: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        for number, answer in enumerate(asked.answers):
            fields[f"hands_{number}"] = forms.IntegerField(
                label=answer["text"],
                min_value=0,
                max_value=MOST_PEOPLE,
                error_messages={"required": _("Type in a number. None is 0.")},
            )

    @property
    def hands(self) -> list[int]:
        """The numbers in the order of the answers."""
        return [self.cleaned_data[name] for name in self.fields]
