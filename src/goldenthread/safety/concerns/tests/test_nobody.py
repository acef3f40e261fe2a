"""What names the head never reaches the head; and a concern that nobody may look after."""

from datetime import timedelta
from itertools import product

import pytest
from django.core import mail
from django.test import Client

from goldenthread.kit import clock
from goldenthread.kit.testing.queries import at_most
from goldenthread.organisations.models import Membership, Role
from goldenthread.people.accounts.models import Person
from goldenthread.people.notifications.services import send_waiting
from goldenthread.projects import services as projects
from goldenthread.projects.gates import missing_to_close
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.roles import as_if_holding
from goldenthread.projects.tests.factories import NOW, STAFF, Listening, listening_project
from goldenthread.projects.work import work_for
from goldenthread.safety.concerns import permissions, queries, services
from goldenthread.safety.concerns.models import Concern
from goldenthread.safety.concerns.tests.test_concerns import ENDING, mark_all
from goldenthread.safety.concerns.tests.test_school import PEOPLE, raised, with_posts
from goldenthread.safety.reading.tests.factories import WordsFactory, sign_in

pytestmark = pytest.mark.django_db
SAFEGUARDER = ProjectRole.Name.SAFEGUARDER
NOBODY = "Nobody looks after a concern."
TODAY = NOW.date()


def fresh(person: Person) -> Person:
    """Return them as a new request does, which remembers nothing."""
    return Person.objects.get(pk=person.pk)


def guards(here: Listening, *people: Person) -> None:
    """Let these be the safeguarders, and nobody else."""
    ProjectRole.objects.filter(project=here.project, name=SAFEGUARDER).delete()
    for each in people:
        here.project.roles.create(person=each, name=SAFEGUARDER, starts_on="2026-02-02")


def administers(person: Person) -> None:
    Role.objects.create(
        membership=person.memberships.get(), name="administrator", starts_on="2026-01-05"
    )


def who_sees(here: Listening, concern: Concern) -> set[str]:
    return {
        name for name in PEOPLE if permissions.may_see(fresh(getattr(here, name)), concern, now=NOW)
    }


def lines_for(here: Listening, person: Person) -> list[tuple[str, str]]:
    found = work_for(fresh(person), [here.project], now=NOW)
    return [(each.tone, each.href) for each in found if NOBODY in each.text]


def written() -> set[str]:
    mail.outbox.clear()
    send_waiting(now=NOW)
    return {each.to[0] for each in mail.outbox}


@pytest.mark.parametrize("gone", ["suspended", "left", "never named"])
def test_when_nobody_stands_above_the_head_it_goes_to_the_other_safeguarders(
    client: Client, gone: str
) -> None:
    here = with_posts()
    guards(here, here.dev, here.priya)  # Dev leads the school, and looks after people's safety
    before = raised(here, "head")
    assert who_sees(here, before) == {"cara"}
    if gone == "suspended":
        Membership.objects.filter(person=here.cara).update(suspended_on=TODAY)
    elif gone == "left":
        Membership.objects.filter(person=here.cara).delete()
    else:
        here.organisation.posts.filter(name="chair").delete()
    written()
    concern = raised(here, "head")
    assert who_sees(here, concern) == who_sees(here, before) == {"priya"}
    assert written() == {here.priya.email}
    assert queries.all_who_look_after(concern, now=NOW) == [here.priya]
    works = work_for(fresh(here.dev), [here.project], now=NOW + timedelta(hours=1))
    assert not [each for each in works if "concern" in each.text]
    sign_in(client, here.dev)
    base = f"/p/{here.project.address}/concerns/"
    with clock.frozen(NOW):
        assert client.get(f"{base}{concern.ref}/").status_code == 404
        with at_most(10):
            assert str(concern.ref) not in client.get(base).content.decode()


def test_who_leads_the_school_hears_nothing_also_once_they_have_left_it() -> None:
    here = with_posts()
    guards(here, here.dev)
    Membership.objects.filter(person=here.dev).update(suspended_on=TODAY)
    assert permissions.who_hears(here.project).leaves_out(here.dev, "head")


def test_what_goes_with_the_role_of_the_head_says_nothing_of_them() -> None:
    here = with_posts()
    here.organisation.posts.filter(name="chair").delete()
    guards(here, here.dev, here.priya)
    raised(here, "head")
    role = ProjectRole.objects.get(person=here.dev, name=SAFEGUARDER)
    assert work_for(as_if_holding(role, now=NOW), [here.project], now=NOW) == []
    raised(here)
    [work] = work_for(as_if_holding(role, now=NOW), [here.project], now=NOW)
    assert work.n == 1


def test_if_the_head_alone_is_there_administrators_name_someone_and_the_head_hears_nothing() -> (
    None
):
    here = with_posts()
    here.organisation.posts.filter(name="chair").delete()
    guards(here, here.dev)
    administers(here.dev)
    concern = raised(here, "head")
    assert (concern.owner, who_sees(here, concern)) == (None, set())
    assert written() == {here.ada.email}
    assert lines_for(here, here.ada)
    assert not lines_for(here, here.dev)
    guards(here, here.dev, here.priya)
    assert who_sees(here, concern) == {"priya"}
    assert not lines_for(here, here.ada)


def test_what_all_are_asked_at_once_is_what_each_is_asked() -> None:
    """`unowned` against `Looking`, in every state of a school and elsewhere."""
    here, elsewhere = with_posts(), listening_project()
    concerns = [raised(here, names) for names in ("", "staff", "head")]
    words = WordsFactory.create(project=elsewhere.project)
    given = {"by": elsewhere.rosa, "words": words, "why": "Hm."}
    concerns.append(services.raise_concern(**given, now=NOW))
    safeguarders: list[list[Person]] = [[], [here.dev], [here.priya], [here.dev, here.priya]]
    seen = set()
    for people, head, chair in product(safeguarders, (True, False), (True, False)):
        guards(here, *people)
        guards(elsewhere, *([elsewhere.priya] if people else []))
        for person, is_there in ((here.dev, head), (here.cara, chair)):
            away = None if is_there else TODAY
            Membership.objects.filter(person=person).update(suspended_on=away)
        alone = set(queries.unowned(now=NOW).values_list("ref", flat=True))
        each_asked = {
            each.ref
            for each in Concern.objects.select_related("project__organisation")
            if not queries.all_who_look_after(each, now=NOW)
        }
        assert alone == each_asked
        seen |= alone
    assert seen == {each.ref for each in concerns}, "each of them was in nobody's hands once"


def test_told_when_nobody_looks_after_it_the_reader_hears_so_and_administrators_are_written_to(
    client: Client,
) -> None:
    here = listening_project()
    ProjectRole.objects.filter(person=here.priya).update(ends_on=TODAY - timedelta(days=1))
    words = WordsFactory.create(project=here.project, text="I saw a kingfisher.")
    sign_in(client, here.rosa)
    href = f"/p/{here.project.address}/reading/{words.ref}/concern/"
    with clock.frozen(NOW):
        assert "Nobody is there for it now." in client.get(href).content.decode()
        told = client.post(href, {"why": "A kingfisher."}, follow=True).content.decode()
    assert "Nobody is there to look after it now. An administrator gets a mail" in told
    assert "They know now" not in told
    assert written() == {here.ada.email}
    assert "kingfisher" not in repr([each.message().as_string() for each in mail.outbox])
    to_people = f"/p/{here.project.address}/prepare/people/"
    assert lines_for(here, here.ada) == [("overdue", to_people)]
    for name in ("mina", *STAFF, "nell", "stranger"):
        assert not lines_for(here, getattr(here, name))
    client.logout()
    sign_in(client, here.ada)
    with clock.frozen(NOW):
        assert client.get(to_people).status_code == 200
        assert client.get(f"/p/{here.project.address}/concerns/").status_code == 404


def test_if_nobody_can_be_asked_the_reader_is_told_to_go_outside(client: Client) -> None:
    here = with_posts()
    here.organisation.posts.filter(name="chair").delete()
    guards(here, here.dev)
    administers(here.dev)
    Membership.objects.filter(person=here.ada).update(suspended_on=TODAY)
    words = WordsFactory.create(project=here.project)
    sign_in(client, here.rosa)
    href = f"/p/{here.project.address}/reading/{words.ref}/concern/"
    with clock.frozen(NOW):
        told = client.post(href, {"why": "Hm.", "names": "head"}, follow=True).content.decode()
    assert "Nobody was told. Please tell someone outside yourself." in told
    assert written() == set()


def test_a_project_does_not_close_over_an_open_concern_that_its_safeguarder_sees() -> None:
    here = with_posts()
    says = "A concern about someone’s safety is still open."
    concern = raised(here)
    (told,) = [each for each in missing_to_close(here.project, now=NOW) if each == says]
    assert not told.shown_to(here.tom, here.project, now=NOW).href
    assert told.shown_to(here.priya, here.project, now=NOW).href
    mark_all(here, concern)
    services.close(by=here.priya, concern=concern, **ENDING, now=NOW)
    raised(here, "staff")  # the head may be who closes it, or whom it names
    raised(here, "head")
    assert says not in missing_to_close(here.project, now=NOW)


def test_in_a_closed_project_someone_can_still_be_named_for_what_is_raised_again() -> None:
    here = listening_project()
    guards(here)
    Project.objects.filter(ref=here.project.ref).update(state="closed", closed_on=TODAY)
    here.project.refresh_from_db()
    words = WordsFactory.create(project=here.project)
    concern = services.raise_concern(by=here.rosa, words=words, why="Hm.", now=NOW)
    assert lines_for(here, here.ada)
    given = {"project": here.project, "name": SAFEGUARDER, "starts_on": TODAY}
    projects.give_role(by=here.ada, email=here.mina.email, **given, now=NOW)
    assert who_sees(here, concern) == {"mina"}
    assert not lines_for(here, here.ada)
