"""A project closes when nothing is owed and every partner agrees; none closes it alone."""

from datetime import date

import pytest

from goldenthread.kit.refusals import Refusal
from goldenthread.organisations.tests.factories import OrganisationFactory, member
from goldenthread.projects import gates, services
from goldenthread.projects.models import Partner, Project, ProjectRole
from goldenthread.projects.tests.factories import NOW, listening_project
from goldenthread.projects.tests.scenes import with_gate
from goldenthread.thread.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def only_partners(monkeypatch):
    """Leave out what other rooms ask for: they test it themselves."""
    with_gate(monkeypatch, "close")


class Shared:
    """A project of a university and its students' union."""

    def __init__(self) -> None:
        self.who = listening_project()
        self.project = self.who.project
        self.union = OrganisationFactory.create(name="The Union")
        self.uma = member("Uma", self.union, "administrator")
        self.ours = Partner.objects.get()
        self.theirs = Partner.objects.create(project=self.project, organisation=self.union)

    def close(self) -> None:
        services.close(by=self.who.tom, project=self.project, now=NOW)
        self.project.refresh_from_db()


@pytest.mark.usefixtures("only_partners")
def test_when_all_have_agreed_it_closes():
    shared = Shared()
    services.agree_to_close(by=shared.who.dev, partner=shared.ours, now=NOW)
    services.agree_to_close(by=shared.uma, partner=shared.theirs, now=NOW)
    shared.close()
    assert shared.project.state == Project.State.CLOSED
    assert shared.project.closed_on == date(2026, 3, 10)
    kinds = [each.kind for each in Entry.objects.order_by("seq")]
    assert kinds == ["project.agreed-to-close", "project.agreed-to-close", "project.closed"]


@pytest.mark.usefixtures("only_partners")
def test_one_organisation_alone_does_not_close_it():
    shared = Shared()
    services.agree_to_close(by=shared.who.dev, partner=shared.ours, now=NOW)
    with pytest.raises(Refusal, match="The Union has not agreed to close"):
        shared.close()


@pytest.mark.usefixtures("only_partners")
def test_an_agreement_can_be_taken_back():
    shared = Shared()
    services.agree_to_close(by=shared.who.dev, partner=shared.ours, now=NOW)
    services.agree_to_close(by=shared.uma, partner=shared.theirs, now=NOW)
    services.take_back_close(by=shared.uma, partner=shared.theirs, now=NOW)
    with pytest.raises(Refusal, match="The Union has not agreed"):
        shared.close()


def test_nobody_agrees_for_two_organisations():
    shared = Shared()
    member_of_both = shared.who.dev
    shared.union.memberships.create(person=member_of_both, joined_on=date(2026, 1, 5))
    services.agree_to_close(by=member_of_both, partner=shared.ours, now=NOW)
    with pytest.raises(Refusal, match="Somebody else must agree"):
        services.agree_to_close(by=member_of_both, partner=shared.theirs, now=NOW)


@pytest.mark.parametrize(
    ("name", "ours", "theirs"),
    [
        ("ada", True, False),
        ("dev", True, False),
        ("cara", True, False),
        ("uma", False, True),
        ("tom", False, False),
        ("rosa", False, False),
        ("mina", False, False),
        ("nell", False, False),
        ("stranger", False, False),
    ],
)
def test_who_may_agree_for_whom(name, ours, theirs):
    shared = Shared()
    person = shared.uma if name == "uma" else getattr(shared.who, name)
    for partner, may in ((shared.ours, ours), (shared.theirs, theirs)):
        if may:
            services.agree_to_close(by=person, partner=partner, now=NOW)
        else:
            with pytest.raises(Refusal):
                services.agree_to_close(by=person, partner=partner, now=NOW)


def test_a_suspended_co_lead_agrees_for_nobody():
    shared = Shared()
    shared.who.organisation.memberships.filter(person=shared.who.cara).update(
        suspended_on=date(2026, 3, 1)
    )
    with pytest.raises(Refusal):
        services.agree_to_close(by=shared.who.cara, partner=shared.ours, now=NOW)


def test_what_other_rooms_still_owe_stands_in_the_way(monkeypatch):
    who = listening_project()
    services.agree_to_close(by=who.dev, partner=Partner.objects.get(), now=NOW)
    with_gate(monkeypatch, "close", "37 people have no answer yet.")
    with pytest.raises(Refusal, match="37 people have no answer yet"):
        services.close(by=who.tom, project=who.project, now=NOW)
    assert "37 people have no answer yet." in gates.missing_to_close(who.project, now=NOW)


def test_an_organisation_that_was_only_asked_has_no_say():
    shared = Shared()
    Partner.objects.filter(ref=shared.theirs.ref).update(waiting_since=date(2026, 3, 1))
    with pytest.raises(Refusal, match="of that organisation must agree"):
        services.agree_to_close(by=shared.uma, partner=shared.theirs, now=NOW)


@pytest.mark.usefixtures("only_partners")
@pytest.mark.parametrize("name", ["rosa", "priya", "mina", "nell", "stranger"])
def test_readers_members_and_strangers_do_not_close(name):
    who = listening_project()
    services.agree_to_close(by=who.dev, partner=Partner.objects.get(), now=NOW)
    with pytest.raises(Refusal, match="may close it"):
        services.close(by=getattr(who, name), project=who.project, now=NOW)


@pytest.mark.usefixtures("only_partners")
def test_a_draft_is_not_closed_and_a_closed_project_stays_closed():
    who = listening_project()
    partner = Partner.objects.get()
    services.agree_to_close(by=who.dev, partner=partner, now=NOW)
    services.close(by=who.tom, project=who.project, now=NOW)
    with pytest.raises(Refusal, match="Only an open project"):
        services.close(by=who.tom, project=who.project, now=NOW)
    with pytest.raises(Refusal, match="Only an open project"):
        services.take_back_close(by=who.dev, partner=partner, now=NOW)
    assert ProjectRole.objects.exists()
