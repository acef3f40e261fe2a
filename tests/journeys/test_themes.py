"""From 2,216 answers to twelve themes that a person made; and a pair who sort, and talk."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from goldenthread.kit.testing.browser import check_page, take_picture
from goldenthread.listen.candidates.models import Candidate
from goldenthread.listen.coding.models import Coding, Round
from goldenthread.listen.coding.tests.factories import two_codes
from goldenthread.listen.themes.models import Grouping, Theme
from goldenthread.listen.voices import services as voices
from goldenthread.listen.voices import sheets
from goldenthread.listen.voices.sheets import Columns
from goldenthread.projects.tests.factories import NOW, Listening
from goldenthread.safety.reading.models import Words
from tests.journeys.conftest import MODES, PLAIN, Crowd, Mode
from tests.journeys.hands import Hands

SHARED = Path(os.environ.get("GOLDENTHREAD_TEST_DATA", "../shared/data"))
ANSWERS = SHARED / "text" / "osmi_2016_why.csv"
PICTURES = os.environ.get("GOLDENTHREAD_PICTURES", "")
TWELVE = 12
PATIENT = 60_000  # milliseconds: three browsers at once, on a busy machine

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.submission]


def look(hands: Hands, name: str) -> None:
    """Look at a page as narrow as it may be, and take its picture where that is wanted."""
    if hands.mirror is None:
        check_page(hands.page)
    for width in (375, 1280) if PICTURES else ():
        take_picture(hands.page, f"themes-{name}", Path(PICTURES), width)
    hands.page.set_viewport_size({"width": 375, "height": 800})


def bring_in_answers(around: Listening) -> None:
    """Import the answers, and let them be read, as the rooms before do."""
    sheet = sheets.read(sheets.decode(ANSWERS.read_bytes()))
    taken = sheets.take(sheet, Columns(words="text"))
    voices.import_voices(
        by=around.tom, project=around.project, rows=taken.rows, fingerprint=b"f" * 32, now=NOW
    )
    for words in Words.objects.filter(project=around.project):
        words.state, words.shown, words.released_on = "released", words.text, NOW.date()
        words.save(update_fields=["state", "shown", "released_on"])


@pytest.mark.skipif(not ANSWERS.exists(), reason=f"the shared answers are not in {SHARED}")
def test_2216_answers_become_twelve_themes(
    around: Listening, crowds: Callable[[Mode], Crowd]
) -> None:
    bring_in_answers(around)
    plain, looking = crowds(MODES["without scripts"]), crowds(PLAIN)
    tom, cara = plain.hands_of(around.tom), looking.hands_of(around.cara)
    for hands in (tom, cara):
        hands.page.set_default_timeout(PATIENT)
    tom.go(f"/p/{around.project.address}/themes/work/")
    tom.press("Candidate themes")
    tom.fill("How many candidates", str(TWELVE))
    tom.press("Show candidates")
    tom.sees(f"{TWELVE} candidates wait")
    tom.sees("fit in none of these")
    cara.go(f"/p/{around.project.address}/themes/candidates/")  # she sees what Tom asked for
    look(cara, "candidates")
    assert Candidate.objects.count() == TWELVE

    first, second = Candidate.objects.order_by("place")[:2]
    tom.go(f"/p/{around.project.address}/themes/candidates/{second.ref}/")
    tom.page.get_by_label("Merge into").select_option(str(first.ref))
    tom.press("Merge")
    tom.sees("All their voices are here")
    tom.press("Split")
    tom.sees("smaller groups")
    number = 0
    while number < TWELVE:
        held = Candidate.objects.filter(state="open").order_by("place").first()
        assert held is not None
        tom.go(f"/p/{around.project.address}/themes/candidates/{held.ref}/")
        if number == 0:
            cara.go(f"/p/{around.project.address}/themes/candidates/{held.ref}/")
            look(cara, "candidate")
            tom.page.locator('input[name="voices"]').nth(0).check()
            tom.press("Take out")
        number += 1
        tom.write(tom.page.locator("#accept_title"), f"What people say, {number}")
        tom.press("Make it a theme")
        tom.sees("Made the theme")
    for left in Candidate.objects.filter(state="open"):
        tom.go(f"/p/{around.project.address}/themes/candidates/{left.ref}/")
        tom.press("Put it aside")
    tom.sees("Every candidate has been looked at")
    cara.go(f"/p/{around.project.address}/themes/candidates/")
    look(cara, "done")
    themes = Theme.objects.filter(project=around.project)
    assert themes.count() == TWELVE
    assert all(theme.voice_count for theme in themes)
    assert Grouping.objects.values("voice").distinct().count() > 1000


def test_a_pair_sorts_alone_and_talks_it_through(around: Listening, crowd: Crowd) -> None:
    waiting, told = two_codes(around, voices=5)
    tom, cara, mina = (crowd.hands_of(each) for each in (around.tom, around.cara, around.mina))
    for hands in (tom, cara, mina):
        hands.page.set_default_timeout(PATIENT)
    tom.go(f"/p/{around.project.address}/codebook/")
    tom.press("Start a round")
    look(tom, "start")
    tom.fill("How many voices", "10")
    tom.choose("Cara")
    tom.fill("Members who sort too", around.mina.email)
    tom.press("Draw the sample")
    round_ = Round.objects.get()
    home = f"/p/{around.project.address}/codebook/rounds/{round_.ref}/"
    for hands, other in ((cara, told), (mina, waiting)):
        hands.go("/needs-you/")
        hands.press("sort a sample of what people said")
        for number in range(10):
            hands.sees(f"{number + 1} of 10")
            if number == 0 and hands is cara:
                look(hands, "sorting")
            if number == 3:
                hands.press("None of these")
                continue
            hands.choose((other if number == 0 else (waiting, told)[number % 2]).title)
            hands.press("Save and go on")
        hands.go(home)
        hands.sees_not("Where you differ")
        hands.sees_not("Krippendorff")
        hands.press("Sort what was said")
        hands.press("I am done")
    assert Coding.objects.count() == 20
    tom.go(home)
    tom.sees("Krippendorff")
    look(tom, "compared")
    tom.press("Talk it through")
    look(tom, "talk")
    tom.choose("Waiting")
    tom.fill("Why, in a few words", "It is the wait that hurts.")
    tom.press("We agree on this")
    tom.press("Settle this round")
    tom.sees("This round is settled")
    mina.go(home)
    mina.sees("It is the wait that hurts.")
    look(mina, "settled")
