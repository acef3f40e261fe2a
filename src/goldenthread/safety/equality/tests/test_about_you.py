import stat
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import NOW, listening_project
from goldenthread.safety.equality import batches, inviting, queries, services
from goldenthread.safety.equality.models import Answer, Asked, Batch, Spent, Waiting
from goldenthread.safety.equality.questions import CROSSED, questions_of

pytestmark = pytest.mark.django_db
TODAY = clock.today(NOW)


@pytest.fixture
def project(settings, tmp_path):
    settings.DATA = tmp_path
    found = listening_project().project
    Asked.objects.create(project=found, crossings=[["age", "carer"]], since_on=TODAY)
    return found


def answer(project, number, **answers):
    mark = number.to_bytes(32, "big")
    said = answers or {"carer": "yes"}
    services.hold(project=project, mark=mark, answers=said, agreed=1, now=NOW)


def draft(**given):
    house = listening_project()
    Project.objects.filter(ref=house.project.ref).update(state="draft", opened_on=None, **given)
    house.project.refresh_from_db()
    return house


def path(project):
    return reverse("equality:about_you", args=[project.address])


def invited(project):
    """A browser that has just sent something."""
    client, answer = Client(), HttpResponse()
    inviting.invite(answer, project, now=NOW)
    client.cookies["about"] = answer.cookies["about"].value
    return client


def test_the_page_works_once(project):
    with clock.frozen(NOW):
        client = invited(project)
        assert "How old are you?" in client.get(path(project)).content.decode()
        kept = client.cookies["about"].value
        said = client.post(path(project), {"age": "25-34", "carer": "no", "agreed": "1"})
        assert "Thank you" in said.content.decode()
        assert Waiting.objects.count() == 1
        client.cookies["about"] = kept  # whoever keeps the invitation cannot use it again
        again = client.post(path(project), {"age": "25-34", "agreed": "1"})
        assert "closed for now" in again.content.decode()
        assert Waiting.objects.count() == 1


def test_without_an_invitation_or_an_hour_later_it_is_closed(project):
    with clock.frozen(NOW):
        assert "closed for now" in Client().get(path(project)).content.decode()
        client = invited(project)
    with clock.frozen(NOW + timedelta(hours=1)):
        assert "closed for now" in client.get(path(project)).content.decode()
    other = listening_project().project
    assert Client().get(path(other)).status_code == 404


def test_every_question_may_be_left_and_an_unknown_answer_stays_beside_it(project):
    with clock.frozen(NOW):
        client = invited(project)
        wrong = client.post(path(project), {"age": "200", "carer": "no", "agreed": "1"})
        assert wrong.status_code == 200
        assert "closed for now" not in wrong.content.decode()
        assert Waiting.objects.count() == 0
        client.post(path(project), {"act": "send"})
    assert Waiting.objects.count() == 0
    assert Spent.objects.count() == 1


def test_nine_wait_and_ten_are_mixed_and_their_key_destroyed(project):
    for number in range(9):
        answer(project, number, age="25-34", carer="yes")
    assert services.mix_all(now=NOW) == 0
    assert not Answer.objects.exists()
    assert queries.waiting_about(project) is None
    (key,) = batches.folder().glob("*.key")
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    answer(project, 10, age="18-24", carer="no")
    assert queries.waiting_about(project) == 10
    assert services.mix_all(now=NOW) == 1


@pytest.mark.django_db(transaction=True)
def test_after_mixing_nothing_waits_and_no_key_is_left(project):
    for number in range(10):
        answer(project, number, age="25-34", carer="yes")
    locked = Waiting.objects.first()
    before, batch = bytes(locked.sealed), locked.batch_id
    services.mix_all(now=NOW)
    assert not Waiting.objects.exists()
    assert not Batch.objects.exists()
    assert not batches.keys()
    assert batches.unlock(batch, [before]) == []  # what a backup still holds stays shut
    counts = queries.counts_of(project)
    assert counts["age"] == {"25-34": 10}
    assert counts[CROSSED.join(["age", "carer"])] == {CROSSED.join(["25-34", "yes"]): 10}
    assert "religion" not in counts


def test_all_answers_are_of_one_size(project):
    answer(project, 1, carer="no")
    answer(project, 2, **{each.key: each.answers[-1][0] for each in questions_of(project)})
    assert len({len(bytes(each.sealed)) for each in Waiting.objects.all()}) == 1


def test_an_answer_that_is_not_offered_is_not_kept(project):
    answer(project, 1, age="my name is Mina")
    assert not Waiting.objects.exists()


def test_keys_without_a_batch_and_old_marks_are_swept(project):
    answer(project, 1)
    Batch.objects.all().delete()
    services.mix_all(now=NOW + timedelta(days=2))
    assert not batches.keys()
    assert not Spent.objects.exists()


def test_what_is_asked_is_chosen_before_the_project_opens():
    house = draft()
    services.choose(
        by=house.tom, project=house.project, ask=True, crossings=[["age", "carer"]], now=NOW
    )
    assert queries.asked_by(house.project).crossings == [["age", "carer"]]
    services.choose(by=house.tom, project=house.project, ask=False, crossings=[], now=NOW)
    assert queries.asked_by(house.project) is None


@pytest.mark.parametrize(
    ("given", "crossings"),
    [
        ({"ages": ["16-17"]}, []),
        ({}, [["age", "age"]]),
        ({}, [["age", "shoes"]]),
        ({}, [["age", "carer"], ["carer", "age"]]),
        ({}, [["age", "carer"], ["age", "sex"], ["sex", "carer"]]),
    ],
)
def test_children_are_not_asked_and_only_two_pairs_are_crossed(given, crossings):
    house = draft(**given)
    with pytest.raises(Refusal):
        services.choose(by=house.tom, project=house.project, ask=True, crossings=crossings, now=NOW)


def test_an_open_project_changes_nothing_and_others_may_not_choose():
    house = listening_project()
    with pytest.raises(Refusal):
        services.choose(by=house.tom, project=house.project, ask=True, crossings=[], now=NOW)
    other = draft()
    for who in ("mina", "rosa", "priya", "stranger"):
        with pytest.raises(Refusal):
            services.choose(
                by=getattr(other, who), project=other.project, ask=True, crossings=[], now=NOW
            )


@pytest.mark.parametrize("nation", ["england", "scotland", "wales", "northern-ireland"])
def test_each_nation_has_its_questions_each_with_a_way_out(nation):
    house = listening_project()
    house.project.organisation.nation = nation
    asked = questions_of(house.project)
    assert len(asked) >= 8
    for each in asked:
        keys = [key for key, _ in each.offered]
        assert len(keys) == len(set(keys))
        assert keys[-1] == "rather-not"
        assert CROSSED not in "".join(keys)


def test_what_waits_holds_no_key_to_a_person(project):
    answer(project, 1, carer="no")
    assert {each.name for each in Waiting._meta.get_fields()} == {"ref", "batch", "sealed"}
    with clock.frozen(NOW):
        client = invited(project)
        page = client.get(path(project)).content.decode()
        assert "cannot be changed or taken back" in page
        client.post(path(project), {"carer": "yes", "agreed": "1"})
    kept = " ".join(f"{name}={cookie.value}" for name, cookie in client.cookies.items())
    for row in Waiting.objects.all():
        assert str(row.ref) not in kept
        assert row.ref.hex not in kept
    assert not client.cookies["about"].value


def test_once_ended_the_questions_do_not_come_back(project):
    services.end(project=project, now=NOW)
    with clock.frozen(NOW):
        client = invited(project)
        assert "These questions have ended" in client.get(path(project)).content.decode()
        client.post(path(project), {"carer": "yes", "agreed": "1"})
    assert not Waiting.objects.exists()
    assert not queries.is_asking(project)
    with pytest.raises(Refusal):
        answer(project, 1)
    services.end(project=project, now=NOW + timedelta(days=9))
    assert Asked.objects.get(project=project).ended_on == TODAY


def test_students_may_leave_every_question_and_rather_not_say(project):
    project.organisation.kind = "university"
    asked = {each.key: each for each in questions_of(project)}
    assert {"class", "parents", "domicile", "placement"} <= set(asked)
    assert all(each.offered[-1][0] == "rather-not" for each in asked.values())
