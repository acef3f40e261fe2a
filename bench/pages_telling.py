"""Stories, conversations, rooms and quick questions: what people are asked, and the desks."""

from functools import partial
from itertools import islice
from typing import Any

from django.urls import reverse
from page import FACILITATOR, Page, begun, get, staff

from goldenthread.kit import clock
from goldenthread.kit.sealing import keyed
from goldenthread.listen.conversations import services as conversations
from goldenthread.listen.conversations.models import Conversation, Statement
from goldenthread.listen.questions.models import Question
from goldenthread.listen.rooms.models import Room
from goldenthread.listen.stories.models import Story
from goldenthread.listen.voices.models import Voice
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project

ANSWERED = 40  # statements that the facilitator has answered


def telling(project: Project) -> list[Page]:
    """Return the pages of these four rooms."""
    return [
        *_stories(project),
        *_conversations(project),
        *_rooms(project),
        *_questions(project),
    ]


def _stories(project: Project) -> list[Page]:
    address = project.address
    noted = Story.objects.filter(voice__project=project).exclude(notes=[])
    story = noted.order_by("voice")[0]
    listed = reverse("stories:list", args=[address])
    return [
        get("stories", listed, 'class="card', 20),
        get("stories, of one feeling", f"{listed}?feeling=sad", 'class="card', 10),
        get("stories, answered", f"{listed}?came=reply", 'class="card', 1),
        get("a story", reverse("stories:story", args=[address, story.pk]), 'class="card', 1),
        get("tell a story", reverse("stories:tell", args=[address]), "<textarea", 2),
    ]


def _conversations(project: Project) -> list[Page]:
    asked = Conversation.objects.get(project=project, state="open")
    seeds = Statement.objects.filter(conversation=asked, voice=None).order_by("place")
    refs = list(seeds.values_list("ref", flat=True))
    _answer_some(asked, refs)
    args = [project.address, asked.ref]
    at = {name: reverse(f"conversations:{name}", args=args) for name in PLACES}
    listed = reverse("conversations:list", args=args[:1])
    return [
        get("conversation", at["conversation"], "What helps while", 1),
        get("conversation, next statement", at["answer"], 'name="stance"', 1),
        staff(get("conversation, next after many", at["answer"], 'name="stance"', 1)),
        Page(
            "conversation, a vote",
            lambda client, n: client.post(
                at["answer"], {"statement": refs[n % len(refs)], "stance": n % 3 - 1}
            ),
            by=FACILITATOR,
            answers=302,
        ),
        Page(
            "conversation, a first vote",
            lambda client, n: client.post(
                at["answer"], {"statement": refs[n % len(refs)], "stance": 1}
            ),
            answers=302,
        ),
        staff(get("conversation, own answers", at["mine"], 'class="card mine"', 20)),
        get("add a statement", at["add"], "<textarea", 1),
        get("opinion map", at["map"], "<circle", 3),
        staff(get("opinion map, own place", at["map"], "<circle", 3)),
        get("statements of a map", at["statements"], 'class="told"', 20),
        get("from map to map", at["over_time"], "<tr", 20),
        staff(get("conversations, desk", listed, "What helps", 1)),
        staff(get("conversation, desk", at["desk"], 'class="seed-says"', 20)),
    ]


PLACES = ("conversation", "answer", "mine", "add", "map", "statements", "over_time", "desk")


def _answer_some(asked: Conversation, refs: list[Any]) -> None:
    """Let the facilitator answer, so that they have answers of their own and a place."""
    fred = Person.objects.get(email=FACILITATOR)
    mark = keyed("conversations.member", asked.ref, fred.pk)
    for at, ref in enumerate(islice(refs, ANSWERED)):
        conversations.answer(
            by=fred,
            project=asked.project.address,
            conversation=asked.ref,
            statement=ref,
            mark=mark,
            value=at % 3 - 1,
            now=clock.now(),
        )


def _rooms(project: Project) -> list[Page]:
    address = project.address
    runs = Room.objects.get(project=project, state="open")
    notes = Voice.objects.filter(project=project, kind=Voice.Kind.NOTE, groupings__isnull=False)
    done = Room.objects.get(ref=notes.exclude(answers=None).order_by("pk")[0].answers)
    one = [address, runs.code]
    listed = reverse("rooms:list", args=[address])
    board = reverse("voices:board", args=[address])
    other = reverse("rooms:room", args=[address, done.code])
    return [
        get("rooms", listed, "Gathering ", 10),
        get("board, of one room", f"{board}?room={done.code}", 'class="card', 1),
        staff(get("rooms, desk", listed, "Gathering ", 10)),
        get("a room that is done", other, 'class="knot ', 1),
        staff(get("run a room", reverse("rooms:run", args=one), 'class="number"', 5)),
        staff(get("who is in the room", reverse("rooms:who", args=one), 'class="box', 2)),
    ]


def _questions(project: Project) -> list[Page]:
    still = Question.objects.get(project=project, state="open")
    told = Question.objects.filter(project=project, state="answered").order_by("text")[0]
    args = [project.address, still.ref]
    listed = reverse("questions:list", args=args[:1])
    ended = reverse("questions:question", args=[project.address, told.ref])
    at = reverse("questions:question", args=args)
    return [
        get("quick question", at, 'type="radio"', 3),
        Page(
            "quick question, choosing",
            partial(_choose, still, list(still.options.all()), at),
            answers=302,
        ),
        get("quick question, answered", ended, "We do what most of you chose", 1),
        get("quick questions", listed, "What about plan", 10),
        staff(get("quick questions, desk", listed, "What about plan", 10)),
    ]


def _choose(question: Question, options: list[Any], at: str, client: Any, number: int) -> Any:
    sent = {"form_key": begun(question.project_id), "option": options[number % len(options)].ref}
    return client.post(at, sent | {"known_as": "unlinked", "receipt": "keep"})
