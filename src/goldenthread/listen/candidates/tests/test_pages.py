import pytest
from django.test import Client

from goldenthread.kit.testing.queries import at_most
from goldenthread.listen.candidates import services
from goldenthread.listen.candidates.models import Candidate, Placed, Run
from goldenthread.listen.candidates.tests.factories import BUS, LUNCH, about, asked_in, said_in
from goldenthread.listen.themes.models import Theme
from goldenthread.listen.voices.tests.factories import released_voice, signed_in
from goldenthread.projects.tests.factories import NOW, Listening, listening_project


def at(here: Listening, path: str = "") -> str:
    return f"/p/{here.project.address}/themes/candidates/{path}"


@pytest.mark.parametrize("name", ["mina", "rosa", "dev", "ada", "nell"])
def test_candidates_are_not_there_for_others(here: Listening, name: str) -> None:
    one = about(asked_in(here), BUS)
    client = signed_in(getattr(here, name))
    for path in ("", "none/", f"{one.ref}/"):
        assert client.get(at(here, path)).status_code == 404
    assert client.post(at(here, f"{one.ref}/aside/")).status_code == 404
    assert Client().get(at(here)).status_code == 404


def test_a_candidate_of_another_project_is_not_there(here: Listening) -> None:
    far = listening_project()
    one = about(asked_in(far), BUS)
    client = signed_in(here.tom)
    assert client.get(at(here, f"{one.ref}/")).status_code == 404
    assert client.post(at(here, f"{one.ref}/aside/")).status_code == 404


def test_candidates_become_themes_by_plain_forms(here: Listening) -> None:
    said_in(here)
    client = signed_in(here.cara)
    assert "Candidate themes" in client.get(at(here).replace("candidates", "work")).content.decode()
    assert "Show candidates" in client.get(at(here)).content.decode()
    assert "number" in client.post(at(here), {"number": "x"}).context["form"].errors
    client.post(at(here), {"number": 2})
    run = Run.objects.get()
    bus, lunch = about(run, BUS), about(run, LUNCH)
    body = client.get(at(here)).content.decode()
    assert body.count("Words in common:") == 2
    assert "fit in none of these" in body
    assert "The zebra in the hall" in client.get(at(here, "none/")).content.decode()
    one = at(here, f"{bus.ref}/")
    client.post(f"{one}name/", {"title": "Getting there"})
    assert "Getting there" in client.get(one).content.decode()
    assert "Tick at least one" in client.post(f"{one}voices/").content.decode()
    client.post(f"{one}voices/", {"voices": [Placed.objects.filter(candidate=bus)[0].voice_id]})
    assert "Give" in client.post(one, {"title": ""}).content.decode()
    body = client.post(one, {"title": "Buses"}, follow=True).content.decode()
    assert "Made the theme “Buses”, with three voices." in body
    assert client.get(one).status_code == 404
    client.post(at(here, f"{lunch.ref}/aside/"))
    assert "Every candidate has been looked at" in client.get(at(here)).content.decode()
    assert Theme.objects.get().made_by == here.cara
    client.post(at(here, "finish/"))
    assert not Candidate.objects.exists()


def test_merging_and_splitting_by_plain_forms(here: Listening) -> None:
    run = asked_in(here)
    bus, lunch = about(run, BUS), about(run, LUNCH)
    client = signed_in(here.tom)
    assert "Choose another" in client.post(at(here, f"{bus.ref}/merge/")).content.decode()
    client.post(at(here, f"{bus.ref}/merge/"), {"into": lunch.ref})
    assert run.candidates.get() == lunch
    assert client.post(at(here, f"{lunch.ref}/split/"), {"number": 99}).status_code == 200
    client.post(at(here, f"{lunch.ref}/split/"), {"number": 2})
    assert run.candidates.count() in {2, 3}  # what fits in neither part stays behind


@pytest.mark.parametrize("path", ["", "none/", "{one}/"])
def test_queries_stay_few_with_one_and_with_three(here: Listening, path: str) -> None:
    run = asked_in(here, 1)
    one = run.candidates.get()
    client = signed_in(here.tom)
    href = at(here, path.format(one=one.ref))
    client.get(href)
    used = []
    for at_place in range(1, 3):
        with at_most(10) as counted:
            assert client.get(href).status_code == 200
        used.append(len(counted))
        for more in range(2):
            new = Candidate.objects.create(run=run, place=at_place * 2 + more)
            for candidate in (one, new, None):
                voice = released_voice(here.project)
                Placed.objects.create(run=run, voice=voice, candidate=candidate, place=90)
    assert used[1] <= used[0]


def test_names_and_texts_are_escaped(here: Listening) -> None:
    run = asked_in(here)
    one = about(run, BUS)
    services.name(by=here.tom, candidate=one, title="<b>x</b>", now=NOW)
    assert "<b>x</b>" not in signed_in(here.tom).get(at(here)).content.decode()
