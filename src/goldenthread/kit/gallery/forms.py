from typing import Any

from django import forms

from goldenthread.kit.forms import Form

KNOWN_AS = [
    ("nobody", "Nobody"),
    ("support", "Only the support team"),
    ("named", "Anyone who reads it"),
]
KNOWN_AS_HINTS = {
    "nobody": "We keep no name and no address. You get a receipt to come back with.",
    "support": "They can answer you. Leaders and managers cannot see who you are.",
    "named": "Your name stands beside your words.",
}


class Speak(Form):
    """The form of the sample page."""

    words = forms.CharField(
        label="Your words",
        help_text="Write as you would speak. Leave out names, yours too.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    known_as = forms.ChoiceField(
        label="Who may know it was you?",
        choices=KNOWN_AS,
        initial="nobody",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["known_as"].choice_hints = KNOWN_AS_HINTS  # type: ignore[attr-defined]


class Sample(Speak):
    """Every kind of field that the kit draws."""

    field_order = ["words", "name", "email", "heard_by", "seats", "kind", "labels", "known_as"]

    words = forms.CharField(
        label="What should we know?",
        help_text="A sentence is enough.",
        max_length=500,
        widget=forms.Textarea,
        error_messages={"required": "Write at least one sentence."},
    )
    name = forms.CharField(
        label="A name for the project",
        max_length=80,
        error_messages={"required": "Give the project a name."},
    )
    email = forms.EmailField(label="Your e-mail address", required=False)
    heard_by = forms.DateField(
        label="By when will people hear?",
        help_text="For example 30 June 2026.",
        widget=forms.DateInput,
        error_messages={"required": "Say by when people will hear."},
    )
    seats = forms.IntegerField(
        label="How many seats?",
        min_value=1,
        error_messages={"required": "Say how many seats there are."},
    )
    kind = forms.ChoiceField(
        label="What kind of organisation?",
        choices=[("", "Choose one"), ("university", "University"), ("school", "School")],
        error_messages={"required": "Choose what kind it is."},
    )
    labels = forms.MultipleChoiceField(
        label="Which of these fit?",
        help_text="At most two.",
        choices=[("waiting", "Waiting"), ("money", "Money"), ("evenings", "Evenings")],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose one or two."},
    )
    known_as = forms.ChoiceField(
        label="Who may know it was you?",
        choices=KNOWN_AS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who may know."},
    )
    agreed = forms.BooleanField(
        label="I have read what can change and what cannot",
        error_messages={"required": "Tick this when you have read it."},
    )
    paper = forms.FileField(label="A file", help_text="CSV, up to 5 MB.", required=False)
    form_key = forms.CharField(widget=forms.HiddenInput, required=False)


class RightToLeft(Speak):
    """The form of the sample page in Arabic."""

    words = forms.CharField(
        label="كلماتك",
        help_text="اكتب كما تتكلم. لا تذكر أسماء، ولا اسمك.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "اكتب جملة واحدة على الأقل."},
    )
    known_as = forms.ChoiceField(
        label="من قد يعرف أنك أنت؟",
        choices=[("nobody", "لا أحد"), ("support", "فريق الدعم فقط")],
        initial="nobody",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["known_as"].choice_hints = {}  # type: ignore[attr-defined]
