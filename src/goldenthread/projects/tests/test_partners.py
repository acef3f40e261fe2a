import pytest

from goldenthread.kit.refusals import Refusal
from goldenthread.organisations.tests.factories import OrganisationFactory, member
from goldenthread.projects import permissions, queries, services
from goldenthread.projects.models import Partner
from goldenthread.projects.roles import roles_of
from goldenthread.projects.tests.factories import NOW
from goldenthread.projects.tests.scenes import Scene, open_scene
from goldenthread.thread.models import Entry

pytestmark = pytest.mark.django_db


class Asked(Scene):
    """A university asks its students' union."""

    def __init__(self) -> None:
        super().__init__()
        self.union = OrganisationFactory.create(name="The Union", address="the-union")
        self.uma = member("Uma", self.union, "administrator")
        self.umar = member("Umar", self.union, "facilitator")
        self.partner = services.ask_partner(
            by=self.tom, project=self.project, address=" The-Union/ ", now=NOW
        )


def test_one_asks_and_an_administrator_of_the_other_says_yes():
    scene = Asked()
    assert queries.waiting_partner_for(scene.uma, scene.project.address, now=NOW) == scene.partner
    assert [each.organisation.name for each in queries.partners_of(scene.project)] == ["Northmoor"]
    services.accept_partnership(by=scene.uma, partner=scene.partner, now=NOW)
    names = [each.organisation.name for each in queries.partners_of(scene.project)]
    assert names == ["Northmoor", "The Union"]
    kinds = [each.kind for each in Entry.objects.filter(kind__contains="partner").order_by("seq")]
    assert kinds == ["project.partner-asked", "project.partner-joined"]


def test_until_then_the_other_sees_nothing_but_the_question():
    scene = Asked()
    assert not permissions.may_see(scene.uma, scene.project, now=NOW)
    assert not permissions.may_give_roles(scene.umar, scene.project, now=NOW)
    assert queries.waiting_partner_for(scene.umar, scene.project.address, now=NOW) is None


def test_afterwards_it_prepares_and_names_its_own_people():
    scene = Asked()
    services.accept_partnership(by=scene.uma, partner=scene.partner, now=NOW)
    assert permissions.may_see(scene.uma, scene.project, now=NOW)
    services.give_role(
        by=scene.umar,
        project=scene.project,
        email=scene.umar.email,
        name="co-lead",
        starts_on=NOW.date(),
        now=NOW,
    )
    assert roles_of(type(scene.umar).objects.get(ref=scene.umar.ref), scene.project, now=NOW)


@pytest.mark.parametrize("who", ["tom", "ada", "umar"])
def test_nobody_else_says_yes(who):
    scene = Asked()
    with pytest.raises(Refusal, match="Only an administrator"):
        services.accept_partnership(by=getattr(scene, who), partner=scene.partner, now=NOW)


@pytest.mark.parametrize("who", ["uma", "tom"])
def test_the_other_says_no_or_the_first_takes_it_back(who):
    scene = Asked()
    services.decline_partnership(by=getattr(scene, who), partner=scene.partner, now=NOW)
    assert Partner.objects.count() == 1
    with pytest.raises(Refusal, match="answered already"):
        services.accept_partnership(by=scene.uma, partner=scene.partner, now=NOW)


@pytest.mark.parametrize("who", ["tom", "ada", "uma"])
def test_a_partner_once_in_is_not_put_out(who):
    scene = Asked()
    services.accept_partnership(by=scene.uma, partner=scene.partner, now=NOW)
    with pytest.raises(Refusal, match="answered already"):
        services.decline_partnership(by=getattr(scene, who), partner=scene.partner, now=NOW)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [("nowhere", "No organisation has this address"), ("the-union", "on the list already")],
)
def test_what_cannot_be_asked_is_said(address, sentence):
    scene = Asked()
    with pytest.raises(Refusal, match=sentence):
        services.ask_partner(by=scene.tom, project=scene.project, address=address, now=NOW)


def test_one_partner_answers_for_the_data_and_once_open_that_stays():
    scene = Asked()
    with pytest.raises(Refusal, match="has not said yes"):
        services.name_controller(by=scene.ada, partner=scene.partner, now=NOW)
    services.accept_partnership(by=scene.uma, partner=scene.partner, now=NOW)
    scene.partner.refresh_from_db()
    services.name_controller(by=scene.ada, partner=scene.partner, now=NOW)
    assert [each.organisation.name for each in Partner.objects.filter(controller=True)] == [
        "The Union"
    ]
    opened = open_scene()
    with pytest.raises(Refusal, match="That stays as it is"):
        services.name_controller(by=opened.ada, partner=opened.project.partners.get(), now=NOW)


def test_a_readers_duty_may_be_held_by_the_partners_member():
    scene = Asked()
    reader = member("Rhys", scene.union)
    with pytest.raises(Refusal, match="No member of the organisations"):
        services.give_role(
            by=scene.ada,
            project=scene.project,
            email=reader.email,
            name="reader",
            starts_on=NOW.date(),
            now=NOW,
        )
    services.accept_partnership(by=scene.uma, partner=scene.partner, now=NOW)
    services.give_role(
        by=scene.ada,
        project=scene.project,
        email=reader.email,
        name="reader",
        starts_on=NOW.date(),
        now=NOW,
    )
    assert roles_of(reader, scene.project, now=NOW) == {"reader"}
