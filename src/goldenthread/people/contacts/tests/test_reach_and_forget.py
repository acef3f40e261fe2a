from datetime import UTC, datetime
from uuid import uuid4

import pytest

from goldenthread.kit.refusals import Refusal
from goldenthread.people.contacts import queries, services
from goldenthread.people.contacts.models import Contact
from goldenthread.people.contacts.tests.factories import contact

pytestmark = pytest.mark.django_db
SCOPE = uuid4()
NOW = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
HOME = "Mina Moor\n4 Low Lane\nLeeds LS1 4AA"


def test_an_e_mail_is_opened_only_to_send():
    assert queries.address_of(contact(SCOPE).ref) == "mina@example.org"
    assert queries.address_of(uuid4()) is None
    assert queries.address_of(contact(SCOPE, "07700 900123", how="phone").ref) is None


def test_news_goes_to_those_who_asked_for_it_in_this_project():
    wanted = contact(SCOPE)
    contact(SCOPE, "help@example.org", wants_news=False, wants_to_help=True)
    contact(SCOPE, "07700 900123", how="phone")
    contact(uuid4(), "else@example.org")
    assert [each.ref for each in queries.wanting_news(SCOPE)] == [wanted.ref]


def test_support_staff_see_e_mails_only_of_those_who_want_to_help():
    contact(SCOPE)
    contact(SCOPE, "help@example.org", wants_news=False, wants_to_help=True)
    contact(SCOPE, "07700 900123", how="phone")
    contact(SCOPE, HOME, how="post", wants_to_help=True)
    contact(uuid4(), "07700 900999", how="phone")
    contacts = queries.opened(queries.to_reach_by_hand(SCOPE).order_by(*queries.ORDER))
    rows = [(each.how, each.value, each.wants_to_help) for each in contacts]
    assert rows == [
        ("email", "help@example.org", True),
        ("phone", "07700900123", False),
        ("post", HOME, True),
    ]


def test_the_link_in_a_mail_forgets_and_may_be_opened_twice():
    kept, other = contact(SCOPE), contact(SCOPE, "other@example.org")
    token = queries.token_of(kept.ref)
    services.forget(token=token, now=NOW)
    services.forget(token=token, now=NOW)
    assert [each.ref for each in Contact.objects.all()] == [other.ref]


@pytest.mark.parametrize(
    "spoil", [lambda token: token[:-1], lambda token: f"x{token}", lambda _: ""]
)
def test_a_link_that_nobody_sent_forgets_nothing(spoil):
    kept = contact(SCOPE)
    with pytest.raises(Refusal, match="not whole"):
        services.forget(token=spoil(queries.token_of(kept.ref)), now=NOW)
    assert Contact.objects.get() == kept
