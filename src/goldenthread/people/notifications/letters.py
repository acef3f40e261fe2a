"""Every letter that this site can write. A letter that is not declared here cannot be sent.

The texts name projects and organisations, and carry one link; never what anybody said, nor the
name of the person they go to.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from goldenthread.people.accounts.mails import Block, Mail, mail, paragraphs
from goldenthread.people.accounts.mails import link as full

_declared: dict[str, "Letter"] = {}


@dataclass(frozen=True)
class Letter:
    """One declared text: what the subject and body say, and why the person gets it.

    Letters about someone's own work or membership go out even to those who want no other mail.
    """

    name: str
    subject: str
    body: str
    why: str
    about_work: bool = False
    weekly: bool = False  # with a switch of its own

    def __post_init__(self) -> None:
        if _declared.setdefault(self.name, self) != self:
            raise ValueError(f"the letter {self.name} is declared twice")

    def written(self, names: Mapping[str, str], link: str, stop: str) -> Mail:
        """Return the mail, filled in: one link, who sends it, why, and where to stop it.

        :raises KeyError: a name that the text needs was not given
        """
        clean = {key: " ".join(str(value).split()) for key, value in names.items()}
        told = f"{_sent_for(clean)} {self.why.format_map(clean)}"
        more = CHOOSE if self.about_work and not self.weekly else STOP
        return mail(
            self.subject.format_map(clean),
            [
                Block("Hello,"),
                *paragraphs(self.body.format_map(clean)),
                Block(full(link), "link"),
            ],
            foot=[Block(told), Block(more), Block(full(stop), "link")],
        )


STOP = "To stop these mails, go to:"
CHOOSE = "This mail is about your own part in it. Which others you get, you choose here:"


def _sent_for(names: Mapping[str, str]) -> str:
    """Say who writes."""
    if organisation := names.get("organisation"):
        return f"Golden Thread sends this mail for {organisation}."
    if project := names.get("project"):
        return f"Golden Thread sends this mail for the project “{project}”."
    return f"Golden Thread at {urlsplit(settings.SITE_URL).netloc} sends this mail."


def letter(name: str) -> Letter:
    """Return the declared letter of that name.

    :raises KeyError: nobody declared it
    """
    return _declared[name]


def all_letters() -> list[Letter]:
    """List every declared letter, by name."""
    return [_declared[name] for name in sorted(_declared)]


_SPOKE = "You get this mail because you spoke in this project with your account."
_ASKED = "You get this mail because you asked to hear what comes of this project."
_ROLE = "You get this mail because you have a role in {organisation}."

REPLY = Letter(
    "reply",
    "An answer from {project}",
    "You told us something in the project “{project}”. There is an answer for you now.\n"
    "We do not put answers in mails. You can read it here:",
    _SPOKE,
)
MONDAY = Letter(
    "monday",
    "{number} for you this week",
    "Waiting for you: {waits}\n\nWhere and what, you can see here:",
    "You get this mail on Mondays, because something waits for you.",
    about_work=True,
    weekly=True,
)
NEWS = Letter(
    "news",
    "News from {project}",
    "There is news from the project “{project}” of {organisation}.\nYou can read it here:",
    _ASKED,
)
CHANGED_FOR_YOU = Letter(
    "changed-for-you",
    "Has it changed for you? {project}",
    "{organisation} says that something is different now, after what people told\n"
    "the project “{project}”. You know best whether that is so.\n"
    "It is one question, and it takes a minute:",
    _SPOKE,
)
QUESTION = Letter(
    "question",
    "A question from {project}",
    "The people who read what you sent to the project “{project}” have a question.\n"
    "You may answer it or leave it. You can see it here:",
    _SPOKE,
)
MEETING = Letter(
    "meeting",
    "You are invited: {project}",
    "{asks} of {organisation} invites you to a meeting in the project “{project}”.\n\n"
    "This can change: {can_change}\n\n"
    "Everyone who speaks hears by {hear_by} what came of it.\n\n{seal}\n\n"
    "When, where, and what it will be like, you can read here:",
    "You get this mail because you are part of this project.",
)
MEETING_CHANGED = Letter(
    "meeting-changed",
    "A meeting has changed: {project}",
    "A meeting in the project “{project}” has changed or will not take place.\n"
    "You can see it here:",
    "You get this mail because you are part of this project.",
)
CHECK_PROMISES = Letter(
    "check-promises",
    "How was the meeting? {project}",
    "You were at a meeting in the project “{project}”.\n"
    "Did it keep what we promised? It takes a minute to say:",
    "You get this mail because you are part of this project.",
)
WELCOME = Letter(
    "welcome",
    "You can take part: {organisation}",
    "{asks} of {organisation} has added your address, so that you can take part.\n"
    "You need no password: we send you a code when you sign in. You can look in here:",
    "You get this mail because {organisation} put your address on its list.",
    about_work=True,
)
ROLE_GIVEN = Letter(
    "role-given",
    "You have a new role: {organisation}",
    "{organisation} has given you a role. What it asks of you, you can see here:",
    _ROLE,
    about_work=True,
)
ASKED_TO_HELP = Letter(
    "asked-to-help",
    "{asks} asks you to help: {project}",
    "{asks} of {organisation} asks you to be {role} in the project “{project}”.\n\n"
    "It asks: {question}\n\n"
    "This can change: {can_change}\n\n"
    "Everyone who speaks hears by {hear_by} what came of it.\n\n"
    "You may say no. You need no password: we send you a code when you sign in.\n"
    "What is asked of you, you can see here:",
    _ROLE,
    about_work=True,
)
ROLE_ENDS = Letter(
    "role-ends",
    "Your role ends soon: {where}",
    "Your role as {role} in {where} ends on {day}.\n"
    "Here you see what was promised, which dates come and what is open.\n"
    "Please say there who follows:",
    _ROLE,
    about_work=True,
)
HAND_OVER_ASKED = Letter(
    "hand-over-asked",
    "{asks} asks you to take over a role",
    "{asks} of {organisation} asks you to follow as {role} in {where}.\n"
    "The last day of whoever holds it now is {day}.\n"
    "Here you see what goes with it. Then you say yes or no:",
    "You get this mail because you were named in {organisation}.",
    about_work=True,
)
HAND_OVER_IN_PROJECT = Letter(
    "hand-over-in-project",
    "{asks} asks you to take over a role: {project}",
    "{asks} of {organisation} asks you to follow as {role} in {where}.\n"
    "The last day of whoever holds it now is {day}.\n\n"
    "It asks: {question}\n\n"
    "This can change: {can_change}\n\n"
    "Everyone who speaks hears by {hear_by} what came of it.\n"
    "Here you see what goes with the role. Then you say yes or no:",
    "You get this mail because you were named in {organisation}.",
    about_work=True,
)
HAND_OVER_ANSWERED = Letter(
    "hand-over-answered",
    "An answer about your role: {where}",
    "You asked somebody to follow as {role} in {where}. There is an answer.\nYou can read it here:",
    _ROLE,
    about_work=True,
)
SEAT = Letter(
    "seat",
    "{asks} asks you to take a seat: {project}",
    "{asks} of {organisation} asks you to take a seat in “{group}”, in the project “{project}”.\n\n"
    "It asks: {question}\n\n"
    "This can change: {can_change}\n\n"
    "Everyone who speaks hears by {hear_by} what came of it.\n"
    "You may say no. What it is about, you can see here:",
    "You get this mail because {asks} gave you a seat in {organisation}.",
)
CONCERN = Letter(
    "concern",
    "Someone needs you to look: {project}",
    "A reader of the project “{project}” asks you to look at something today.\n"
    "It is not in this mail. Please sign in and read it here:",
    "You get this mail because you look after people’s safety in this project.",
    about_work=True,
)
MISSING = Letter(
    "missing",
    "Can you help? {project}",
    "{asks} of {organisation} asks for your help. The project “{project}” cannot open yet.\n\n"
    "This is missing, and you can help with it:\n\n"
    "{missing}\n\n"
    "Where to do it, you can see here:",
    _ROLE,
    about_work=True,
)
DATA_REQUEST = Letter(
    "data-request",
    "Someone asks about their data: {organisation}",
    "Someone asks {organisation} about their own data. There is a day by which you must answer.\n"
    "You can see it here:",
    "You get this mail because you answer for the data of {organisation}.",
    about_work=True,
)
DATA_ANSWER = Letter(
    "data-answer",
    "An answer from {organisation}",
    "You asked {organisation} something. There is an answer for you now.\n"
    "We do not put answers in mails. You can read it here:",
    "You get this mail because you asked with your account.",
    about_work=True,
)
BRIEF = Letter(
    "brief",
    "A decision is asked of you: {project}",
    "The organisers of the project “{project}” ask for a decision by {day}.\n"
    "It is one page, and three clicks. You can read it here:",
    "You get this mail because you decide in {organisation}, or in someone’s name.",
    about_work=True,
)
BRIEF_DUE = Letter(
    "brief-due",
    "Please decide by {day}: {project}",
    "A decision in the project “{project}” waits for you. It is due on {day}.\n"
    "It is one page, and three clicks. You can read it here:",
    "You get this mail because you decide in {organisation}, or in someone’s name.",
    about_work=True,
)
BRIEF_LATE = Letter(
    "brief-late",
    "A decision is late: {project}",
    "A decision in the project “{project}” was due on {day}. Everyone who looks can see that.\n"
    "You can still decide here:",
    "You get this mail because you decide in {organisation}, or in someone’s name.",
    about_work=True,
)
DELEGATE = Letter(
    "delegate",
    "You decide in the name of {name}: {project}",
    "{name} asks you to decide in their name in the project “{project}”, until {day}.\n"
    "What is asked, and how to step down, you can see here:",
    _ROLE,
    about_work=True,
)
FIGURES_FIRST = Letter(
    "figures-first",
    "You see new figures first: {project}",
    "There are new figures from the project “{project}”. Everyone sees them on {day}.\n"
    "You decide there, so you may look now. You can comment, and change nothing:",
    "You get this mail because you decide in {organisation}, or in someone’s name.",
    about_work=True,
)
