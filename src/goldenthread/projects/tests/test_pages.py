"""The pages: reached by those who may, and for everyone else not there."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from goldenthread.kit import clock
from goldenthread.kit.testing.queries import at_most
from goldenthread.organisations.tests.factories import OrganisationFactory, member
from goldenthread.projects import services
from goldenthread.projects.models import Duty, Partner, Project, ProjectRole, Terms
from goldenthread.projects.tests.factories import NOW, listening_project
from goldenthread.projects.tests.scenes import TERMS, Scene, open_scene
from goldenthread.safety.readers.tests.factories import experienced

pytestmark = pytest.mark.django_db
MOST_QUERIES = 10
PAGES = {
    "prepare": "tom cara ada dev",
    "basics": "tom cara ada",
    "ages": "tom cara ada",
    "write_terms": "tom cara ada dev",
    "stages": "tom cara ada",
    "strands": "tom cara ada",
    "people": "tom cara ada dev",
    "rota": "tom cara ada",
    "partners": "tom cara ada dev",
    "open": "tom ada",
    "close": "tom cara ada dev",
}
EVERYONE = ["tom", "rosa", "priya", "dev", "cara", "ada", "mina", "nell", "stranger", "guest"]


@pytest.fixture(autouse=True)
def _tuesday():
    with clock.frozen(NOW):
        yield


def sign_in(client, person):
    Authenticator.objects.get_or_create(user=person, type="totp", defaults={"data": {}})
    client.force_login(person)
    return client


def at(name: str, project: Project) -> str:
    return reverse(f"projects:{name}", args=[project.address])


@pytest.mark.parametrize("name", PAGES)
def test_who_reaches_a_page_and_for_whom_it_is_not_there(client, name):
    who = listening_project()
    reached = []
    for each in EVERYONE:
        client.logout()
        if each != "guest":
            sign_in(client, getattr(who, each))
        status = client.get(at(name, who.project)).status_code
        assert status in (200, 404)
        if status == 200:
            reached.append(each)
    assert reached == [each for each in EVERYONE if each in PAGES[name].split()]


@pytest.mark.parametrize("name", [*PAGES, "terms"])
def test_each_page_costs_few_queries(client, name):
    who = listening_project()
    sign_in(client, who.tom).get(at("terms", who.project))  # the session is stamped
    with at_most(MOST_QUERIES):
        client.get(at(name, who.project))


@pytest.mark.parametrize("name", ["prepare", "people", "rota", "strands"])
def test_a_page_costs_the_same_with_one_thing_and_with_three(client, name):
    scene = open_scene()
    sign_in(client, scene.tom).get(at("terms", scene.project))
    with at_most(MOST_QUERIES) as before:
        client.get(at(name, scene.project))
    for number in range(2):
        scene.give(f"reader{number}", "reader")
        scene.put_on_rota(f"reader{number}")
        services.add_strand(by=scene.tom, project=scene.project, name=f"S{number}", now=NOW)
    with at_most(len(before)):
        client.get(at(name, scene.project))


def test_a_project_is_begun_prepared_and_opened_through_its_pages(client):
    scene = Scene()
    sign_in(client, scene.tom)
    new = reverse("projects:new", args=[scene.organisation.address])
    given = {"title": "Quiet rooms", "summary": "Where to rest.", "open_to": "everyone"}
    given |= {"board": "team", "read_within_hours": "4", "address": ""}
    answer = client.post(new, given)
    project = Project.objects.get(address="quiet-rooms")
    assert answer.url == at("prepare", project)
    scene.project = project
    shown = client.get(at("prepare", project)).content.decode()
    assert "Eight things are missing" in shown
    assert "The terms are not written yet." in shown
    terms = {name: str(value) for name, value in TERMS.items()}
    assert client.post(at("write_terms", project), terms).url == at("prepare", project)
    experienced(scene.give("rosa", "reader"), scene.give("sam", "reader"))
    scene.give("priya", "safeguarder")
    for name, stand_in in (("rosa", ""), ("sam", "1")):
        duty = {"reader": str(scene.person(name).ref), "weekdays": ["0", "3"]}
        duty |= {"from_time": "09:00", "until_time": "12:30", "stand_in": stand_in}
        assert client.post(at("rota", project), duty).status_code == 302
    scene.help_line()
    stages = {"listen_opens_on": "2026-03-10", "listen_closes_on": "2026-04-10"}
    assert client.post(at("stages", project), stages).status_code == 302
    scene.assess()
    assert "Nothing is missing" in client.get(at("prepare", project)).content.decode()
    assert client.post(at("open", project)).status_code == 302
    project.refresh_from_db()
    assert project.state == Project.State.OPEN
    assert Duty.objects.filter(project=project).count() == 4


def test_a_link_is_shown_only_to_those_whose_page_it_leads_to(client):
    scene = Scene().make_ready(without="help_line")
    scene.give("dev", "decision-maker")
    lines = reverse("organisations:help_lines", args=[scene.organisation.address])
    for person, has_lines, has_rota in (
        (scene.tom, False, True),
        (scene.ada, True, True),
        (scene.person("dev"), False, False),
    ):
        shown = sign_in(client, person).get(at("prepare", scene.project)).content.decode()
        assert "No help line is named" in shown
        assert (lines in shown) is has_lines
        assert (at("rota", scene.project) in shown) is has_rota


def test_opening_too_early_says_what_is_missing(client):
    scene = Scene().make_ready(without="safeguarder")
    sign_in(client, scene.tom)
    assert (
        "Nobody owns worries about safety yet."
        in client.get(at("open", scene.project)).content.decode()
    )
    answer = client.post(at("open", scene.project))
    assert answer.status_code == 409
    assert "Nobody owns worries about safety yet." in answer.content.decode()


def test_what_was_typed_is_kept_beside_the_error(client):
    scene = Scene()
    sign_in(client, scene.tom)
    typed = {name: str(value) for name, value in TERMS.items()} | {"debrief_on": "2026-05-01"}
    shown = client.post(at("write_terms", scene.project), typed).content.decode()
    assert "Choose a later day" in shown
    assert TERMS["risks_accepted"] in shown
    stages = {"listen_opens_on": "2026-03-10", "act_note": "We meet monthly."}
    shown = client.post(at("stages", scene.project), stages).content.decode()
    assert "Listen needs both days" in shown
    assert "We meet monthly." in shown


def test_two_who_write_the_terms_see_each_others_words(client):
    scene = Scene()
    scene.write()
    sign_in(client, scene.tom)
    seen = services.edition(Terms.objects.get())
    scene.write(question="Somebody else's question?")
    typed = {name: str(value) for name, value in TERMS.items()} | {"seen": seen}
    shown = client.post(at("write_terms", scene.project), typed).content.decode()
    assert "Saved meanwhile by somebody else" in shown
    assert "Somebody else&#x27;s question?" in shown
    assert TERMS["question"] in shown


def test_everyone_reads_the_terms_and_hears_what_changed_with_words_for_screen_readers(client):
    scene = open_scene()
    scene.write(can_change="Opening hours.", change_because="Clearer.")
    shown = client.get(at("terms", scene.project)).content.decode()
    assert "Opening hours." in shown
    assert '<ins><span class="unseen">[added: </span>hours.' in shown
    assert '<del><span class="unseen">[taken out: </span>times,' in shown
    assert "Clearer." in shown
    assert "Unchanged since 10 March 2026." in shown
    assert "answers for what you send" in shown


def test_terms_changed_behind_our_back_are_not_called_unchanged(client):
    scene = open_scene()
    Terms.objects.update(can_change="Nothing at all.")
    shown = client.get(at("terms", scene.project)).content.decode()
    assert "These are not the words that were sealed." in shown
    assert "Unchanged since" not in shown


@pytest.mark.parametrize("name", ["terms", "poster"])
def test_the_terms_and_poster_of_a_draft_are_not_there_for_others(client, name):
    scene = Scene().make_ready()
    assert client.get(at(name, scene.project)).status_code == 404
    assert sign_in(client, scene.tom).get(at(name, scene.project)).status_code == 200


def test_the_poster_comes_as_pdf_and_a_strand_of_another_project_is_not_there(client):
    scene, other = open_scene(), open_scene()
    strand = services.add_strand(by=other.tom, project=other.project, name="Carers", now=NOW)
    answer = client.get(at("poster", scene.project))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert client.get(at("poster", scene.project), {"strand": strand.short}).status_code == 404
    named = client.get(at("poster", other.project), {"strand": strand.short})
    assert named["Content-Disposition"].endswith(f'-{strand.short.lower()}.pdf"')


def test_an_asked_administrator_answers_on_their_page_and_others_do_not_see_it(client):
    scene = Scene()
    union = OrganisationFactory.create(name="The Union", address="the-union")
    uma, umar = member("Uma", union, "administrator"), member("Umar", union)
    sign_in(client, scene.tom)
    assert client.post(at("partners", scene.project), {"address": "the-union"}).status_code == 302
    for person in (scene.tom, umar):
        assert sign_in(client, person).get(at("invited", scene.project)).status_code == 404
    sign_in(client, uma)
    assert "asks The Union to share" in client.get(at("invited", scene.project)).content.decode()
    answer = client.post(at("invited", scene.project), {"answer": "yes"})
    assert answer.url == at("prepare", scene.project)
    assert client.get(answer.url).status_code == 200
    assert Partner.objects.filter(waiting_since=None).count() == 2


def test_once_it_is_closed_the_page_of_people_offers_what_is_still_needed(client):
    who = listening_project()
    Project.objects.filter(ref=who.project.ref).update(state="closed", closed_on=NOW.date())
    sign_in(client, who.ada)
    shown = client.get(at("people", who.project)).content.decode()
    assert 'value="safeguarder"' in shown
    assert 'value="facilitator"' not in shown
    ending = client.get(at("end_role", who.project)).content.decode()
    assert "Priya: Safeguarder" in ending
    assert "Tom: Facilitator" not in ending
    given = {"email": who.mina.email, "name": "safeguarder", "starts_on": "2026-03-10"}
    assert client.post(at("people", who.project), given).status_code == 302
    refused = client.post(at("people", who.project), given | {"name": "facilitator"})
    assert refused.status_code == 200
    assert [each.name for each in ProjectRole.objects.filter(person=who.mina)] == ["safeguarder"]


def test_small_buttons_do_what_they_say_and_only_within_their_project(client):
    scene, other = open_scene(), open_scene()
    sign_in(client, scene.ada)
    foreign = ProjectRole.objects.filter(project=other.project).first()
    for role in (foreign.ref, "nonsense", ""):
        refused = client.post(at("end_role", scene.project), {"role": role}).content.decode()
        assert "Please choose one" in refused
    assert ProjectRole.objects.filter(ref=foreign.ref).exists()
    roles = ProjectRole.objects.filter(project=scene.project)
    alone = {"role": roles.get(name="safeguarder").ref, "ends_on": "2026-04-30"}
    refused = client.post(at("end_role", scene.project), alone).content.decode()
    assert "This is the only safeguarder of this project" in refused
    role = roles.exclude(name__in=["safeguarder", "decision-maker"]).first()
    ends = {"role": role.ref, "ends_on": "2026-04-30"}
    assert client.post(at("end_role", scene.project), ends).status_code == 302
    role.refresh_from_db()
    assert role.ends_on.isoformat() == "2026-04-30"
    duty = Duty.objects.filter(project=scene.project).first()
    assert client.post(at("remove_duty", scene.project), {"duty": duty.ref}).status_code == 302
    assert not Duty.objects.filter(ref=duty.ref).exists()
    client.post(at("box", scene.project), {"box": "pause"})
    assert Project.objects.get(ref=scene.project.ref).box_closed_because == "paused"
    client.post(at("box", scene.project), {"box": "resume"})
    assert Project.objects.get(ref=scene.project.ref).box_closed_because == ""
    ours = Partner.objects.get(project=scene.project)
    client.post(at("agree_to_close", scene.project), {"agree": ours.ref})
    ours.refresh_from_db()
    assert ours.agreed_to_close_by == scene.ada
    client.post(at("agree_to_close", scene.project), {"take_back": ours.ref})
    ours.refresh_from_db()
    assert ours.agreed_to_close_on is None
    assert client.post(at("partner", scene.project), {}).status_code == 404
