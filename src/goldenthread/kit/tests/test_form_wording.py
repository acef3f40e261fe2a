from datetime import UTC, datetime, time

import pytest
from django import forms
from django.template import Context, Template

from goldenthread.kit.forms import Form


class Everything(Form):
    day = forms.DateField()
    number = forms.IntegerField(min_value=3)
    share = forms.DecimalField()
    mail = forms.EmailField()
    at = forms.TimeField()
    kind = forms.ChoiceField(choices=[("a", "A")])
    many = forms.MultipleChoiceField(choices=[("a", "A")])
    moment = forms.DateTimeField()
    link = forms.URLField(assume_scheme="https")
    paper = forms.FileField()
    own = forms.CharField(error_messages={"required": "Give it a name."})


WRONG = dict.fromkeys(Everything.base_fields, "?") | {"own": "", "number": "2"}


def test_no_message_is_the_frameworks_own():
    empty, wrong = Everything({}), Everything(WRONG)
    said = [
        str(line) for form in (empty, wrong) for lines in form.errors.values() for line in lines
    ]

    assert len(said) > 15
    for line in said:
        assert "valid" not in line
        assert "required" not in line
        assert "Ensure" not in line


def test_a_message_of_the_forms_own_stays():
    assert Everything({}).errors["own"] == ["Give it a name."]


def test_a_number_too_small_says_how_large_it_has_to_be():
    assert Everything(WRONG).errors["number"] == ["Give a number of 3 or more."]


def test_one_form_does_not_change_the_words_of_another():
    class Plain(forms.Form):
        name = forms.CharField()

    Everything({}).is_valid()

    assert Plain({}).errors["name"] == ["This field is required."]


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("at", time(9, 5), 'value="09:05"'),
        ("moment", datetime(2026, 7, 1, 13, 0, tzinfo=UTC), 'value="2026-07-01T14:00"'),
        ("moment", datetime(2026, 7, 1, 13, 0), 'value="2026-07-01T13:00"'),  # noqa: DTZ001
        ("share", "12.5", 'inputmode="decimal"'),
        ("mail", "a@example.org", 'type="email"'),
        ("paper", "secret.csv", 'type="file"'),
    ],
)
def test_each_kind_of_field_speaks_the_browsers_language(name, value, shown):
    form = Everything(initial={name: value})

    html = Template(f"{{% field form.{name} %}}").render(Context({"form": form}))

    assert shown in html
    assert "secret.csv" not in html


def test_a_secret_is_never_sent_back():
    class Secret(Form):
        code = forms.CharField(widget=forms.PasswordInput)

    html = Template("{% field form.code %}").render(Context({"form": Secret({"code": "K7M3"})}))

    assert "K7M3" not in html


def test_a_widget_of_several_boxes_becomes_a_group():
    class Several(Form):
        at = forms.SplitDateTimeField(initial=datetime(2026, 7, 1, 13, 0, tzinfo=UTC))

    html = Template("{% field form.at %}").render(Context({"form": Several()}))

    assert "<legend>At" in html
    assert html.count("<input") == 2
