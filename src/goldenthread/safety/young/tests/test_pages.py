"""The page for parents, the page of a school; and secrecy, which no page promises."""

import re
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from goldenthread.kit import clock
from goldenthread.kit.testing.queries import at_most
from goldenthread.projects.tests.factories import NOW, STAFF, Listening, listening_project
from goldenthread.safety.young.models import Post, Term
from goldenthread.safety.young.tests.factories import school

pytestmark = pytest.mark.django_db
EVERYONE = ["guest", "mina", *STAFF, "ada", "nell", "stranger"]
# What would promise secrecy; a sentence that denies it may use the same words.
PROMISES = re.compile(
    r"confidential|in confidence|secret|nobody (?:will|else will) (?:ever )?know|between us"
    r"|(?:never|will not|won’t) tell|stays? (?:with|between) ",
    re.IGNORECASE,
)
DENIES = re.compile(r"cannot|never promise|do not promise|not keep", re.IGNORECASE)


def promises_of_secrecy(html: str) -> list[str]:
    """Return the sentences of a page that promise to keep something secret."""
    main = html.partition("<main")[2].partition("</main>")[0]
    text = " ".join(re.sub(r"<[^>]+>", " ", main).split())
    sentences = re.split(r"(?<=[.!?])\s", text)
    return [each for each in sentences if PROMISES.search(each) and not DENIES.search(each)]


@pytest.fixture(autouse=True)
def _tuesday() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


def go_in(client: Client, here: Listening, name: str) -> None:
    client.logout()
    if name != "guest":
        person = getattr(here, name)
        Authenticator.objects.get_or_create(user=person, type="totp", defaults={"data": {}})
        client.force_login(person)


@pytest.mark.parametrize("name", EVERYONE)
def test_everyone_reads_what_parents_are_told_and_organisers_write_it(
    client: Client, name: str
) -> None:
    here = school()
    go_in(client, here, name)
    address = here.project.address
    shown = client.get(f"/p/{address}/parents/").content.decode()
    assert "Nobody has to take part" in shown
    assert "Childline" in shown
    assert "30 December 2026" in shown
    status = client.get(f"/p/{address}/prepare/parents/").status_code
    assert status == (200 if name in ("tom", "cara", "ada") else 404)


def test_a_project_for_adults_has_no_such_page(client: Client) -> None:
    here = listening_project()
    assert client.get(f"/p/{here.project.address}/parents/").status_code == 404


def test_what_was_typed_stays_when_somebody_else_was_faster(client: Client) -> None:
    here = school()
    go_in(client, here, "tom")
    href = f"/p/{here.project.address}/prepare/parents/"
    answer = client.post(href, {"seen": 0, "about": "A kingfisher."}).content.decode()
    assert "Somebody else" in answer
    assert "A kingfisher." in answer
    client.post(href, {"seen": 1, "about": "A kingfisher."})
    assert "A kingfisher." in client.get(f"/p/{here.project.address}/parents/").content.decode()


@pytest.mark.parametrize("name", EVERYONE)
def test_administrators_alone_find_the_page_of_the_school(client: Client, name: str) -> None:
    here = school()
    go_in(client, here, name)
    href = f"/o/{here.organisation.address}/settings/school/"
    assert client.get(href).status_code == (200 if name == "ada" else 404)
    given = {"title": "T", "starts_on": "2027-01-04", "ends_on": "2027-02-01"}
    before = Term.objects.count()
    client.post(f"{href}terms/", given)
    assert Term.objects.count() == before + (name == "ada")


def test_posts_and_terms_by_the_page(client: Client) -> None:
    here = school()
    go_in(client, here, "ada")
    href = f"/o/{here.organisation.address}/settings/school/"
    client.post(href, {"name": "head", "email": here.dev.email})
    assert Post.objects.get().person == here.dev
    shown = client.get(href).content.decode()
    assert "LADO" in shown
    wrong = {"title": "Again", "starts_on": "2026-05-01", "ends_on": "2026-05-02"}
    kept = client.post(f"{href}terms/", wrong).content.decode()
    assert "Another term" in kept
    assert "Again" in kept
    term = Term.objects.first()
    assert term
    client.post(f"{href}terms/{term.ref}/remove/")
    assert not Term.objects.filter(ref=term.ref).exists()


def test_the_pages_cost_ten_queries_at_most(client: Client) -> None:
    here = school()
    go_in(client, here, "ada")
    for href in (
        f"/o/{here.organisation.address}/settings/school/",
        f"/p/{here.project.address}/parents/",
        f"/p/{here.project.address}/prepare/parents/",
    ):
        client.get(href)
        with at_most(10):
            assert client.get(href).status_code == 200


@pytest.mark.parametrize("rest", ["", "speak/", "parents/", "terms/", "board/"])
def test_no_page_of_a_school_promises_secrecy(client: Client, rest: str) -> None:
    here = school()
    shown = client.get(f"/p/{here.project.address}/{rest}").content.decode()
    assert promises_of_secrecy(shown) == []


def test_children_are_told_that_worries_are_passed_on_before_they_write(client: Client) -> None:
    here = school()
    shown = client.get(f"/p/{here.project.address}/speak/").content.decode()
    before, _, _after = shown.partition("<textarea")
    assert "We cannot keep that to ourselves." in before
    assert "0800 1111" in shown


@pytest.mark.parametrize(
    "sentence",
    [
        "Everything you say is confidential.",
        "It is our secret.",
        "Nobody will know.",
        "We will not tell your parents.",
    ],
)
def test_a_promise_of_secrecy_is_caught(sentence: str) -> None:
    """The negative control."""
    page = f"<main><p>Hello. {sentence} Bye.</p></main>"
    assert promises_of_secrecy(page) == [sentence]
    assert promises_of_secrecy("<main><p>We cannot keep it secret.</p></main>") == []
