"""In a school: what names staff goes to the head, what names the head goes above; one sheet."""

from dataclasses import replace
from io import BytesIO

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.kit.testing.queries import at_most
from goldenthread.people.notifications.services import send_waiting
from goldenthread.projects.tests.factories import NOW, STAFF, Listening
from goldenthread.projects.work import work_for
from goldenthread.safety.concerns import permissions, queries, services
from goldenthread.safety.concerns.casesheet import sheet_of
from goldenthread.safety.concerns.models import Concern
from goldenthread.safety.concerns.sheet import as_pdf, as_text
from goldenthread.safety.concerns.tests.test_concerns import mark_all
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.tests.factories import WordsFactory, sign_in
from goldenthread.safety.young.tests.factories import chair, head, school
from goldenthread.thread.models import Entry

pytestmark = pytest.mark.django_db
PEOPLE = ["mina", *STAFF, "ada", "nell", "stranger"]


def with_posts() -> Listening:
    """Dev leads the school, and Cara stands above him."""
    here = school()
    head(here, here.dev)
    chair(here, here.cara)
    return here


def raised(here: Listening, names: str = "") -> Concern:
    words = WordsFactory.create(project=here.project, text="I saw a kingfisher, 100 %.")
    given = {"by": here.rosa, "words": words, "why": "A kingfisher.", "names": names}
    return services.raise_concern(**given, now=NOW)


def who_sees(here: Listening, concern: Concern) -> set[str]:
    return {name for name in PEOPLE if permissions.may_see(getattr(here, name), concern, now=NOW)}


@pytest.mark.parametrize(
    ("names", "seen_by"),
    [("", {"priya", "mina"}), ("staff", {"dev"}), ("head", {"cara"})],
)
def test_who_sees_it_depends_on_whom_it_names(names: str, seen_by: set[str]) -> None:
    here = with_posts()
    concern = raised(here, names)
    assert who_sees(here, concern) == seen_by
    send_waiting(now=NOW)
    written = {each.to[0] for each in mail.outbox}
    assert written == {getattr(here, name).email for name in seen_by}
    assert "kingfisher" not in repr([each.message().as_string() for each in mail.outbox])
    for name in PEOPLE:
        found = work_for(getattr(here, name), [here.project], now=NOW)
        texts = [each for each in found if "concern is open" in each.text]
        assert bool(texts) == (name in seen_by - {"mina"})  # the deputy has it when it is overdue


def test_without_posts_the_safeguarders_see_all() -> None:
    here = school()
    assert who_sees(here, raised(here, "staff")) == {"priya", "mina"}


def test_a_head_who_has_left_sees_nothing_and_the_safeguarders_do() -> None:
    here = with_posts()
    concern = raised(here, "staff")
    here.dev.memberships.update(suspended_on=NOW.date())
    assert who_sees(here, concern) == {"priya", "mina"}


@pytest.mark.parametrize("name", PEOPLE)
def test_by_the_pages_too(client: Client, name: str) -> None:
    here = with_posts()
    concern = raised(here, "staff")
    sign_in(client, getattr(here, name))
    base = f"/p/{here.project.address}/concerns/"
    with clock.frozen(NOW):
        listed, one = client.get(base), client.get(f"{base}{concern.ref}/")
        taken = client.post(f"{base}{concern.ref}/export/", {"form": "txt"})
    assert one.status_code == taken.status_code == (200 if name == "dev" else 404)
    assert (str(concern.ref) in listed.content.decode()) == (name == "dev")
    if name == "dev":
        assert "LADO" in one.content.decode()


def test_the_reader_says_whom_it_names_on_the_page_of_a_school(client: Client) -> None:
    here = with_posts()
    words = WordsFactory.create(project=here.project)
    sign_in(client, here.rosa)
    href = f"/p/{here.project.address}/reading/{words.ref}/concern/"
    with clock.frozen(NOW):
        assert "Yes, the head" in client.get(href).content.decode()
        client.post(href, {"why": "Hm.", "names": "head"})
    assert Concern.objects.get().names == "head"


def test_only_the_head_works_on_it_and_hands_it_to_nobody_else() -> None:
    here = with_posts()
    concern = raised(here, "staff")
    services.note(by=here.dev, concern=concern, text="Rang the LADO.", now=NOW)
    with pytest.raises(Refusal):
        services.note(by=here.priya, concern=concern, text="Hm.", now=NOW)
    with pytest.raises(Refusal):
        services.hand_over(by=here.dev, concern=concern, to=here.priya, text="Hm.", now=NOW)
    assert queries.Looking.after(here.project, now=NOW).hands(concern) == here.dev


@pytest.mark.parametrize("kind", ["pdf", "txt"])
def test_one_sheet_for_the_case_system_and_that_it_was_taken_is_kept(
    client: Client, kind: str
) -> None:
    here = with_posts()
    concern = raised(here)
    mark_all(here, concern)
    telling = {"whom": "outside", "who": "100 % sure", "told": True, "because": "At risk."}
    services.tell_others(by=here.priya, concern=concern, **telling, now=NOW)
    sign_in(client, here.priya)
    with clock.frozen(NOW):
        answer = client.post(
            f"/p/{here.project.address}/concerns/{concern.ref}/export/", {"form": kind}
        )
    assert answer["Content-Disposition"].endswith(f'.{kind}"')
    if kind == "txt":
        text = answer.content.decode()
        for line in ("100 %", "A kingfisher.", "100 % sure: told", "Listen and look: done."):
            assert line in text
    else:
        assert answer.content.startswith(b"%PDF")
        assert pages_of(answer.content) == 1
    entry = Entry.objects.get(kind="concern.exported")
    assert b"kingfisher" not in bytes(entry.body)
    assert [each.viewer for each in queries.looks_at(concern)] == [here.priya]


def test_however_much_a_case_holds_it_stays_one_page() -> None:
    here = with_posts()
    concern = raised(here)
    Words.objects.filter(pk=concern.words_id).update(text="Nobody had asked them before. " * 133)
    for number in range(22):
        text = f"{number}. " + "We rang and asked how it was. " * 8
        services.note(by=here.priya, concern=concern, text=text, now=NOW)
    made = sheet_of(concern, by=here.priya, today=NOW.date())
    assert pages_of(as_pdf(made)) == 1
    assert "Earlier lines, in the case: " in as_text(made)
    assert "21. We rang" in as_text(made)
    crowded = replace(made, parts=made.parts * 4)  # the control: there are pages to count
    assert pages_of(as_pdf(crowded)) > 1


def pages_of(pdf: bytes) -> int:
    return len(PdfReader(BytesIO(pdf)).pages)


def test_the_list_of_a_school_costs_ten_queries_at_most(client: Client) -> None:
    here = with_posts()
    for _time in range(3):
        raised(here)
    sign_in(client, here.priya)
    with clock.frozen(NOW):
        client.get(f"/p/{here.project.address}/concerns/")
        with at_most(10):
            client.get(f"/p/{here.project.address}/concerns/")


OWNERS = "The safeguarding owner and the deputy get a mail"
HEAD = "the head alone gets the mail"
ABOVE = "whoever stands above the head alone gets the mail"
UNFILLED = "no post is filled here"


@pytest.mark.parametrize(
    ("posts", "says"),
    [
        ("head chair", {OWNERS, HEAD, ABOVE}),
        ("head", {OWNERS, HEAD, UNFILLED}),
        ("", {OWNERS, UNFILLED}),
    ],
)
def test_before_it_is_raised_the_page_says_who_hears(
    client: Client, posts: str, says: set[str]
) -> None:
    here = school()
    if "head" in posts:
        head(here, here.dev)
    if "chair" in posts:
        chair(here, here.cara)
    words = WordsFactory.create(project=here.project)
    sign_in(client, here.rosa)
    with clock.frozen(NOW):
        href = reverse("concerns:raise", args=[here.project.address, words.ref])
        page = client.get(href).content.decode()
    assert {each for each in (OWNERS, HEAD, ABOVE, UNFILLED) if each in page} == says


ALONE = "Only you see this, for it names someone who works here."
SHARED = "Only the safeguarding owners of this project see this."


@pytest.mark.parametrize(
    ("posts", "names", "who", "says"),
    [
        (True, "", "priya", SHARED),
        (True, "staff", "dev", ALONE),
        (True, "head", "cara", ALONE),
        (False, "staff", "priya", SHARED),
    ],
)
def test_the_pages_say_who_hears_of_it(
    client: Client,
    posts: bool,  # noqa: FBT001
    names: str,
    who: str,
    says: str,
) -> None:
    here = with_posts() if posts else school()
    concern = raised(here, names)
    sign_in(client, getattr(here, who))
    with clock.frozen(NOW):
        href = reverse("concerns:concern", args=[here.project.address, concern.ref])
        page = client.get(href).content.decode()
    assert [each for each in (ALONE, SHARED) if each in page] == [says]
    assert ("Only you see this, and whoever you tell." in page) == (says == ALONE)
