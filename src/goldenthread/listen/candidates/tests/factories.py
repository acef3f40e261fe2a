from goldenthread.listen.candidates import queries, services
from goldenthread.listen.candidates.models import Candidate, Run
from goldenthread.listen.voices.tests.factories import released_voice
from goldenthread.projects.tests.factories import NOW, Listening

SAID = (
    "The bus to the clinic is late",
    "My bus never comes on a Sunday",
    "I missed two visits, the bus was late",
    "A late bus again this week",
    "Lunch at the day centre is cold",
    "We get cold lunch on Mondays",
    "Please warm the lunch",
    "Lunch costs too much and is cold",
    "The zebra in the hall",
    "Parking",
)
BUS, LUNCH = "bus", "lunch"


def said_in(here: Listening) -> None:
    """Let ten people say something: four of buses, four of lunch, two of other things."""
    for text in SAID:
        released_voice(here.project, text)


def asked_in(here: Listening, number: int = 2) -> Run:
    """Let the organiser ask for candidates."""
    said_in(here)
    return services.ask(by=here.tom, project=here.project, number=number, now=NOW)


def about(run: Run, word: str) -> Candidate:
    """Return the candidate with that word in common."""
    [found] = [each for each in queries.candidates_of(run) if word in each.words]
    return found
