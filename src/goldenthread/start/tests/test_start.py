"""From eight plain questions to a project that needs nothing but its gates."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.kit import clock
from goldenthread.kit.testing.queries import at_most
from goldenthread.listen.voices.tests.factories import signed_in
from goldenthread.organisations.models import Membership
from goldenthread.organisations.tests.factories import member
from goldenthread.people.accounts.models import Person
from goldenthread.people.notifications.letters import letter
from goldenthread.people.notifications.models import Letter
from goldenthread.projects.models import Duty, Project, ProjectRole, Stage, Terms
from goldenthread.projects.tests.factories import NOW
from goldenthread.safety.readers.tests.factories import experienced
from goldenthread.start.drafts import templates
from goldenthread.start.models import Start
from goldenthread.start.steps import STEPS, usual_days
from goldenthread.start.tests.factories import DAYS, ROTA, Around, at, given_to

pytestmark = pytest.mark.django_db


def text_of(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.fixture(autouse=True)
def _still() -> Any:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def around() -> Around:
    return Around()


def test_each_answer_leads_to_the_next_question_and_is_kept(around: Around) -> None:
    ada = signed_in(around.ada)
    project = around.begun(ada)
    sent: dict[str, Any] = {
        "ask": given_to(project, "ask", question="What shall we change?", title="Tell us"),
        "who": {"ages": ["adult"], "open_to": "link", "board": "shared"},
        "change": given_to(project, "change", can_change="The letters."),
        "decide": given_to(project, "decide", decision_maker="dev@example.org", co_lead=""),
        "days": DAYS,
        "reading": ROTA | {"reader": "rosa@example.org", "stand_in": "sam@example.org"},
        "safe": {"safeguarder": "priya@example.org", "deputy": "paul@example.org"},
    }
    keys = list(sent)
    for key, following in zip(keys, [*keys[1:], ""], strict=True):
        assert ada.post(at(project, key), sent[key]).headers["Location"] == at(project, following)
    project.refresh_from_db()
    assert (project.title, project.open_to, project.state) == ("Tell us", "link", "draft")
    assert project.board == "shared"
    terms = Terms.objects.get(project=project)
    assert (terms.question, terms.can_change) == ("What shall we change?", "The letters.")
    assert terms.cannot_change == templates()["service-feedback"].cannot_change
    assert (terms.hear_by, terms.debrief_on) == (date(2026, 5, 25), date(2026, 7, 6))
    assert dict(stages_of(project)) == {
        "listen": (date(2026, 3, 16), date(2026, 4, 12)),
        "empower": (date(2026, 4, 13), date(2026, 5, 3)),
        "act": (date(2026, 5, 4), date(2026, 6, 28)),
        "debrief": (date(2026, 6, 29), date(2026, 7, 13)),
    }
    roles = ProjectRole.objects.filter(project=project).exclude(person=around.ada)
    held = set(roles.values_list("person__email", "name", "stands_in"))
    assert held == {
        ("dev@example.org", "decision-maker", False),
        ("rosa@example.org", "reader", False),
        ("sam@example.org", "reader", False),
        ("priya@example.org", "safeguarder", False),
        ("paul@example.org", "safeguarder", True),
    }
    duties = Duty.objects.filter(project=project)
    assert set(duties.values_list("reader__email", "stand_in")) == {
        ("rosa@example.org", False),
        ("sam@example.org", True),
    }
    assert project.start.answered == [each.key for each in STEPS]
    assert "Not answered yet" not in text_of(ada.get(at(project)))


def stages_of(project: Project) -> Any:
    rows = Stage.objects.filter(project=project).values_list("name", "opens_on", "closes_on")
    return ((name, (opens_on, closes_on)) for name, opens_on, closes_on in rows)


def test_other_stages_follow_a_new_day_unless_set_by_hand(around: Around) -> None:
    ada = signed_in(around.ada)
    project = around.begun(ada)
    ada.post(at(project, "days"), dict.fromkeys(DAYS, "2026-07-20"))
    assert dict(stages_of(project))["empower"] == (date(2026, 7, 20), date(2026, 7, 20))
    ada.post(at(project, "days"), DAYS)
    Stage.objects.filter(project=project, name="act").update(closes_on="2026-06-01")
    ada.post(at(project, "days"), DAYS | {"debrief_on": "2026-07-20"})
    found = dict(stages_of(project))
    assert found["act"] == (date(2026, 5, 4), date(2026, 6, 1))
    assert found["debrief"] == (date(2026, 7, 13), date(2026, 7, 27))
    page = text_of(ada.get(reverse("projects:prepare", args=[project.address])))
    assert "Without dates so far" not in page


def test_usual_days_leave_out_christmas_easter_monday_and_weekends() -> None:
    service = templates()["service-feedback"]
    usual = usual_days(service, nation="england", today=date(2026, 11, 24))
    assert (usual["opens_on"], usual["closes_on"]) == (date(2026, 12, 7), date(2027, 1, 10))
    before_easter = usual_days(service, nation="england", today=date(2026, 11, 30))
    assert before_easter["debrief_on"] == date(2027, 3, 30)  # the 29th is Easter Monday
    assert usual_days(service, nation="scotland", today=date(2026, 11, 30))["debrief_on"] == date(
        2027, 3, 29
    )


def test_who_reads_is_asked_and_the_default_of_the_template_shown(around: Around) -> None:
    ada = signed_in(around.ada)
    project = around.begun(ada)
    team = "Only the team reads it. Others see what the team publishes."
    assert f"So far: {team}" in text_of(ada.get(at(project)))
    assert "Who reads what people say?" in text_of(ada.get(at(project, "who")))
    ada.post(at(project, "who"), given_to(project, "who", board="shared"))
    shown = text_of(ada.get(at(project)))
    assert "Everyone who sees the project reads it" in shown
    assert team not in shown
    assert "Service feedback: what people say about a service" in shown  # the first question


def test_whoever_answers_runs_it_day_to_day_unless_somebody_does(around: Around) -> None:
    boss = member("Bo", around.organisation, "administrator")
    bo = signed_in(boss)
    project = around.begun(bo)
    assert f'value="{boss.email}"' in text_of(bo.get(at(project, "decide")))
    bo.post(at(project, "decide"), given_to(project, "decide"))
    assert ProjectRole.objects.get(project=project, person=boss).name == "facilitator"
    shown = text_of(bo.get(at(project, "decide")))
    assert f'value="{boss.email}"' not in shown
    assert "Named so far: Bo (facilitator)." in shown


def test_an_assessment_and_its_second_person_are_told_of_at_the_beginning(around: Around) -> None:
    ada = signed_in(around.ada)
    project = around.begun(ada)
    for path in (around.begin, at(project, "safe")):
        assert "A second person, who wrote none of it, reads and signs it." in text_of(
            ada.get(path)
        )
    assert "The words come from the template." in text_of(ada.get(at(project, "change")))
    assert "The words come from the template." not in text_of(ada.get(at(project, "days")))


def test_an_assessment_leads_back_to_the_questions_while_they_are_asked(around: Around) -> None:
    ada = signed_in(around.ada)
    project = around.begun(ada)
    dpia = reverse("assessments:assessment", args=[project.address, "dpia"])
    assert f'href="{at(project)}"' in text_of(ada.get(dpia))
    Start.objects.all().delete()
    assert f'href="{at(project)}"' not in text_of(ada.get(dpia))


def test_whoever_is_named_hears_who_asks_what_can_change_and_by_when(around: Around) -> None:
    ada = signed_in(around.ada)
    project = around.begun(ada)
    sent = given_to(project, "decide", decision_maker="dev@example.org")
    ada.post(at(project, "decide"), sent)
    ada.post(at(project, "decide"), sent)  # once more: nobody is asked twice
    asked = Letter.objects.get(text="asked-to-help")
    assert asked.person == Person.objects.get(email="dev@example.org")
    body = " ".join(letter(asked.text).written(asked.names, asked.link, "/").text.split())
    for said in ("Ada", "decision-maker", templates()["service-feedback"].question, "June 2026"):
        assert said in body
    assert "dev@" not in body
    assert Membership.objects.filter(person=asked.person).count() == 1
    assert "Named so far: Ada (facilitator), dev@example.org (decision-maker)." in text_of(
        ada.get(at(project, "decide"))
    )


def test_who_does_not_administer_names_members_alone_and_keeps_what_was_typed(
    around: Around,
) -> None:
    tom = signed_in(around.tom)
    project = around.begun(tom)
    sent = given_to(project, "decide", decision_maker="new@example.org", who_decides="We do.")
    shown = text_of(tom.post(at(project, "decide"), sent))
    assert "Nobody with this e-mail is a member here." in shown
    assert "We do." in shown
    assert not Person.objects.filter(email="new@example.org").exists()
    assert Terms.objects.get(project=project).who_decides != "We do."
    sent["decision_maker"] = around.mina.email
    assert tom.post(at(project, "decide"), sent).status_code == 302
    assert ProjectRole.objects.get(project=project, person=around.mina).name == "decision-maker"


def test_nobody_lets_themselves_in_to_unread_words(around: Around) -> None:
    ada = signed_in(around.ada)
    project = around.begun(ada)
    shown = text_of(ada.post(at(project, "reading"), ROTA | {"reader": around.ada.email}))
    assert 'aria-invalid="true"' in shown
    assert not ProjectRole.objects.filter(project=project, name="reader").exists()


def test_a_question_left_for_later_stays_open_and_says_who_can_help(around: Around) -> None:
    ada = signed_in(around.ada)
    project = around.begun(ada)
    shown = text_of(ada.get(at(project)))
    assert shown.count("Not answered yet") == len(STEPS) - 1  # the first one made the project
    assert "Nobody owns worries about safety yet." in shown
    assert "These people can help" not in shown
    ada.post(at(project, "decide"), given_to(project, "decide", co_lead=around.mina.email))
    assert "These people can help: Mina (co-lead)." in text_of(ada.get(at(project)))
    pack = reverse("start:pack", args=[project.address])
    assert pack in text_of(ada.get(reverse("projects:prepare", args=[project.address])))
    assert at(project) in text_of(ada.get(pack))
    for _again in range(2):
        ada.post(at(project, "remind"))
    (sent,) = Letter.objects.filter(text="missing")
    assert sent.person == around.mina
    said = " ".join(letter("missing").written(sent.names, sent.link, "/").text.split())
    assert "No reader is on the rota." in said
    assert "Nobody owns worries about safety yet." not in said  # co-leads give no roles
    assert "Ada of" in said


def test_who_is_new_gets_one_letter_not_two(around: Around) -> None:
    ada = signed_in(around.ada)
    project = around.begun(ada)
    ada.post(at(project, "safe"), {"safeguarder": "priya@example.org", "deputy": ""})
    (sent,) = Letter.objects.filter(person__email="priya@example.org")
    assert sent.text == "asked-to-help"
    body = letter(sent.text).written(sent.names, sent.link, "/").text
    assert "You need no password" in body


def test_who_can_supply_nothing_is_not_asked(around: Around) -> None:
    ada = signed_in(around.ada)
    project = around.begun(ada)
    ada.post(at(project, "reading"), ROTA | {"reader": around.mina.email})
    experienced(around.mina)
    ann = member("Ann", around.organisation, "administrator")
    shown = text_of(ada.get(at(project)))
    assert "These people can help: Ann (administrator)." in shown
    ada.post(at(project, "remind"))
    (sent,) = Letter.objects.filter(text="missing")
    assert sent.person == ann
    assert "Nobody owns worries about safety yet." in sent.names["missing"]


def test_a_reader_who_has_not_practised_is_led_to_the_practice(around: Around) -> None:
    ada = signed_in(around.ada)
    project = around.begun(ada)
    ada.post(at(project, "reading"), ROTA | {"reader": around.mina.email})
    ada.post(at(project, "remind"))
    (sent,) = Letter.objects.filter(text="missing")
    assert (sent.person, sent.link) == (around.mina, "/readers/practice/")
    assert sent.names["missing"] == "None of your readers has practised yet. It takes half an hour."


def test_a_school_begins_with_what_protects_children(around: Around) -> None:
    project = around.begun(signed_in(around.ada), "school-council")
    assert project.ages == ["under-11", "11-12"]
    assert "named" not in project.known_as
    assert project.open_to == "link"


def test_the_days_are_asked_for_in_their_order(around: Around) -> None:
    ada = signed_in(around.ada)
    project = around.begun(ada)
    sent = DAYS | {"hear_by": "2026-04-01"}
    shown = text_of(ada.post(at(project, "days"), sent))
    assert "This is before “Last day of listening”. Choose a later day." in shown
    assert 'value="2026-04-01"' in shown
    assert not Stage.objects.filter(project=project, name="listen").exists()


def test_the_questions_are_for_those_who_prepare_until_it_opens(around: Around) -> None:
    assert signed_in(around.mina).get(around.begin).status_code == 404
    assert Client().get(around.begin).status_code == 404
    ada = signed_in(around.ada)
    project = around.begun(ada)
    for path in (at(project), at(project, "ask")):
        assert signed_in(around.mina).get(path).status_code == 404
        assert ada.get(path).status_code == 200
    assert ada.get(at(project, "what")).status_code == 404
    Project.objects.filter(ref=project.ref).update(state="open", opened_on=NOW.date())
    for path in (at(project), at(project, "ask")):
        assert ada.get(path)["Location"] == f"/p/{project.address}/prepare/"
        assert signed_in(around.mina).get(path).status_code == 404


def test_other_ways_stay_hidden_until_they_are_switched_on(around: Around) -> None:
    ada = signed_in(around.ada)
    project = around.begun(ada, "champions-project")
    ways = reverse("voices:ways", args=[project.address])
    assert [each.strip() for each in hidden(ada.get(ways))] == ["conversations", "surveys"]
    ada.post(ways, {"way": "surveys"})
    assert hidden(ada.get(ways)) == ["conversations"]
    ada.post(ways, {"way": "no such way"})
    assert hidden(ada.get(ways)) == ["conversations"]


def hidden(answer: Any) -> list[str]:
    return sorted(each.name for each in answer.context["more"])


@pytest.mark.parametrize("step", ["", *(each.key for each in STEPS[1:])])
def test_each_page_costs_the_same_with_one_person_and_with_three(around: Around, step: str) -> None:
    ada = signed_in(around.ada)
    project = around.begun(ada)
    ada.post(at(project, "safe"), {"safeguarder": "p0@example.org"})
    ada.get(at(project, step))
    with at_most(24 if step == "" else 10) as cost:
        ada.get(at(project, step))
        number = len(cost)
    ada.post(at(project, "safe"), {"safeguarder": "p1@example.org", "deputy": "p2@example.org"})
    with at_most(number):
        ada.get(at(project, step))


def test_every_template_is_whole_and_fits() -> None:
    for each in templates().values():
        for field in ("question", "can_change", "cannot_change", "who_decides"):
            assert 0 < len(getattr(each, field)) <= (Terms._meta.get_field(field).max_length or 0)
        assert each.listen_weeks < each.hear_weeks < each.debrief_weeks
        assert set(each.ages) <= set(Project.Ages.values)
    assert Start.objects.count() == 0
