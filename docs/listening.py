"""Sections 11 to 13 of the tutorial: other ways to listen, a survey, and making sense of it all."""

import os
from pathlib import Path

from hands import PHONE, Hands, someone
from playwright.sync_api import Browser

AT, OLDER = "/p/first-weeks", "/p/while-you-wait"
FOLDER = Path(os.environ.get("GOLDENTHREAD_TEST_DATA", "../shared/data"))
TOO_QUICK = 5000  # whoever sends sooner is asked to press again
PLACES = (("Outside", "A ball"), ("In a quiet room", "A quiet place"))
SORTED, OTHERWISE = 10, (2, 6)  # voices of a round, and where the second of two differs
SIGNS = {
    "What it costs": ("money", "cost", "bus", "pay", "fund", "rent", "fare"),
    "Evenings and weekends": ("evening", "weekend", "saturday", "shift", "lecture", "labs"),
    "Being passed around": ("story", "office", "form", "sent me", "explain", "pass"),
    "The first weeks": ("new ", "first", "welcome", "arriv", "mentor"),
    "Waiting with no word": ("wait", "silence", "message", "hear", "list"),
}  # of a topic, for a player who cannot think


def ways(hands: Hands, name: str) -> None:
    """Open one of the ways to listen."""
    hands.go(f"{AT}/ways/")
    hands.page.locator("main h3 a", has_text=name).first.click()
    hands.page.wait_for_load_state()


def converse(browser: Browser, site: str) -> None:
    """Vote in a conversation as a guest, look at the answers given, then at the map."""
    with someone(browser, site, "Facilitator") as tom:
        tom.go(f"{AT}/ways/")
        tom.picture("19-ways")
    with someone(browser, site) as guest:
        guest.go(f"{AT}/")
        guest.press("How should we welcome new students?")
        guest.press("Begin")
        guest.picture("20-a-statement", PHONE, start="h1")
        for number, stance in enumerate(("Agree", "Disagree", "Pass"), start=1):
            guest.press(stance)
            guest.sees(f"You have answered {number} of")
        guest.press("My answers")
        guest.sees("Your answer: Agree")
        guest.page.locator("main .mine").last.get_by_role("button", name="Pass").click()
        guest.page.wait_for_load_state()
        guest.picture("21-my-answers", PHONE, start="h1")
        guest.press("See what people think")
        guest.picture("22-map", start="h2:has-text('Who thinks alike')")


def tell(browser: Browser, site: str) -> None:
    """Tell a story as a guest; look at one that was answered with a change."""
    with someone(browser, site) as guest:
        guest.go(f"{AT}/")
        guest.press("Tell a story of what happened")
        guest.fill("What was good?", "A second-year student sat down beside me at lunch.")
        guest.fill("What could have been better?", "Until then I had eaten alone for nine days.")
        guest.choose("Alone")
        guest.choose("Hopeful")
        guest.choose("Mine")
        guest.picture("23-tell-a-story", PHONE, start="label:has-text('What was good?')")
        guest.page.wait_for_timeout(TOO_QUICK)
        guest.press("Send it to a reader")
        guest.sees("Thank you. We have it.")
        guest.go(f"{AT}/stories/")
        guest.page.locator("main h2 a", has_text="A porter").click()
        guest.page.wait_for_load_state()
        guest.picture("24-stories", start="h1")


def ask(browser: Browser, site: str) -> None:
    """Ask something quickly, reply to it as a guest, end it; look at one that has its answer."""
    question = "Shall the library stay open until midnight in week one?"
    with someone(browser, site, "Facilitator") as tom, someone(browser, site) as guest:
        ways(tom, "Quick question")
        tom.press("Ask a quick question")
        tom.fill("Your question", question)
        tom.fill("What will you do with what people say?", "The library decides by it on Friday.")
        tom.unfold("Offer answers to choose from")
        tom.fill("First answer", "Yes, until midnight")
        tom.fill("Second answer", "No, ten is enough")
        tom.press("Ask now")
        guest.go(f"{AT}/")
        guest.press(question)
        guest.choose("Yes, until midnight")
        guest.fill("Say more, if you like", "My room is loud. I read better there.")
        guest.picture("25-quick-question", PHONE, start="h1")
        guest.page.wait_for_timeout(TOO_QUICK)
        guest.press("Send it")
        guest.sees("Thank you")
        tom.unfold("Pass it on, or end it")
        tom.press("End it now")
        tom.sees("Write the answer")
    with someone(browser, site) as guest:
        guest.go(f"{AT}/")
        guest.press("Shall the open evening be on a weekday")
        guest.sees("Our answer")
        guest.picture("26-quick-answer", PHONE, start="h1")


def meet(browser: Browser, site: str) -> None:
    """Hold the lunch that is planned: note, read back, send, and print the slip."""
    with someone(browser, site, "Facilitator") as tom:
        ways(tom, "Rooms")
        tom.press("A listening lunch for first weeks")
        tom.press("Open it on this device")
        tom.note("I did not know a soul, and then it was Friday.")
        tom.press("Next step")
        tom.note("Keep the porters. They know our names.")
        tom.note("A joke about the food.")
        tom.picture("27-room", start="h1")
        tom.press("Read the notes back")
        tom.choose("Someone wants a slip for this note")
        tom.picture("28-read-back", start="h1")
        tom.press("Yes, that is right")
        tom.press("Yes, that is right")
        tom.press("Leave it out")
        tom.press("Send them to the readers")
        tom.sees("slip")


def raise_hands(browser: Browser, site: str) -> None:
    """Ask a class by hands."""
    with someone(browser, site, "Facilitator") as tom:
        ways(tom, "Rooms")
        tom.press("A round in class")
        tom.fill("What do you ask?", "Where should we meet next time?")
        for number, (text, picture) in enumerate(PLACES, start=1):
            tom.fill(f"Answer {number}", text)
            tom.page.get_by_label(f"Picture for answer {number}").select_option(label=picture)
        tom.press("Show it to the class")
        tom.fill("Outside", "19")
        tom.fill("In a quiet room", "5")
        tom.press("Save the count")
        tom.sees("This is what your hands said")
        tom.picture("29-hands", start="h1")


def type_in(browser: Browser, site: str) -> None:
    """Type in a form from paper."""
    with someone(browser, site, "Facilitator") as tom:
        ways(tom, "Paper")
        tom.choose("Something that is not right")
        tom.page.locator("main textarea").first.fill("The signs end at the second gate.")
        tom.page.wait_for_timeout(TOO_QUICK)
        tom.press("Save it, and go on with the next")
        tom.sees("Saved: form 1")
        tom.picture("30-paper", start="h1")
        tom.press("It is handed over")


def write_survey(browser: Browser, site: str) -> None:
    """Begin a survey with a template, change a question, open it, and answer it as a guest."""
    with someone(browser, site, "Facilitator") as tom, someone(browser, site) as guest:
        ways(tom, "Surveys")
        tom.press("Write a survey")
        tom.choose("How work is for you")
        tom.fill("Title", "Work in the library")
        tom.press("Begin")
        tom.press("Change I can do what is asked of me in the hours I am paid for.")
        tom.fill("The question", "I can do what is asked of me in my hours at the desk.")
        tom.press("Save")
        tom.sees("in my hours at the desk")
        tom.picture("31-survey", start="h2:has-text('Questions')")
        tom.press("See it as people see it")
        tom.sees("Part 1 of 5")
        tom.page.go_back()
        tom.press("Open it")
        tom.press("Open it now")
        guest.go(f"{AT}/")
        guest.press("Work in the library")
        guest.press("Begin")
        guest.choose("Mostly not true")
        guest.picture("32-answering", PHONE, start="h1")
        for _part in range(5):
            guest.press("Go on")
        guest.sees("Look at your answers")
        guest.page.wait_for_timeout(TOO_QUICK)
        guest.press("Send it")
        guest.sees("Your ticks wait for others")


def bring_in(browser: Browser, site: str) -> None:
    """Bring in a survey that was asked elsewhere; leave out what could point to people."""
    told = ("gender", "age", "ethnicity", "area", "education", "disability")
    with someone(browser, site, "Facilitator") as tom:
        ways(tom, "Surveys")
        tom.press("Bring it in from a file")
        tom.give("Your file", FOLDER / "sortition/synthetic_n300_k30/people.csv")
        tom.press("Look at it first")
        tom.fill("What the survey is called", "Are you worried?")
        tom.today()
        for column in told:
            heading = tom.page.get_by_role("heading", name=column, exact=True)
            found = tom.page.locator("main section", has=heading).last
            found.get_by_label("What is it?").select_option(label="Leave it out")
        tom.press("Look again")
        tom.picture("33-look-first", start="h2:has-text('Left out')")
        tom.press("Bring in this survey")
        tom.press("Freeze the results now")
        tom.sees("About 300 people answered")
        tom.picture("34-results", start="h1")


def see_gaps(browser: Browser, site: str) -> None:
    """Look at the strengths and gaps of a survey that was asked twice."""
    with someone(browser, site) as guest:
        guest.go(f"{OLDER}/")
        guest.press("Working in the counselling service")
        guest.press("See what changed")
        guest.page.go_back()
        guest.press("Strengths and gaps, to show or print")
        guest.picture("35-gaps", start="h1")


def sort(browser: Browser, site: str) -> None:
    """Sort ten voices in two, each alone; talk through where they differ."""
    with someone(browser, site, "Facilitator") as tom:
        tom.go(f"{OLDER}/themes/work/")
        tom.press("Codebook and coding rounds")
        tom.press("Start a round")
        tom.fill("How many voices", str(SORTED))
        tom.choose("Tom Okafor")
        tom.choose("Cara Doyle")
        tom.press("Draw the sample")
        tom.press("Sort what was said")
        sort_all(tom, picture="36-sorting")
    with someone(browser, site, "Co-lead") as cara:
        cara.press("sort a sample of what people said")
        sort_all(cara, otherwise=OTHERWISE)
    with someone(browser, site, "Facilitator") as tom:
        tom.press("talk a coding round through")
        tom.sees("How far you agree")
        tom.picture("37-agreement", start="h1")
        while tom.page.get_by_role("link", name="Talk it through").count():
            tom.press("Talk it through")
            tom.page.locator("main input[type=checkbox]").first.check(force=True)
            tom.fill("Why, in a few words", "We read it again with the codebook.")
            tom.press("We agree on this")
        tom.press("Settle this round")
        tom.sees("This round is settled")


def sort_all(coder: Hands, *, otherwise: tuple[int, ...] = (), picture: str = "") -> None:
    """Choose a topic for each voice by its words, or now and then another one."""
    for number in range(SORTED):
        coder.sees(f"{number + 1} of {SORTED}")
        words = coder.page.locator("main blockquote").first.inner_text().lower()
        found = [topic for topic, signs in SIGNS.items() if any(sign in words for sign in signs)]
        topics = [*found, *reversed(SIGNS)]
        other = next(each for each in topics if each != topics[0])
        coder.choose(other if number in otherwise else topics[0])
        if picture and number == 0:
            coder.picture(picture, start="h1")
        coder.press("Save and go on")
    coder.press("I am done")


def place(browser: Browser, site: str) -> None:
    """Place a topic on a charter and look at the map."""
    with someone(browser, site, "Facilitator") as tom:
        tom.go(f"{OLDER}/ways/")
        tom.page.locator("main h3 a", has_text="Topics on frameworks").click()
        tom.press("University Mental Health Charter")
        tom.press("Place themes on it")
        tom.press("What it costs")
        where = tom.page.get_by_label("Where does it belong?")
        where.select_option(label="17. Inclusivity and intersectional mental health")
        tom.press("Save")
        tom.press("See the map")
        tom.picture("38-charter", start="main section:has-text('What it costs')")


def sum_up(browser: Browser, site: str) -> None:
    """Write a sentence that rests on voices, and show it."""
    with someone(browser, site, "Facilitator") as tom, someone(browser, site) as guest:
        tom.go(f"{OLDER}/themes/work/")
        tom.press("What people said, in short")
        tom.press("Write a sentence")
        tom.fill("The sentence", "Help is free, but the way to it costs money.")
        tom.choose("What it costs")
        tom.fill("Words to look for", "bus")
        tom.press("Look for voices")
        tom.page.locator("main .picks input[type=checkbox]").first.check(force=True)
        tom.press("Save")
        tom.press("Show it")
        guest.go(f"{OLDER}/in-short/")
        guest.page.get_by_role("link", name="the way to it costs").click()
        guest.page.wait_for_load_state()
        guest.picture("39-its-words", PHONE, start="h1")


def look_who_is_missing(browser: Browser, site: str) -> None:
    """See who has not been heard."""
    with someone(browser, site) as guest:
        guest.go(f"{OLDER}/not-heard/")
        guest.picture("40-missing", start="h1")


def bring_in_votes(browser: Browser, site: str) -> None:
    """Bring in a conversation from Polis by the page."""
    folder = FOLDER / "polis/london.youth.policing"
    with someone(browser, site, "Facilitator") as tom:
        ways(tom, "A conversation with a map of opinions")
        tom.press("Bring in a conversation from Polis")
        tom.give("The files", folder / "comments.csv", folder / "votes.csv")
        tom.press("Look at it first")
        tom.fill("Which question do these statements answer?", "What should policing be like?")
        tom.picture("41-from-polis", start="h1")
        tom.press("Bring it in")


PLAYS = (
    converse,
    tell,
    ask,
    meet,
    raise_hands,
    type_in,
    write_survey,
    bring_in,
    see_gaps,
    sort,
    place,
    sum_up,
    look_who_is_missing,
    bring_in_votes,
)
FROM_FILES = (bring_in, bring_in_votes)
