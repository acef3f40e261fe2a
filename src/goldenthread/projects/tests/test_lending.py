"""Readers lent for a while: both say yes, they read and see no more, and walls hold."""

from datetime import date, timedelta

import pytest
from django.test import Client

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.organisations.models import Membership, Organisation
from goldenthread.organisations.tests.factories import OrganisationFactory, member
from goldenthread.people.accounts.models import Person
from goldenthread.projects import permissions, services
from goldenthread.projects.models import ProjectRole
from goldenthread.projects.roles import roles_of
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.projects.work import work_for
from goldenthread.safety.reading.tests.factories import sign_in

pytestmark = pytest.mark.django_db
DAYS = {"starts_on": date(2026, 3, 10), "ends_on": date(2026, 3, 20)}


class Loan:
    """A network, its steward, its reader, and a project that needs one."""

    def __init__(self) -> None:
        self.here: Listening = listening_project()
        self.network: Organisation = OrganisationFactory.create(kind="network")
        self.stan = member("Stan", self.network, "steward")
        self.rhea = member("Rhea", self.network)

    def offer(self, **changed: object) -> ProjectRole:
        given = {"by": self.stan, "organisation": self.network, "now": NOW, **DAYS}
        given |= {"short": self.here.project.short, "email": self.rhea.email}
        return services.offer_reader(**{**given, **changed})  # type: ignore[arg-type]

    def roles(self, person: Person, now: object = NOW) -> frozenset[str]:
        fresh = Person.objects.get(pk=person.pk)
        return roles_of(fresh, self.here.project, now=now)  # type: ignore[arg-type]


def test_nothing_opens_before_both_have_said_yes() -> None:
    loan = Loan()
    role = loan.offer()
    assert loan.roles(loan.rhea) == frozenset()
    services.accept_reader(by=loan.here.ada, role=role, now=NOW)
    assert loan.roles(loan.rhea) == {"reader"}
    assert loan.roles(loan.stan) == frozenset()  # the lender sees nothing of it


def test_a_lent_reader_is_kept_no_longer_than_was_offered() -> None:
    loan = Loan()
    role = loan.offer()
    services.accept_reader(by=loan.here.ada, role=role, now=NOW)
    role.refresh_from_db()
    with pytest.raises(Refusal, match="lent until 20 March 2026"):
        services.end_role(by=loan.here.ada, role=role, ends_on=date(2026, 3, 21), now=NOW)
    services.end_role(by=loan.here.ada, role=role, ends_on=date(2026, 3, 12), now=NOW)
    role.refresh_from_db()
    assert role.ends_on == date(2026, 3, 12)


@pytest.mark.parametrize("name", ["stan", "rhea", "mina", "rosa", "nell"])
def test_only_who_staffs_the_project_accepts(name: str) -> None:
    loan = Loan()
    by = getattr(loan, name, None) or getattr(loan.here, name)
    with pytest.raises(Refusal):
        services.accept_reader(by=by, role=loan.offer(), now=NOW)


def test_only_administrators_and_stewards_lend_and_only_their_own() -> None:
    loan = Loan()
    for changed in (
        {"by": loan.rhea},
        {"by": loan.here.ada},
        {"email": loan.here.mina.email},
        {"short": "ZZZZZZ"},
        {"ends_on": date(2026, 3, 9)},
        {"ends_on": date(2028, 3, 9)},
    ):
        with pytest.raises(Refusal):
            loan.offer(**changed)
    loan.offer()
    with pytest.raises(Refusal):
        loan.offer()


def test_it_ends_by_itself_by_either_side_and_with_the_membership() -> None:
    loan = Loan()
    role = services.accept_reader(by=loan.here.ada, role=loan.offer(), now=NOW)
    later = NOW + timedelta(days=11)
    assert loan.roles(loan.rhea, now=later) == frozenset()
    Membership.objects.filter(person=loan.rhea).update(suspended_on=NOW.date())
    assert loan.roles(loan.rhea) == frozenset()
    Membership.objects.filter(person=loan.rhea).update(suspended_on=None)
    assert loan.roles(loan.rhea) == {"reader"}
    with pytest.raises(Refusal):
        services.end_loan(by=loan.rhea, role=role, now=NOW)
    services.end_loan(by=loan.stan, role=role, now=NOW)
    assert loan.roles(loan.rhea) == frozenset()


def test_a_lent_reader_reads_and_sees_no_more(client: Client) -> None:
    loan = Loan()
    role = services.accept_reader(by=loan.here.ada, role=loan.offer(), now=NOW)
    assert role.waiting_since is None
    rhea, project = Person.objects.get(pk=loan.rhea.pk), loan.here.project
    assert not permissions.may_prepare(rhea, project, now=NOW)
    assert not permissions.belongs_to_a_partner(rhea, project)
    sign_in(client, rhea)
    with clock.frozen(NOW):
        assert client.get(f"/p/{project.address}/reading/").status_code == 200
        for page in ("prepare/", "prepare/people/", "prepare/rota/", "concerns/"):
            assert client.get(f"/p/{project.address}/{page}").status_code == 404
        assert client.get(f"/o/{loan.here.organisation.address}/people/").status_code == 404
        other = listening_project()
        assert client.get(f"/p/{other.project.address}/reading/").status_code == 404


def test_the_pages_of_both_sides(client: Client) -> None:
    loan = Loan()
    sign_in(client, loan.stan)
    lend = f"/o/{loan.network.address}/lend-readers/"
    with clock.frozen(NOW):
        given = {"short": loan.here.project.short, "email": loan.rhea.email}
        assert client.post(lend, given | DAYS).status_code == 302
        assert "Waits for an answer" in client.get(lend).content.decode()
        texts = [each.text for each in work_for(loan.here.ada, [loan.here.project], now=NOW)]
        assert any("offers a reader" in text for text in texts)
        theirs = sign_in(Client(), loan.here.ada)
        people = f"/p/{loan.here.project.address}/prepare/people/"
        assert "Readers you are offered" in theirs.get(people).content.decode()
        role = ProjectRole.objects.get(person=loan.rhea)
        theirs.post(f"{people}lent/", {"take": str(role.ref)})
        assert "Readers you are offered" not in theirs.get(people).content.decode()
        assert "Rhea" in theirs.get(people).content.decode()
        client.post(lend, {"end": str(role.ref)})
        assert "You lend nobody now" in client.get(lend).content.decode()
        assert sign_in(Client(), loan.rhea).get(lend).status_code == 404
