from datetime import timedelta

import pytest
from django.test import Client

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.organisations.models import Membership
from goldenthread.projects.models import Partner, ProjectRole
from goldenthread.projects.tests.factories import NOW, STAFF, Listening, listening_project
from goldenthread.safety.reading import queries, services, tasks
from goldenthread.safety.reading.models import Removal, Words
from goldenthread.safety.reading.stubs import stub_of
from goldenthread.safety.reading.tests.factories import WordsFactory, released, sign_in
from goldenthread.thread.models import Entry

pytestmark = pytest.mark.django_db
PEOPLE = ["mina", *STAFF, "ada", "nell", "stranger"]


def asked(because: str = "names-someone") -> tuple[Listening, Words, Removal]:
    here = listening_project()
    words = released(project=here.project)
    removal = services.ask_to_remove(by=here.tom, words=words, because=because, now=NOW)
    return here, words, removal


def test_a_stub_says_who_removed_it_and_why() -> None:
    here, words, removal = asked()
    services.agree_to_remove(by=here.cara, removal=removal, now=NOW)
    words = queries.item(here.project, words.ref)
    assert words.state == Words.State.REMOVED
    stub = stub_of(words)
    assert here.organisation.name in stub
    assert "names a person" in stub
    assert Entry.objects.filter(kind="words.removed_by_organisation").count() == 1


def test_until_the_second_key_is_turned_it_stays() -> None:
    _here, words, _removal = asked()
    words.refresh_from_db()
    assert words.state == Words.State.RELEASED
    assert stub_of(words) == ""


@pytest.mark.parametrize("name", PEOPLE)
def test_only_a_co_lead_holds_the_second_key(name: str) -> None:
    here, words, removal = asked()
    try:
        services.agree_to_remove(by=getattr(here, name), removal=removal, now=NOW)
    except Refusal:
        assert name != "cara"
    words.refresh_from_db()
    assert (words.state == Words.State.REMOVED) == (name == "cara")


@pytest.mark.parametrize("name", PEOPLE)
def test_readers_facilitators_and_co_leads_may_ask(name: str) -> None:
    here = listening_project()
    words = released(project=here.project)
    given = {"words": words, "because": "unlawful", "now": NOW}
    try:
        services.ask_to_remove(by=getattr(here, name), **given)
    except Refusal:
        assert name not in ("tom", "rosa", "sam", "cara")
    else:
        assert name in ("tom", "rosa", "sam", "cara")


def test_nobody_holds_both_keys() -> None:
    here = listening_project()
    words = released(project=here.project)
    removal = services.ask_to_remove(by=here.cara, words=words, because="advert", now=NOW)
    with pytest.raises(Refusal):
        services.agree_to_remove(by=here.cara, removal=removal, now=NOW)
    with pytest.raises(Refusal):
        services.remove(by=here.tom, second_key_by=None, words=words, because="advert", now=NOW)


def test_another_co_lead_may_agree_with_a_co_lead() -> None:
    here = listening_project()
    ProjectRole.objects.create(
        project=here.project, person=here.mina, name="co-lead", starts_on="2026-02-02"
    )
    words = released(project=here.project)
    removal = services.ask_to_remove(by=here.cara, words=words, because="advert", now=NOW)
    services.agree_to_remove(by=here.mina, removal=removal, now=NOW)
    words.refresh_from_db()
    assert words.state == Words.State.REMOVED


def shared() -> tuple[Listening, Words]:
    here = listening_project()
    [home] = Membership.objects.filter(person=here.nell)
    Partner.objects.create(project=here.project, organisation=home.organisation)
    for name, role in (("mina", "co-lead"), ("nell", "co-lead")):
        ProjectRole.objects.create(
            project=here.project, person=getattr(here, name), name=role, starts_on="2026-02-02"
        )
    return here, released(project=here.project)


def test_no_organisation_of_a_shared_project_removes_alone(client: Client) -> None:
    here, words = shared()
    removal = services.ask_to_remove(by=here.cara, words=words, because="advert", now=NOW)
    with pytest.raises(Refusal, match="No organisation takes words down alone"):
        services.agree_to_remove(by=here.mina, removal=removal, now=NOW)
    address = f"/p/{here.project.address}/reading/{words.ref}/remove/"
    with clock.frozen(NOW):
        for name, agrees in (("mina", False), ("nell", True)):
            body = sign_in(client, getattr(here, name)).get(address).content.decode()
            assert ("Agree: take it down" in body) is agrees
            assert ("co-lead of another organisation" in body) is not agrees
            assert "No, leave it" in body
    services.agree_to_remove(by=here.nell, removal=removal, now=NOW)
    words.refresh_from_db()
    assert words.state == Words.State.REMOVED


def test_an_organisation_that_was_only_asked_changes_nothing_about_the_second_key() -> None:
    here, words = shared()
    Partner.objects.exclude(organisation=here.organisation).update(waiting_since=NOW.date())
    removal = services.ask_to_remove(by=here.cara, words=words, because="advert", now=NOW)
    with pytest.raises(Refusal):
        services.agree_to_remove(by=here.nell, removal=removal, now=NOW)
    services.agree_to_remove(by=here.mina, removal=removal, now=NOW)


def test_any_other_co_lead_of_a_shared_project_may_say_no() -> None:
    here, words = shared()
    removal = services.ask_to_remove(by=here.cara, words=words, because="advert", now=NOW)
    with pytest.raises(Refusal, match="who did not ask"):
        services.refuse_to_remove(by=here.cara, removal=removal, now=NOW)
    services.refuse_to_remove(by=here.mina, removal=removal, now=NOW)
    again = services.ask_to_remove(by=here.nell, words=words, because="advert", now=NOW)
    services.agree_to_remove(by=here.mina, removal=again, now=NOW)


def test_a_co_lead_may_say_no_and_then_it_can_be_asked_again() -> None:
    here, words, removal = asked()
    services.refuse_to_remove(by=here.cara, removal=removal, now=NOW)
    with pytest.raises(Refusal, match="decided already"):
        services.agree_to_remove(by=here.cara, removal=removal, now=NOW)
    again = services.ask_to_remove(by=here.rosa, words=words, because="threatens", now=NOW)
    assert again.asked_by == here.rosa


def test_only_what_is_shown_can_be_removed() -> None:
    here = listening_project()
    words = WordsFactory.create(project=here.project)
    with pytest.raises(Refusal):
        services.ask_to_remove(by=here.tom, words=words, because="advert", now=NOW)


@pytest.mark.parametrize(("because", "destroyed"), [("author-asked", True), ("advert", False)])
def test_what_its_author_asked_to_remove_is_destroyed_too(because: str, destroyed: bool) -> None:  # noqa: FBT001
    here, words, removal = asked(because)
    services.agree_to_remove(by=here.cara, removal=removal, now=NOW)
    tasks.destroy_due(now=NOW + timedelta(days=7))
    words.refresh_from_db()
    assert (words.text is None) == destroyed
    assert stub_of(queries.item(here.project, words.ref))
