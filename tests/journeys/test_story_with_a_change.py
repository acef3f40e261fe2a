"""A story with a change: told, read, answered by name with what changed, and confirmed.

Then its author chooses that nobody sees it here any more.
"""

from datetime import timedelta

import pytest

from goldenthread.debrief.replies import rounds
from goldenthread.debrief.replies.models import Confirmation, Told
from goldenthread.kit.testing.browser import check_page
from goldenthread.listen.stories.models import Story
from goldenthread.listen.stories.services import switch_on
from goldenthread.projects.tests.factories import NOW, Listening
from tests.journeys.conftest import Crowd, Time
from tests.journeys.hands import Hands

pytestmark = [pytest.mark.submission, pytest.mark.django_db(transaction=True)]
GOOD = "The nurse sat down beside me."
BETTER = "Nobody rang me back for three weeks."
DIFFERENT = "Whoever waits hears from a named person each Monday."


def look_at_320(hands: Hands) -> None:
    """Look at the page on the smallest phone, where scripts can run."""
    if hands.mirror is None:
        check_page(hands.page, widths=(320,), schemes=("light",))


def test_a_story_with_a_change(crowd: Crowd, around: Listening, time: Time) -> None:
    asked = {"good_prompt": "What was good?", "better_prompt": "What could be better?"}
    switch_on(by=around.tom, project=around.project, **asked, now=NOW)
    at = f"/p/{around.project.address}"
    code = tell(crowd, at, time)
    read(crowd, around, at, time)
    answer(crowd, around, at, time)
    guest = come_back(crowd, code)
    guest.press("Answer in one minute")
    guest.choose("Partly")
    guest.press("Send")
    guest.sees("Only you could tell us.")
    assert Confirmation.objects.get().answer == "partly"
    assert Told.objects.get().state == Told.State.OPENED
    stop_showing(crowd, guest, at)


def tell(crowd: Crowd, at: str, time: Time) -> str:
    """A guest tells a story, and keeps the receipt."""
    guest = crowd.hands_of()
    guest.go(f"{at}/stories/tell/")
    guest.sees("116 123")
    look_at_320(guest)
    guest.fill("What was good?", GOOD)
    guest.fill("What could be better?", BETTER)
    guest.choose("Ignored")
    guest.choose("Abuse")
    guest.choose("Mine")
    time.pass_by(minutes=3)
    guest.press("Send it to a reader")
    guest.sees("Thank you. We have it.")
    return guest.page.locator("#code").inner_text()


def read(crowd: Crowd, around: Listening, at: str, time: Time) -> None:
    """A reader releases it; whoever reads it sees first what it talks about."""
    time.pass_by(days=1)
    rosa = crowd.hands_of(around.rosa)
    rosa.go(f"{at}/reading/")
    rosa.press("Read the next one")
    rosa.sees(BETTER)
    rosa.press("Release it")
    guest = crowd.hands_of()
    guest.go(f"{at}/stories/")
    guest.sees("Before you read: it talks about abuse")
    look_at_320(guest)
    guest.open("Choose what you would rather not see")
    guest.choose("Abuse")
    guest.press("Keep my choice")
    guest.sees("A story is hidden because of your choice")
    guest.sees_not(BETTER)
    guest.press("Show it")
    guest.open("Before you read")
    guest.sees(BETTER)
    look_at_320(guest)


def answer(crowd: Crowd, around: Listening, at: str, time: Time) -> None:
    """A facilitator answers by name, says what changed, and everyone can read it."""
    time.pass_by(days=40)
    story = Story.objects.get()
    tom = crowd.hands_of(around.tom)
    tom.go(f"{at}/stories/{story.pk}/")
    tom.press("Answer the person who said this")
    tom.fill("Your answer", "You told us that nobody rang you back for three weeks. We are sorry.")
    tom.fill("What happens next", "On 1 June Tom asks ten people whether it is so.")
    tom.fill("Signed by", "Tom Okafor, head of the waiting list")
    tom.open("Something has changed because of it")
    tom.fill("Or: what is different now?", DIFFERENT)
    tom.fill("How can anyone tell?", "The log shows five weeks without a gap, said Cara.")
    tom.day("Since when?", (time.now - timedelta(days=35)).date())
    look_at_320(tom)
    tom.press("Keep it and see who it reaches")
    tom.sees(DIFFERENT)
    tom.press("Send it to this person")
    rounds.carry_out(now=time.now)
    guest = crowd.hands_of()
    guest.go(f"{at}/stories/?came=change")
    guest.press("A story")
    guest.sees("Signed by Tom Okafor, head of the waiting list.")
    guest.sees(DIFFERENT)


def come_back(crowd: Crowd, code: str) -> Hands:
    """Whoever told it comes back with the receipt."""
    guest = crowd.hands_of()
    guest.go("/receipt/")
    guest.fill("Your receipt", code)
    guest.press("Open my receipt")
    guest.sees("You have an answer")
    return guest


def stop_showing(crowd: Crowd, guest: Hands, at: str) -> None:
    """They choose that nobody sees it here, and nobody does."""
    guest.go("/receipt/")
    guest.press("Choose who may see your story")
    look_at_320(guest)
    guest.press("Do not show my story")
    guest.sees("Your story is held back, because you asked.")
    other = crowd.hands_of()
    other.go(f"{at}/stories/")
    other.sees_not(BETTER)
    other.sees("No story to read yet")
