"""Slips and forms: PDF for the ear too, in large print, and each strand has its own."""

import io
from dataclasses import replace

import pypdf
import pytest
import typst
from django.test import Client
from django.urls import reverse

from goldenthread.projects import services
from goldenthread.projects.poster import PaperForm, make_form, make_slips
from goldenthread.projects.printed import SHAPES, form_of, slips_of
from goldenthread.projects.tests.factories import NOW, listening_project
from goldenthread.projects.tests.test_poster import alternatives

pytestmark = pytest.mark.django_db
LARGE_PRINT = 18  # points


def words_of(reader: pypdf.PdfReader) -> str:
    text = " ".join(page.extract_text() for page in reader.pages)
    return " ".join(text.replace("\u00a0", " ").split())


def sizes_of(reader: pypdf.PdfReader) -> set[float]:
    """The sizes of letters on the pages; what is only decoration has no letters."""
    found: set[float] = set()

    def see(text: str, _cm: object, tm: list[float], _font: object, size: float) -> None:
        if text.strip():
            found.add(round(abs(size * tm[3]), 1))

    for page in reader.pages:
        page.extract_text(visitor_text=see)
    return found


@pytest.fixture
def form(settings: object) -> PaperForm:
    settings.SITE_URL = "https://thread.example.org"
    made = form_of(listening_project().project, shape="large-print")
    assert made
    return made


@pytest.mark.parametrize("shape", SHAPES)
def test_a_form_is_tagged_and_says_what_is_asked_what_is_promised_and_who_helps(
    form: PaperForm, shape: str
) -> None:
    reader = pypdf.PdfReader(io.BytesIO(make_form(replace(form, shape=shape))))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert (root["/Lang"], root["/ViewerPreferences"]["/DisplayDocTitle"]) == ("en", True)
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert alternatives(root["/StructTreeRoot"]) == [f"QR code that opens {form.shown_url}"]
    said = words_of(reader)
    for each in (
        "What would make the wait for counselling easier?",
        "Do not write your name.",
        "A trained person reads it first.",
        "You hear from us by 1 June 2026.",
        "What would have helped?",
        "116 123",
        "thread.example.org/receipt/",
        "____ ____ ____ ____ ____",
    ):
        assert each in said
    assert min(sizes_of(reader)) >= LARGE_PRINT
    assert len(reader.pages) == 2


def test_control_small_print_is_found() -> None:
    small = typst.compile(b"#set document(title: [x])\n#text(size: 9pt)[small]", format="pdf")
    assert min(sizes_of(pypdf.PdfReader(io.BytesIO(bytes(small))))) == 9


def test_slips_stand_eight_to_a_page_whatever_people_write(form: PaperForm) -> None:
    here = listening_project(title="Getting help while you wait for counselling " * 2)
    sheet = slips_of(here.project)
    assert sheet
    reader = pypdf.PdfReader(io.BytesIO(make_slips(sheet)))
    assert len(reader.pages) == 1
    assert words_of(reader).count(sheet.slips[0].shown_url) == 8
    assert b"pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_data()
    much = replace(sheet, slips=tuple(replace(s, lines=("word " * 80,)) for s in sheet.slips))
    assert len(pypdf.PdfReader(io.BytesIO(make_slips(much))).pages) == 1
    longer = replace(sheet, slips=sheet.slips + sheet.slips[:1])
    assert len(pypdf.PdfReader(io.BytesIO(make_slips(longer))).pages) == 2


def test_each_strand_has_its_own_and_no_other_projects() -> None:
    who, other = listening_project(), listening_project()
    carers = services.add_strand(by=who.tom, project=who.project, name="Carers", now=NOW)
    for page, args in (("slips", []), *(("paper_form", [shape]) for shape in SHAPES)):
        href = reverse(f"projects:{page}", args=[who.project.address, *args])
        answer = Client().get(f"{href}?strand={carers.short}")
        assert answer["Content-Type"] == "application/pdf"
        assert "Carers" in words_of(pypdf.PdfReader(io.BytesIO(answer.content)))
        theirs = reverse(f"projects:{page}", args=[other.project.address, *args])
        assert Client().get(f"{theirs}?strand={carers.short}").status_code == 404
    none = reverse("projects:paper_form", args=[who.project.address, "tiny"])
    assert Client().get(none).status_code == 404
