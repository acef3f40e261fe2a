"""What stands where words stood: who, in which roles, when and why, as the record has it."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldenthread.organisations.models import Membership
from goldenthread.projects.models import Partner, ProjectRole
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.reading import services
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.stubs import stub_of, stubs_of
from goldenthread.safety.reading.tests.factories import released
from goldenthread.thread.models import Entry

pytestmark = pytest.mark.django_db
WHY = "It is an advert or spam."


def taken_down(here: Listening, *, by: str = "tom", agreed_by: str = "cara") -> Words:
    words = released(project=here.project)
    given: dict[str, Any] = {"because": "advert", "now": NOW}
    removal = services.ask_to_remove(by=getattr(here, by), words=words, **given)
    return services.agree_to_remove(by=getattr(here, agreed_by), removal=removal, now=NOW)


def facts() -> dict[str, Any]:
    entry = Entry.objects.get(kind="words.removed_by_organisation")
    said = json.loads(bytes(entry.body))
    return {name[5:]: said[name] for name in said if name.startswith("fact_")}


def test_a_stub_says_which_organisation_in_which_month_which_roles_and_why() -> None:
    here = listening_project()
    assert stub_of(taken_down(here)) == (
        f"{here.organisation.name} took this away in March 2026. "
        f"A facilitator asked for it, and a co-lead agreed. {WHY}"
    )


def test_the_record_says_which_organisation_in_which_roles_and_why() -> None:
    here = listening_project()
    taken_down(here)
    assert facts() == {
        "because": "advert",
        "organisation": str(here.organisation.ref),
        "asked_as": "facilitator",
        "agreed_for": str(here.organisation.ref),
        "agreed_as": "co-lead",
    }
    for person in (here.tom, here.cara):
        assert str(person.ref) not in str(facts())


def test_in_a_shared_project_it_says_which_of_the_organisations() -> None:
    here = listening_project()
    [home] = Membership.objects.filter(person=here.nell)
    Partner.objects.create(project=here.project, organisation=home.organisation)
    ProjectRole.objects.create(
        project=here.project, person=here.nell, name="co-lead", starts_on="2026-02-02"
    )
    words = taken_down(here, by="nell")
    assert stub_of(words) == (
        f"{home.organisation.name} took this away in March 2026. A co-lead asked for it, "
        f"and a co-lead of {here.organisation.name} agreed. {WHY}"
    )


def test_a_reader_who_is_lent_acts_for_the_organisation_that_lends() -> None:
    here = listening_project()
    [home] = Membership.objects.filter(person=here.nell)
    ProjectRole.objects.create(
        project=here.project,
        person=here.nell,
        name="reader",
        starts_on="2026-02-02",
        ends_on="2026-04-02",
        lent_by=home.organisation,
    )
    assert home.organisation.name in stub_of(taken_down(here, by="nell"))


def test_of_an_entry_from_before_it_says_no_more_than_that_has() -> None:
    here = listening_project()
    words = taken_down(here)
    entry = Entry.objects.get(kind="words.removed_by_organisation")
    said = json.loads(bytes(entry.body))
    for name in ("organisation", "asked_as", "agreed_for", "agreed_as"):
        del said[f"fact_{name}"]
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        cursor.execute("update thread_entry set body = %s", [json.dumps(said).encode()])
        cursor.execute("set session_replication_role = default")
    assert stub_of(words) == f"The organisation took this away in March 2026. {WHY}"


def test_a_withdrawal_with_a_receipt_and_one_without_read_differently() -> None:
    proven = released(state=Words.State.WITHDRAWN, lock="ab" * 32)
    unproven = released(state=Words.State.WITHDRAWN)
    assert stub_of(proven) == "The person who said this took it back."
    assert stub_of(unproven) == "This was taken back from an account. No receipt proves who did it."
    assert stub_of(released()) == ""


def test_erased_because_its_time_was_over_no_roles_are_said() -> None:
    here = listening_project()
    words = released(project=here.project)
    services.destroy(refs=[words.ref], because="time-over", now=NOW)
    words.refresh_from_db()
    assert stub_of(words) == (
        f"{here.organisation.name} took this away in March 2026. "
        "The time for which we keep words was over."
    )


@pytest.mark.parametrize("many", [1, 3])
def test_many_stubs_cost_two_queries(many: int) -> None:
    here = listening_project()
    gone = [taken_down(here) for _each in range(many)]
    with CaptureQueriesContext(connection) as asked:
        assert len(stubs_of(gone)) == many
    assert len(asked) == 2
