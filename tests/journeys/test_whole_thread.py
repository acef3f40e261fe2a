"""One voice all the way: said, read, grouped, merged, decided, done, changed, told, confirmed.

Then the same voice is taken back, and its thread still stands without it.
"""

import pytest

from goldenthread.debrief.replies import rounds
from goldenthread.listen.themes.models import Theme
from goldenthread.listen.themes.tests.factories import ThemeFactory
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.tests.factories import released_voice
from goldenthread.projects.tests.factories import Listening
from goldenthread.safety.reading.services import destroy_due
from goldenthread.thread.queries import voices_beneath
from tests.journeys.conftest import Crowd, Time
from tests.journeys.hands import Hands

pytestmark = [pytest.mark.submission, pytest.mark.django_db(transaction=True)]
SAID = "Six weeks and not one word. I thought you had lost me."
TITLE = "Waiting with no word"


def test_one_voice_all_the_way(crowd: Crowd, around: Listening, time: Time) -> None:
    at = f"/p/{around.project.address}"
    code = speak(crowd, at, time)
    read(crowd, around, at, time)
    group_and_merge(crowd, around, at, time)
    decide(crowd, around, at, time)
    act(crowd, around, at, time)
    tell(crowd, around, at, time)
    follow_and_confirm(crowd, code, time)
    take_back(crowd, around, at, code, time)


def speak(crowd: Crowd, at: str, time: Time) -> str:
    """A guest says something, keeps the receipt, and finds that nobody has read it yet."""
    guest = crowd.hands_of()
    guest.go(f"{at}/speak/")
    guest.sees("116 123")
    guest.fill("Your words", SAID)
    time.pass_by(minutes=3)
    guest.press("Send it to a reader")
    guest.sees("Thank you. We have it.")
    code = guest.page.locator("#code").inner_text()
    guest.go("/receipt/")
    guest.fill("Your receipt", code.lower().replace("-", " "))
    guest.press("Open my receipt")
    guest.sees("You said it")
    guest.sees_not(SAID)
    return code


def read(crowd: Crowd, around: Listening, at: str, time: Time) -> None:
    """One reader asks for a second pair of eyes, the other releases."""
    time.pass_by(days=1)
    rosa = crowd.hands_of(around.rosa)
    rosa.go(f"{at}/reading/")
    rosa.sees_not(SAID)
    rosa.press("Read the next one")
    rosa.sees(SAID)
    rosa.press("Ask a second reader")
    sam = crowd.hands_of(around.sam)
    sam.go(f"{at}/reading/")
    sam.press("Read the next one")
    sam.press("Release it")
    guest = crowd.hands_of()
    guest.go(f"{at}/board/")
    guest.sees(SAID)


def group_and_merge(crowd: Crowd, around: Listening, at: str, time: Time) -> None:
    """A facilitator makes a theme of it, and merges that into one that a co-lead had begun."""
    time.pass_by(days=1)
    theme = ThemeFactory.create(project=around.project, title=TITLE)
    other = released_voice(around.project, "Nobody rings.")
    tom = crowd.hands_of(around.tom)
    tom.go(f"{at}/themes/work/")
    tom.choose(SAID[:20])
    tom.fill("New theme", "Silence")
    tom.press("Make it")
    tom.go(f"{at}/themes/{theme.ref}/merge/")
    tom.choose("Silence")
    tom.press("Merge them into this one")
    voice = Voice.objects.exclude(pk=other.pk).get()
    assert voices_beneath(theme.ref) == [voice.ref]
    tom.go(f"{at}/themes/{theme.ref}/work/")
    tom.press("Show it back")
    time.pass_by(days=8)
    tom = crowd.hands_of(around.tom)  # the session of staff has long ended
    tom.go(f"{at}/themes/{theme.ref}/work/")
    tom.press("It is ready to be decided on")
    theme.refresh_from_db()
    assert theme.state == Theme.State.AGREED


def decide(crowd: Crowd, around: Listening, at: str, time: Time) -> None:
    """A decision-maker writes down what was decided and why, and publishes it."""
    time.pass_by(days=40)
    dev = crowd.hands_of(around.dev)
    dev.go(f"{at}/decisions/new/")
    dev.fill("What was decided, in a few words", "A message every week")
    dev.choose(TITLE)
    dev.fill("What was the question?", "How should people hear from us while they wait?")
    dev.fill("Option 1", "A message every week")
    dev.choose("This one was chosen")
    dev.fill("Option 2", "Leave it as it is")
    dev.fill("What did people say about it?", "That the silence is the hardest part.")
    dev.choose("Yes")
    dev.fill("Why?", "It costs an hour a week, and it is what people asked for.")
    dev.fill("If no group: who decided?", "Dev Marsh and the student panel")
    dev.fill("How many people decided?", "12")
    dev.fill("How many of them have lived experience?", "8")
    dev.day("When was it decided?", time.now.date())
    dev.press("Keep the draft and look at it")
    dev.press("Publish this decision")
    dev.sees("It costs an hour a week")


def act(crowd: Crowd, around: Listening, at: str, time: Time) -> None:
    """A facilitator plans an action, finishes it, and says what is different now."""
    decision = around.project.decisions.get()
    time.pass_by(days=1)
    tom = crowd.hands_of(around.tom)
    tom.go(f"{at}/decisions/{decision.ref}/actions/new/")
    tom.fill("What will be done?", "Write to everyone on the list each Monday")
    tom.fill("Who does it?", "Ola Brandt")
    tom.fill("Who with lived experience owns it with them?", "Cara Doyle")
    tom.day("By when?", time.now.date())
    tom.press("Plan it")
    action = around.project.actions.get()
    tom.go(f"{at}/actions/{action.ref}/")
    tom.press("It is done")
    tom.go(f"{at}/actions/{action.ref}/change/")
    tom.fill(
        "What is different now?", "Everyone on the list hears from a named person each Monday."
    )
    tom.fill("How can anyone tell?", "The log shows six weeks without a gap.")
    tom.day("Since when?", time.now.date())
    tom.press("Publish this change")
    tom.sees("Everyone on the list hears")


def tell(crowd: Crowd, around: Listening, at: str, time: Time) -> None:
    """The reply is written once and reaches every voice beneath the change."""
    change = around.project.changes.get()
    tom = crowd.hands_of(around.tom)
    tom.go(f"{at}/replies/new/?about=change:{change.ref}")
    tom.fill(
        "Your answer",
        "You told us that waiting with no word was the hardest part. Now we write each Monday.",
    )
    tom.fill(
        "What happens next, and by when?", "In four weeks we ask whether it has changed for you."
    )
    tom.fill("Signed by", "Tom Okafor")
    tom.press("Keep it and see who it reaches")
    tom.sees("This goes to 1 voice.")
    tom.press("Send it to everyone beneath")
    rounds.carry_out(now=time.now)


def follow_and_confirm(crowd: Crowd, code: str, time: Time) -> None:
    """Behind the receipt stands the whole thread; four weeks later the question."""
    guest = opened(crowd, code)
    for step in (
        TITLE,
        "A message every week",
        "Write to everyone",
        "Everyone on the list hears",
        "You have an answer",
    ):
        guest.sees(step)
    guest.sees_not(SAID)
    guest.sees_not("Has it changed for you?")
    time.pass_by(days=29)
    guest = opened(crowd, code)
    guest.press("Answer in one minute")
    guest.choose("Yes")
    guest.press("Send my answer")
    guest.sees("Only you could tell us")


def opened(crowd: Crowd, code: str) -> Hands:
    guest = crowd.hands_of()
    guest.go("/receipt/")
    guest.fill("Your receipt", code)
    guest.press("Open my receipt")
    return guest


def take_back(crowd: Crowd, around: Listening, at: str, code: str, time: Time) -> None:
    """The words go, the thread stays."""
    guest = opened(crowd, code)
    guest.open("Take my words back")
    guest.press("Take my words back")
    guest.sees("Your words are hidden now")
    reader = crowd.hands_of()
    reader.go(f"{at}/board/")
    reader.sees_not(SAID)
    time.pass_by(days=8)
    assert destroy_due(now=time.now) == 1
    voice = Voice.objects.get(receipt__isnull=False)
    assert voice.words.text is None
    change = around.project.changes.get()
    reader.go(f"{at}/changes/{change.ref}/")
    for step in (TITLE, "A message every week", "Write to everyone"):
        reader.sees(step)
    assert voices_beneath(change.ref) == [voice.ref]
