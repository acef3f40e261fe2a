"""The map page: groups in their own words, one's own place, and nothing of any single person."""

import re

from django.test import Client

from goldenthread.kit.sealing import keyed
from goldenthread.kit.testing.queries import at_most
from goldenthread.listen.conversations import services
from goldenthread.listen.conversations.models import Drawing, GroupName, Participant, Stance
from goldenthread.listen.conversations.tests.factories import conversation_in, crowd, mark, said_in
from goldenthread.listen.voices.tests.factories import signed_in
from goldenthread.projects.tests.factories import NOW, Listening
from goldenthread.safety.reading.models import Words


def test_before_and_under_thirty_the_page_says_what_it_shows(
    here: Listening, client: Client
) -> None:
    asked = conversation_in(here.project, seeds=4)
    at = f"/p/{here.project.address}/conversations/{asked.ref}/"
    for path in ("map/", "statements/", "over-time/"):
        assert "Nothing has been counted yet" in client.get(at + path).content.decode()
    crowd(asked, 10, 9)
    services.freeze(conversation=asked, now=NOW)
    body = client.get(f"{at}map/").content.decode()
    assert "once 30 people have answered" in body
    assert "About 20 people answered." in body
    assert "Nearly all of about 20 agree." in body
    assert "What to talk about" in body
    assert "<ellipse" not in body
    assert client.get(f"{at}map/?number=2").status_code == 404


def test_the_map_shows_groups_and_only_ones_own_place(here: Listening, client: Client) -> None:
    asked = conversation_in(here.project, seeds=6)
    said = said_in(asked, "Buses should run at night.")
    crowd(asked, 20, 14, noise=0)
    services.freeze(conversation=asked, now=NOW)
    at = f"/p/{here.project.address}/conversations/{asked.ref}/"
    body = client.get(f"{at}map/").content.decode()
    assert body.count("<ellipse") == 2
    assert "<circle" not in body.split("<main")[1].split("</main>")[0]
    assert body.index("Common ground") < body.index("Who thinks alike") < body.index("differ</h2>")
    assert "Group A" in body
    assert "about 20 people" in body
    assert f"/voices/{said.voice_id}/" in body
    for person in Participant.objects.all():
        assert str(person.ref) not in body
    assert "you are here" not in body
    without_a_place = client.get(f"{at}mine/").content.decode()
    assert f'href="{at}map/">See what people think' in without_a_place
    own = keyed("conversations.member", asked.ref, here.mina.pk)
    Participant.objects.filter(mark=mark("0-1-0")).update(mark=own)
    mina = signed_in(here.mina)
    body = mina.get(f"{at}map/").content.decode()
    assert body.count("you are here") == 1
    assert "you are in group B, with about 15 people" in body
    assert "you are in group B" in mina.get(f"{at}mine/").content.decode()
    Participant.objects.filter(mark=own).update(group="C")  # a group that no map shows
    assert "you are here" not in mina.get(f"{at}map/").content.decode()


def test_what_was_taken_back_leaves_every_map(here: Listening, client: Client) -> None:
    asked = conversation_in(here.project, seeds=3)
    said = said_in(asked, "Canary")
    crowd(asked, 12)
    services.freeze(conversation=asked, now=NOW)
    at = f"/p/{here.project.address}/conversations/{asked.ref}/"
    pages = ("map/", "statements/", "over-time/", "map/?number=1")
    assert all(b"Canary" in client.get(at + path).content for path in pages)
    Words.objects.filter(pk=said.voice_id).update(state="withdrawn")
    assert not any(b"Canary" in client.get(at + path).content for path in pages)


def test_statements_are_narrowed_and_compared_over_time(here: Listening, client: Client) -> None:
    asked = conversation_in(here.project, seeds=6)
    crowd(asked, 18, 14, noise=0)
    services.freeze(conversation=asked, now=NOW)
    new = [Participant(conversation=asked, mark=mark(f"new-{n}")) for n in range(20)]
    Participant.objects.bulk_create(new)
    first = asked.statements.order_by("place")[0]
    Stance.objects.bulk_create(Stance(participant=p, statement=first, value=-1) for p in new)
    services.freeze(conversation=asked, now=NOW)
    at = f"/p/{here.project.address}/conversations/{asked.ref}/"
    body = client.get(f"{at}statements/?show=divides").content.decode()
    assert "Group A: most agree" in body or "Group A: most disagree" in body
    assert first.seed not in body
    assert first.seed in client.get(f"{at}statements/?show=mixed&number=2").content.decode()
    assert first.seed in client.get(f"{at}statements/?show=common&number=1").content.decode()
    body = client.get(f"{at}over-time/").content.decode()
    assert "Map 1, 10 March 2026" in body
    assert re.search("nearly all agree.*about 30 of 50 agree", body, re.DOTALL)


def test_what_is_left_out_over_time_is_said(here: Listening, client: Client) -> None:
    asked = conversation_in(here.project, seeds=51)
    crowd(asked, 10)
    services.freeze(conversation=asked, now=NOW)
    at = f"/p/{here.project.address}/conversations/{asked.ref}/"
    assert "These are the first 50 statements." in client.get(f"{at}over-time/").content.decode()
    asked.statements.filter(place=51).update(dropped_on=NOW.date())
    Drawing.objects.all().delete()
    services.freeze(conversation=asked, now=NOW)
    assert "These are the first" not in client.get(f"{at}over-time/").content.decode()


def test_people_name_groups(here: Listening, client: Client) -> None:
    asked = conversation_in(here.project, seeds=6)
    crowd(asked, 18, 14, noise=0)
    drawing = services.freeze(conversation=asked, now=NOW)
    at = f"/p/{here.project.address}/conversations/{asked.ref}/"
    cara = signed_in(here.cara)
    assert signed_in(here.mina).get(f"{at}names/").status_code == 404
    assert cara.get(f"{at}names/").status_code == 200
    cara.post(f"{at}names/", {"letter": "A", "name": "Night people"})
    wrong = cara.post(f"{at}names/", {"letter": "Z", "name": "Nobody"}).content.decode()
    assert "no such group" in wrong
    assert GroupName.objects.get(drawing=drawing).name == "Night people"
    assert "Group A: Night people" in client.get(f"{at}map/").content.decode()
    crowd(asked, 12, start=1, noise=0)
    services.freeze(conversation=asked, now=NOW)
    assert "(named on map 1)" in client.get(f"{at}map/").content.decode()


def test_a_map_costs_the_same_for_one_and_three_statements(here: Listening, client: Client) -> None:
    for seeds in (1, 3):
        asked = conversation_in(here.project, seeds=seeds)
        crowd(asked, 12, start=seeds)
        services.freeze(conversation=asked, now=NOW)
        at = f"/p/{here.project.address}/conversations/{asked.ref}/"
        for path, most in (("map/", 8), ("statements/", 5), ("over-time/", 5)):
            with at_most(most):
                assert client.get(at + path).status_code == 200
