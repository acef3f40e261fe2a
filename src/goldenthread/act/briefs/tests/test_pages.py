"""The pages of a brief, through the front door; and the page on paper."""

import io
from collections.abc import Iterator
from typing import Any

import docx
import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.act.briefs.forms import PLACES
from goldenthread.act.briefs.models import Brief, BriefOption, Delegation
from goldenthread.act.briefs.tests.factories import DUE, NOTHING, WEEKLY, draft, given, theme_of
from goldenthread.act.decisions.models import Decision
from goldenthread.act.decisions.tests.factories import LATER, agreed_theme
from goldenthread.kit import clock
from goldenthread.kit.testing.queries import at_most
from goldenthread.listen.summaries import services as summaries
from goldenthread.listen.themes.models import Theme
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.tests.factories import released_voice, signed_in
from goldenthread.people.accounts.models import Person
from goldenthread.projects.tests.factories import Listening, listening_project
from goldenthread.safety.consent.models import Consent, QuoteLook
from goldenthread.safety.consent.tests.factories import let_quote
from goldenthread.safety.release.services import freeze

pytestmark = pytest.mark.django_db
PAGE_BUDGET = 12  # with the session, and who it belongs to
QUOTE = "A text would have been enough."
UNREAD = "Nobody has read this yet."


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with clock.frozen(LATER):
        yield


@pytest.fixture
def house() -> Listening:
    return listening_project()


def at(house: Listening, rest: str = "") -> str:
    return f"/p/{house.project.address}/briefs/{rest}"


def may_be_quoted(voice: Voice) -> Voice:
    let_quote(voice.words)
    words = voice.words
    QuoteLook.objects.create(words=words, seen=words.version, agreed=True, on=LATER.date())
    return voice


def heard(house: Listening) -> tuple[Theme, Voice]:
    """Make a theme of twelve voices, one of whom may be quoted; and a sentence of the summary."""
    quoted = may_be_quoted(released_voice(house.project, QUOTE))
    voices = [released_voice(house.project, UNREAD).ref for _ in range(11)]
    theme = agreed_theme(house, [quoted.ref, *voices])
    said = summaries.write(
        by=house.tom,
        project=house.project,
        text="Many thought that they were forgotten.",
        themes=[theme.ref],
        now=LATER,
    )
    summaries.show(by=house.tom, sentence=said, now=LATER)
    return theme, quoted


def typed(house: Listening, theme: Theme, **other: Any) -> dict[str, Any]:
    boxes = {f"{part}_0": WEEKLY[part] for part in ("text", "cost", "risk", "outcome")}
    boxes |= {f"{part}_as_it_is": NOTHING[part] for part in ("cost", "risk", "outcome")}
    return {
        "title": "A message every week",
        "ask": "Please decide how we keep in touch.",
        "asked_of": str(house.dev.ref),
        "decide_by": DUE.isoformat(),
        "themes": [str(theme.ref)],
        **boxes,
        **other,
    }


def test_what_people_said_is_drawn_and_never_typed(house: Listening) -> None:
    theme, quoted = heard(house)
    answer = signed_in(house.cara).post(
        at(house, "new/"), typed(house, theme, quoted=[str(quoted.pk)])
    )
    brief = Brief.objects.get()
    assert answer["Location"] == at(house, f"{brief.ref}/")
    signed_in(house.tom).post(at(house, f"{brief.ref}/give/"))
    dev = signed_in(house.dev)
    shown = dev.get(at(house, f"{brief.ref}/")).content.decode()
    for words in (theme.sentence, "Many thought that they were forgotten.", QUOTE):
        assert words in shown
    assert UNREAD not in shown
    assert "Said by" not in shown  # nothing is frozen yet
    freeze(project=house.project, now=LATER)
    assert "Said by about 10 voices." in dev.get(at(house, f"{brief.ref}/")).content.decode()
    Consent.objects.update(withdrawn_on=LATER.date())
    assert QUOTE not in dev.get(at(house, f"{brief.ref}/")).content.decode()


def test_only_words_that_may_be_quoted_can_be_quoted(house: Listening) -> None:
    theme, quoted = heard(house)
    page = signed_in(house.cara).get(at(house, "new/")).content.decode()
    assert QUOTE in page
    assert UNREAD not in page
    other = Voice.objects.exclude(pk=quoted.pk).first()
    assert other is not None
    kept = draft(house, theme, quoted=[str(quoted.pk), str(other.pk)])
    assert list(kept.quoted.values_list("words", flat=True)) == [quoted.pk]


def test_an_option_that_is_begun_is_said_in_full(house: Listening) -> None:
    theme = theme_of(house)
    given_half = typed(house, theme, text_1="A page to look at", why="")
    shown = signed_in(house.cara).post(at(house, "new/"), given_half).content.decode()
    assert "An option needs all four. Or leave it empty." in shown
    assert 'value="A page to look at"' in shown
    assert not Brief.objects.exists()


def test_a_draft_opens_for_change_with_all_it_says(house: Listening) -> None:
    brief = draft(house)
    tom = signed_in(house.tom)
    shown = tom.get(at(house, f"{brief.ref}/edit/")).content.decode()
    for words in (brief.title, brief.ask, WEEKLY["cost"], NOTHING["risk"], DUE.isoformat()):
        assert words in shown
    tom.post(at(house, f"{brief.ref}/give/"))
    assert tom.get(at(house, f"{brief.ref}/edit/")).status_code == 404
    tom.post(at(house, f"{brief.ref}/take-back/"))
    tom.post(at(house, f"{brief.ref}/drop/"))
    assert not Brief.objects.exists()


@pytest.mark.parametrize("who", ["rosa", "priya", "ada", "mina", "nell", "stranger", None])
def test_a_brief_looks_like_nothing_to_others(house: Listening, who: str | None) -> None:
    brief = given(house)
    client = signed_in(getattr(house, who)) if who else Client()
    option = brief.options.get(as_it_is=False).ref
    for rest in ("", "edit/", f"decide/{option}/"):
        assert client.get(at(house, f"{brief.ref}/{rest}")).status_code == 404
    for rest in ("new/", "delegates/", f"{brief.ref}.pdf", f"{brief.ref}.docx"):
        assert client.get(at(house, rest)).status_code == 404
    for rest in ("give/", "take-back/", "drop/", f"decide/{option}/"):
        assert client.post(at(house, f"{brief.ref}/{rest}"), {"why": "So."}).status_code == 404
    shown = client.get(at(house)).content.decode()  # that it is asked for is no secret
    assert brief.title in shown
    assert f"{brief.ref}" not in shown
    assert not Decision.objects.exists()


def test_everyone_sees_that_it_is_late_and_then_what_was_decided(house: Listening) -> None:
    brief = given(house)
    with clock.frozen(LATER.replace(day=DUE.day + 1)):
        assert "Overdue" in Client().get(at(house)).content.decode()
        needs = signed_in(house.dev).get("/needs-you/").content.decode()
        assert "it was due on 15 May 2026: A message every week while you wait" in needs
        assert at(house, f"{brief.ref}/") in needs
    option = brief.options.get(as_it_is=False)
    page = at(house, f"{brief.ref}/decide/{option.ref}/")
    dev = signed_in(house.dev)
    assert "Say why" in dev.post(page, {"outcome": "yes", "why": " "}).content.decode()
    assert not Decision.objects.exists()
    answer = dev.post(page, {"outcome": "partly", "why": "We begin small."}, follow=True)
    assert "The brief it was decided from" in answer.content.decode()
    shown = Client().get(at(house, f"{brief.ref}/")).content.decode()
    assert WEEKLY["cost"] in shown
    assert "Choose this" not in shown
    assert "decide by 15 May" not in signed_in(house.dev).get("/needs-you/").content.decode()


def test_whoever_decides_a_moment_too_late_hears_so_and_keeps_their_reason(
    house: Listening,
) -> None:
    brief = given(house)
    option = brief.options.get(as_it_is=False)
    said = {"why": "It costs little.", "outcome": "yes"}
    first, second = signed_in(house.dev), signed_in(house.dev)
    where = at(house, f"{brief.ref}/decide/{option.ref}/")
    assert first.post(where, said).status_code == 302
    late = second.post(where, said | {"why": "It is worth it."})
    assert "This was decided already." in late.content.decode()
    assert "It is worth it." in late.content.decode()
    assert second.get(where).status_code == 404
    assert signed_in(house.mina).post(where, said).status_code == 404
    assert Decision.objects.count() == 1


def test_a_delegate_is_named_decides_and_steps_down(house: Listening) -> None:
    brief = given(house)
    mina, page = signed_in(house.mina), at(house, "delegates/")
    assert mina.get(page).status_code == 404
    named = {"email": house.mina.email, "brief": "", "ends_on": "2026-06-30"}
    signed_in(house.dev).post(page, named)
    assert "decide by 15 May 2026" in mina.get("/needs-you/").content.decode()
    assert "You decide in the name of Dev" in mina.get(page).content.decode()
    assert "Mina decides in the name of Dev" in Client().get(at(house)).content.decode()
    shown = mina.get(at(house, f"{brief.ref}/")).content.decode()
    assert "You decide in the name of Dev. The decision will say so." in shown
    assert "Dev decides, or in their name: Mina." in shown
    kept = Delegation.objects.get()
    end = at(house, f"delegates/{kept.ref}/end/")
    assert signed_in(house.cara).post(end).status_code == 404
    mina.post(end)
    assert mina.get(at(house, f"{brief.ref}/")).status_code == 404


def paper(client: Client, house: Listening, brief: Brief, kind: str) -> io.BytesIO:
    answer = client.get(reverse(f"briefs:{kind}", args=[house.project.address, brief.ref]))
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-cache"
    return io.BytesIO(answer.content)


def test_it_goes_on_paper_as_pdf_and_word(house: Listening) -> None:
    theme, quoted = heard(house)
    brief = given(house, theme, quoted=[str(quoted.pk)])
    dev = signed_in(house.dev)
    pdf = pypdf.PdfReader(paper(dev, house, brief, "pdf"))
    root: Any = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    [page] = pdf.pages
    printed = " ".join(page.extract_text().split())
    word = docx.Document(paper(dev, house, brief, "docx"))
    written = [each.text for each in word.paragraphs]
    [table] = word.tables
    written += [cell.text for row in table.rows for cell in row.cells]
    for words in (brief.title, brief.ask, WEEKLY["cost"], NOTHING["text"], QUOTE):
        assert words in printed
        assert any(words in each for each in written)


WIDE = "WWWWWWWW "
LONG = "W" * 600


@pytest.mark.parametrize("words", ["people wait for weeks ", WIDE, LONG])
def test_whatever_the_form_takes_fits_on_one_page(house: Listening, words: str) -> None:
    def most(letters: int) -> str:
        return (words * letters)[:letters].strip()

    voices = [may_be_quoted(released_voice(house.project, most(240))) for _ in range(2)]
    themes = [agreed_theme(house, [each.ref for each in voices], most(80)) for _ in range(3)]
    Theme.objects.update(sentence=most(400))
    for _ in range(3):
        refs = [each.ref for each in themes]
        written = {"text": most(300), "themes": refs}
        said = summaries.write(by=house.tom, project=house.project, now=LATER, **written)
        summaries.show(by=house.tom, sentence=said, now=LATER)
    texts = {"text": most(120), "cost": most(100), "risk": most(140)}
    options = [WEEKLY | texts] * PLACES + [NOTHING | texts]
    quoted = [str(each.pk) for each in voices]
    house.project.title = most(120)
    house.project.save()
    Person.objects.filter(pk=house.dev.pk).update(name=most(80))
    brief = given(
        *(house, themes[0]),
        themes=themes,
        options=options,
        quoted=quoted,
        title=most(80),
        ask=most(200),
    )
    assert brief.quoted.count() == len(voices)
    [page] = pypdf.PdfReader(paper(signed_in(house.tom), house, brief, "pdf")).pages
    sizes: list[float] = []
    page.extract_text(visitor_text=lambda _t, _c, tm, _f, size: sizes.append(size * abs(tm[3])))
    assert page.extract_text().count("W") >= words.count("W")
    smallest = min(size for size in sizes if size > 1)
    assert smallest >= (8 if words[0] == "p" else 4)


def test_the_form_takes_no_more_than_the_page_holds() -> None:
    lengths = {
        field.name: field.max_length
        for field in BriefOption._meta.get_fields()
        if getattr(field, "max_length", None)
    }
    assert (lengths["text"], lengths["cost"], lengths["risk"]) == (120, 100, 140)


@pytest.mark.parametrize("many", [1, 3])
def test_pages_ask_the_database_no_more_for_more(house: Listening, many: int) -> None:
    theme, quoted = heard(house)
    for number in range(many):
        brief = given(house, theme, title=f"Brief {number}", quoted=[str(quoted.pk)])
    Delegation.objects.create(
        project=house.project,
        decision_maker=house.dev,
        delegate=house.mina,
        starts_on=LATER.date(),
        ends_on=DUE,
    )
    for client in (signed_in(house.dev), signed_in(house.tom), signed_in(house.mina)):
        for address in (at(house), at(house, f"{brief.ref}/")):
            client.get(address)
            with at_most(PAGE_BUDGET):
                assert client.get(address).status_code == 200
