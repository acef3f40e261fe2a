import pytest

from goldenthread.kit.refusals import Refusal
from goldenthread.people.contacts.forms import LeaveContact
from goldenthread.people.contacts.wording import tidy


@pytest.mark.parametrize(
    ("how", "written", "kept"),
    [
        ("email", "  mina@example.org ", "mina@example.org"),
        ("phone", "07700 900 123", "07700900123"),
        ("phone", "+44 (0)7700 900-123", "+447700900123"),
        ("phone", "(0113) 496 0000", "01134960000"),
        ("post", "Mina\n\n 4 Low Lane \nLeeds LS1 4AA", "Mina\n4 Low Lane\nLeeds LS1 4AA"),
        ("post", "Mina, 4 Low Lane, Leeds", "Mina, 4 Low Lane, Leeds"),
    ],
)
def test_what_people_write_is_tidied(how, written, kept):
    assert tidy(how, written) == kept


@pytest.mark.parametrize(
    ("how", "written", "sentence"),
    [
        ("email", "", "Please write your e-mail."),
        ("email", "mina at example", "needs an @"),
        ("phone", "ring me", "Use numbers only"),
        ("phone", "12345", "Use numbers only"),
        ("post", "Leeds", "your street"),
        ("post", "Mina\nLow Lane\nLeeds", "your postcode"),
        ("email", "m" * 400 + "@example.org", "very long"),
    ],
)
def test_what_cannot_be_used_is_refused_with_what_to_do(how, written, sentence):
    with pytest.raises(Refusal, match=sentence) as refused:
        tidy(how, written)
    assert refused.value.field == "value"


def given(**changed):
    return {"how": "email", "value": "mina@example.org", "wants_news": "1", **changed}


def test_the_form_gives_what_the_service_takes():
    form = LeaveContact(given())
    assert form.is_valid()
    assert form.cleaned_data == {
        "how": "email",
        "value": "mina@example.org",
        "wants_news": True,
        "wants_to_help": False,
    }


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"wants_news": ""}, "wants_news", "tick what you would like"),
        ({"how": ""}, "how", "choose how we may reach you"),
        ({"value": " "}, "value", "write how we may reach you"),
        ({"how": "phone"}, "value", "phone number"),
    ],
)
def test_the_form_says_beside_the_field_what_to_do(changed, field, words):
    form = LeaveContact(given(**changed))
    assert not form.is_valid()
    assert list(form.errors) == [field]
    assert words in form.errors[field][0]
