"""The pack: texts filled in from the terms, as tagged PDF and as Word."""

import io
from typing import Any

import docx
import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.kit import clock
from goldenthread.listen.voices.tests.factories import signed_in
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.start.drafts import templates
from goldenthread.start.models import Start
from goldenthread.start.pack import documents, filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Any:
    with clock.frozen(NOW):
        yield listening_project()


def file_of(here: Listening, document: str, kind: str) -> io.BytesIO:
    path = reverse(f"start:{kind}", args=[here.project.address, document])
    answer = signed_in(here.tom).get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].endswith(f'-{document}.{kind}"')
    return io.BytesIO(answer.content)


@pytest.mark.parametrize("document", documents())
def test_each_text_is_filled_in_as_pdf_and_as_word(here: Listening, document: str) -> None:
    pdf = pypdf.PdfReader(file_of(here, document, "pdf"))
    root: Any = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    printed = " ".join(" ".join(each.extract_text() for each in pdf.pages).split())
    word = docx.Document(file_of(here, document, "docx"))
    written = [each.text for each in word.paragraphs]
    assert written[0] == documents()[document].title
    assert written[0] in printed
    assert not any("{" in each for each in [*written, printed])
    assert here.organisation.name in printed
    question = here.project.terms.get().question
    if "{question}" in documents()[document].text:
        assert any(question in each for each in written)
    headings = [each.text for each in word.paragraphs if each.style.name == "Heading 2"]
    assert headings == [
        line[2:] for line in documents()[document].text.splitlines() if line[:1] == "#"
    ]


def test_a_gap_that_nothing_fills_is_refused(here: Listening) -> None:
    with pytest.raises(KeyError):
        filled(documents()["invite"], {"organisation": "Northmoor"})


def test_where_only_members_are_asked_no_text_says_that_no_account_is_needed(
    here: Listening,
) -> None:
    Project.objects.update(open_to="members")
    for document in documents():
        written = docx.Document(file_of(here, document, "docx"))
        assert "no account" not in " ".join(each.text.lower() for each in written.paragraphs)
    invited = docx.Document(file_of(here, "invite", "docx"))
    assert any("Sign in with your account." in each.text for each in invited.paragraphs)


def test_a_template_says_which_texts_it_needs(here: Listening) -> None:
    page = reverse("start:pack", args=[here.project.address])
    tom = signed_in(here.tom)
    assert "Letter to parents" in tom.get(page).content.decode()
    Start.objects.create(project=here.project, template="workplace")
    assert "Letter to parents" not in tom.get(page).content.decode()
    assert all(set(each.documents) <= set(documents()) for each in templates().values())


def test_the_pack_is_for_those_who_prepare(here: Listening) -> None:
    for name, args in (("pack", []), ("pdf", ["invite"]), ("docx", ["invite"])):
        path = reverse(f"start:{name}", args=[here.project.address, *args])
        assert Client().get(path).status_code == 404
        assert signed_in(here.mina).get(path).status_code == 404
        for who in (here.tom, here.dev):
            assert signed_in(who).get(path).status_code == 200
    missing = reverse("start:pdf", args=[here.project.address, "no-such"])
    assert signed_in(here.tom).get(missing).status_code == 404


@pytest.mark.parametrize(
    ("site", "times"), [("http://localhost:8000", 1), ("https://talk.example.org", 0)]
)
def test_where_links_open_on_one_computer_only_the_pack_says_so(
    here: Listening, settings: Any, site: str, times: int
) -> None:
    settings.SITE_URL = site
    page = signed_in(here.tom).get(reverse("start:pack", args=[here.project.address]))
    assert page.content.decode().count("open on this computer only") == times
