"""The poster: one page, readable by eye, ear and phone."""

import io
from datetime import date

import pypdf
import pytest
import typst

from goldenthread.organisations.tests.factories import HelpLineFactory
from goldenthread.projects import services
from goldenthread.projects.models import Project, Terms
from goldenthread.projects.poster import HelpLine, Poster, make
from goldenthread.projects.poster.drawing import qr_svg
from goldenthread.projects.poster_of import poster_of
from goldenthread.projects.printed import slips_of
from goldenthread.projects.tests.factories import NOW, listening_project

POSTER = Poster(
    organisation="Northmoor",
    accent="#0b5a55",
    title="Getting help while you wait",
    question="What would make the wait easier?",
    about="You told us that the wait is the hardest part.",
    steps=(("You tell us.", "No name needed."), ("We answer.", "With a receipt you see it.")),
    until="We listen until 5 April 2026.",
    url="https://thread.example.org/s/K7M3QX",
    shown_url="thread.example.org/s/K7M3QX",
    for_whom="Carers",
    help_lines=(HelpLine("Samaritans", "116 123", "Free, at any time."),),
    language="en",
    made_on=date(2026, 3, 1),
)


def read(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def words_of(reader: pypdf.PdfReader) -> str:
    return " ".join(reader.pages[0].extract_text().replace("\u00a0", " ").split())


def alternatives(node: object) -> list[str]:
    """Walk the tags of a PDF and gather what stands for pictures."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [words for each in node for words in alternatives(each)]
    if not isinstance(node, dict):
        return []
    own = [str(node["/Alt"])] if "/Alt" in node else []
    return own + alternatives(node.get("/K", []))


def test_it_is_tagged_titled_and_says_its_language():
    reader = read(make(POSTER))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "Getting help while you wait – Northmoor"
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert alternatives(root["/StructTreeRoot"]) == [
        "QR code that opens thread.example.org/s/K7M3QX"
    ]


def test_control_a_poster_that_hears_no_title_is_no_pdf_ua():
    with pytest.raises(typst.TypstError, match="title"):
        typst.compile(b"= Poster", format="pdf", pdf_standards="ua-1")


def test_it_says_who_asks_what_happens_and_who_helps_now():
    words = words_of(read(make(POSTER)))
    for each in (
        "Northmoor",
        "Carers",
        "What would make the wait easier?",
        "No name needed.",
        "thread.example.org/s/K7M3QX",
        "We listen until 5 April 2026.",
        "116 123",
    ):
        assert each in words


def test_however_much_people_write_it_stays_one_page():
    much = Poster(
        **{
            **vars(POSTER),
            "organisation": "Northmoor and West Riding University Hospitals " * 2,
            "question": "What would help you through the weeks of waiting for it? " * 5,
            "about": "You told us that the wait is the hardest part of it all. " * 4,
            "for_whom": "People who look after somebody else, at home or away",
            "url": f"https://{'co-production.' * 4}example.org/s/K7M3QX",
            "shown_url": f"{'co-production.' * 4}example.org/s/K7M3QX",
            "help_lines": POSTER.help_lines * 4,
        }
    )
    assert len(read(make(much)).pages) == 1


def test_what_people_write_is_never_read_as_markup():
    sly = Poster(**{**vars(POSTER), "question": '#import "x": * $a$ "quoted" <b>?'})
    assert '#import "x": * $a$ "quoted" <b>?' in words_of(read(make(sly)))


def test_the_square_is_drawn_here_as_svg():
    drawn = qr_svg("https://thread.example.org/s/K7M3QX")
    assert drawn.startswith("<svg")
    assert "http://www.w3.org/2000/svg" in drawn
    assert drawn != qr_svg("https://thread.example.org/s/K7M3QY")


@pytest.mark.django_db
def test_a_projects_poster_carries_its_terms_its_days_and_its_help(settings):
    settings.SITE_URL = "https://thread.example.org"
    who = listening_project()
    HelpLineFactory.create(organisation=who.organisation, name="Nightline", number="0114 496 0000")
    poster = poster_of(who.project)
    assert poster.question == "What would make the wait for counselling easier?"
    assert poster.url == f"https://thread.example.org/s/{who.project.short}"
    assert poster.shown_url == f"thread.example.org/s/{who.project.short}"
    assert "1\u00a0June\u00a02026" in poster.steps[-1][1]
    assert [each.number for each in poster.help_lines] == ["0114 496 0000", "999", "116 123"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("open_to", "says", "never"),
    [
        ("everyone", "No name and no account needed.", "Sign in"),
        ("members", "Sign in", "account n"),
    ],
)
def test_whether_an_account_is_needed_is_said_as_it_is(open_to, says, never):
    who = listening_project(open_to=open_to)
    printed = " ".join([*poster_of(who.project).steps[0], *slips_of(who.project).slips[0].lines])
    assert printed.count(says) == 2
    assert never not in printed


@pytest.mark.django_db
def test_where_children_are_asked_their_line_stands_on_the_poster_and_on_every_slip():
    who = listening_project(ages=["11-12", "13-15"])
    lines = {"Nightline": "", "Papyrus": "under 35", "Childline": "under 19"}
    for name, ages in lines.items():
        number = "0800 1111" if name == "Childline" else f"0114 {len(name)}"
        HelpLineFactory.create(
            organisation=who.organisation, name=name, number=number, ages=ages, position=len(ages)
        )
    numbers = [each.number for each in poster_of(who.project).help_lines]
    assert numbers == ["0114 7", "0114 9", "116 123", "999", "0800 1111"]
    assert "Childline: 0800 1111" in slips_of(who.project).help.replace("\u00a0", " ")
    Project.objects.filter(pk=who.project.pk).update(ages=["adult"])
    who.project.refresh_from_db()
    assert "0800 1111" not in {each.number for each in poster_of(who.project).help_lines}


@pytest.mark.django_db
def test_a_strand_has_a_poster_of_its_own_and_no_other_projects_strand():
    who, other = listening_project(), listening_project()
    carers = services.add_strand(by=who.tom, project=who.project, name="Carers", now=NOW)
    poster = poster_of(who.project, strand_short=carers.short.lower())
    assert (poster.for_whom, poster.url.endswith(carers.short)) == ("Carers", True)
    assert poster_of(other.project, strand_short=carers.short) is None


@pytest.mark.django_db
def test_only_whole_sentences_of_the_summary_stand_on_it():
    who = listening_project(summary="One short sentence here. " * 20)
    Terms.objects.all().delete()
    poster = poster_of(who.project)
    assert poster.about.endswith("here.")
    assert len(poster.about) < 260
    assert poster.question == who.project.title
