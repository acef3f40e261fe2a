"""Every letter that this site can write. A letter that is not declared here cannot be sent.

The texts name projects and organisations, and carry one link; never what anybody said, nor the
name of the person they go to.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.text import Text
from goldenthread.people.accounts.mails import Block, Mail, mail, paragraphs
from goldenthread.people.accounts.mails import link as full

_declared: dict[str, "Letter"] = {}


@dataclass(frozen=True)
class Letter:
    """One declared text: what the subject and body say, and why the person gets it.

    Letters about someone's own work or membership go out even to those who want no other mail.
    """

    name: str
    subject: Text
    body: Text
    why: Text
    about_work: bool = False
    weekly: bool = False  # with a switch of its own

    def __post_init__(self) -> None:
        if _declared.setdefault(self.name, self) is not self:
            raise ValueError(f"the letter {self.name} is declared twice")

    def written(self, names: Mapping[str, str], link: str, stop: str) -> Mail:
        """Return the mail, filled in: one link, who sends it, why, and where to stop it.

        :raises KeyError: a name that the text needs was not given
        """
        clean = {key: " ".join(str(value).split()) for key, value in names.items()}
        told = f"{_sent_for(clean)} {str(self.why) % clean}"
        more = CHOOSE if self.about_work and not self.weekly else STOP
        return mail(
            capfirst(str(self.subject) % clean),
            [
                Block(gettext("Hello,")),
                *paragraphs(str(self.body) % clean),
                Block(full(link), "link"),
            ],
            foot=[Block(told), Block(str(more)), Block(full(stop), "link")],
        )


STOP = _("To stop these mails, go to:")
CHOOSE = _("This mail is about your own part in it. Which others you get, you choose here:")


def _sent_for(names: Mapping[str, str]) -> str:
    """Say who writes."""
    if organisation := names.get("organisation"):
        return gettext("Golden Thread sends this mail for %(organisation)s.") % {
            "organisation": organisation
        }
    if project := names.get("project"):
        return gettext("Golden Thread sends this mail for the project “%(project)s”.") % {
            "project": project
        }
    return gettext("Golden Thread at %(site)s sends this mail.") % {
        "site": urlsplit(settings.SITE_URL).netloc
    }


def letter(name: str) -> Letter:
    """Return the declared letter of that name.

    :raises KeyError: nobody declared it
    """
    return _declared[name]


def all_letters() -> list[Letter]:
    """List every declared letter, by name."""
    return [_declared[name] for name in sorted(_declared)]


_SPOKE = _("You get this mail because you spoke in this project with your account.")
_ASKED = _("You get this mail because you asked to hear what comes of this project.")
_ROLE = _("You get this mail because you have a role in %(organisation)s.")
_DECIDES = _("You get this mail because you decide in %(organisation)s, or in someone’s name.")

REPLY = Letter(
    "reply",
    _("An answer from %(project)s"),
    _(
        "You told us something in the project “%(project)s”. There is an answer for you now.\n"
        "We do not put answers in mails. You can read it here:"
    ),
    _SPOKE,
)
MONDAY = Letter(
    "monday",
    _("%(number)s for you this week"),
    _("Waiting for you: %(waits)s\n\nWhere and what, you can see here:"),
    _("You get this mail on Mondays, because something waits for you."),
    about_work=True,
    weekly=True,
)
NEWS = Letter(
    "news",
    _("News from %(project)s"),
    _("There is news from the project “%(project)s” of %(organisation)s.\nYou can read it here:"),
    _ASKED,
)
CHANGED_FOR_YOU = Letter(
    "changed-for-you",
    _("Has it changed for you? %(project)s"),
    _(
        "%(organisation)s says that something is different now, after what people told\n"
        "the project “%(project)s”. You know best whether that is so.\n"
        "It is one question, and it takes a minute:"
    ),
    _SPOKE,
)
QUESTION = Letter(
    "question",
    _("A question from %(project)s"),
    _(
        "The people who read what you sent to the project “%(project)s” have a question.\n"
        "You may answer it or leave it. You can see it here:"
    ),
    _SPOKE,
)
MEETING = Letter(
    "meeting",
    _("You are invited: %(project)s"),
    _(
        "%(asks)s of %(organisation)s invites you to a meeting in the project “%(project)s”.\n\n"
        "This can change: %(can_change)s\n\n"
        "Everyone who speaks hears by %(hear_by)s what came of it.\n\n%(seal)s\n\n"
        "When, where, and what it will be like, you can read here:"
    ),
    _("You get this mail because you are part of this project."),
)
MEETING_CHANGED = Letter(
    "meeting-changed",
    _("A meeting has changed: %(project)s"),
    _(
        "A meeting in the project “%(project)s” has changed or will not take place.\n"
        "You can see it here:"
    ),
    _("You get this mail because you are part of this project."),
)
CHECK_PROMISES = Letter(
    "check-promises",
    _("How was the meeting? %(project)s"),
    _(
        "You were at a meeting in the project “%(project)s”.\n"
        "Did it keep what we promised? It takes a minute to say:"
    ),
    _("You get this mail because you are part of this project."),
)
WELCOME = Letter(
    "welcome",
    _("You can take part: %(organisation)s"),
    _(
        "%(asks)s of %(organisation)s has added your address, so that you can take part.\n"
        "You need no password: we send you a code when you sign in. You can look in here:"
    ),
    _("You get this mail because %(organisation)s put your address on its list."),
    about_work=True,
)
ROLE_GIVEN = Letter(
    "role-given",
    _("You have a new role: %(organisation)s"),
    _("%(organisation)s has given you a role. What it asks of you, you can see here:"),
    _ROLE,
    about_work=True,
)
ASKED_TO_HELP = Letter(
    "asked-to-help",
    _("%(asks)s asks you to help: %(project)s"),
    _(
        "%(asks)s of %(organisation)s asks you to be %(role)s in the project “%(project)s”.\n\n"
        "It asks: %(question)s\n\n"
        "This can change: %(can_change)s\n\n"
        "Everyone who speaks hears by %(hear_by)s what came of it.\n\n"
        "You may say no. You need no password: we send you a code when you sign in.\n"
        "What is asked of you, you can see here:"
    ),
    _ROLE,
    about_work=True,
)
ROLE_ENDS = Letter(
    "role-ends",
    _("Your role ends soon: %(where)s"),
    _(
        "Your role as %(role)s in %(where)s ends on %(day)s.\n"
        "Here you see what was promised, which dates come and what is open.\n"
        "Please say there who follows:"
    ),
    _ROLE,
    about_work=True,
)
HAND_OVER_ASKED = Letter(
    "hand-over-asked",
    _("%(asks)s asks you to take over a role"),
    _(
        "%(asks)s of %(organisation)s asks you to follow as %(role)s in %(where)s.\n"
        "The last day of whoever holds it now is %(day)s.\n"
        "Here you see what goes with it. Then you say yes or no:"
    ),
    _("You get this mail because you were named in %(organisation)s."),
    about_work=True,
)
HAND_OVER_IN_PROJECT = Letter(
    "hand-over-in-project",
    _("%(asks)s asks you to take over a role: %(project)s"),
    _(
        "%(asks)s of %(organisation)s asks you to follow as %(role)s in %(where)s.\n"
        "The last day of whoever holds it now is %(day)s.\n\n"
        "It asks: %(question)s\n\n"
        "This can change: %(can_change)s\n\n"
        "Everyone who speaks hears by %(hear_by)s what came of it.\n"
        "Here you see what goes with the role. Then you say yes or no:"
    ),
    _("You get this mail because you were named in %(organisation)s."),
    about_work=True,
)
HAND_OVER_ANSWERED = Letter(
    "hand-over-answered",
    _("An answer about your role: %(where)s"),
    _(
        "You asked somebody to follow as %(role)s in %(where)s. There is an answer.\n"
        "You can read it here:"
    ),
    _ROLE,
    about_work=True,
)
SEAT = Letter(
    "seat",
    _("%(asks)s asks you to take a seat: %(project)s"),
    _(
        "%(asks)s of %(organisation)s asks you to take a seat in “%(group)s”, "
        "in the project “%(project)s”.\n\n"
        "It asks: %(question)s\n\n"
        "This can change: %(can_change)s\n\n"
        "Everyone who speaks hears by %(hear_by)s what came of it.\n"
        "You may say no. What it is about, you can see here:"
    ),
    _("You get this mail because %(asks)s gave you a seat in %(organisation)s."),
)
CONCERN = Letter(
    "concern",
    _("Someone needs you to look: %(project)s"),
    _(
        "A reader of the project “%(project)s” asks you to look at something today.\n"
        "It is not in this mail. Please sign in and read it here:"
    ),
    _("You get this mail because you look after people’s safety in this project."),
    about_work=True,
)
CONCERN_UNOWNED = Letter(
    "concern-unowned",
    _("Nobody looks after a concern: %(project)s"),
    _(
        "A reader of the project “%(project)s” worries about someone’s safety.\n"
        "Nobody is there to look after it. Please name a safeguarder today.\n"
        "You do not need to know what it is, and it is not in this mail. Name someone here:"
    ),
    _("You get this mail because you administer %(organisation)s."),
    about_work=True,
)
MISSING = Letter(
    "missing",
    _("Can you help? %(project)s"),
    _(
        "%(asks)s of %(organisation)s asks for your help. "
        "The project “%(project)s” cannot open yet.\n\n"
        "This is missing, and you can help with it:\n\n"
        "%(missing)s\n\n"
        "Where to do it, you can see here:"
    ),
    _ROLE,
    about_work=True,
)
DATA_REQUEST = Letter(
    "data-request",
    _("Someone asks about their data: %(organisation)s"),
    _(
        "Someone asks %(organisation)s about their own data. "
        "There is a day by which you must answer.\n"
        "You can see it here:"
    ),
    _("You get this mail because you answer for the data of %(organisation)s."),
    about_work=True,
)
DATA_ANSWER = Letter(
    "data-answer",
    _("An answer from %(organisation)s"),
    _(
        "You asked %(organisation)s something. There is an answer for you now.\n"
        "We do not put answers in mails. You can read it here:"
    ),
    _("You get this mail because you asked with your account."),
    about_work=True,
)
DATA_QUESTION = Letter(
    "data-question",
    _("A question from %(organisation)s"),
    _(
        "You asked %(organisation)s about your data. They need something from you first.\n"
        "Until you reply, your request waits. You can read what it is and reply here:"
    ),
    _("You get this mail because you asked with your account."),
    about_work=True,
)
BRIEF = Letter(
    "brief",
    _("A decision is asked of you: %(project)s"),
    _(
        "The organisers of the project “%(project)s” ask for a decision by %(day)s.\n"
        "It is one page, and three clicks. You can read it here:"
    ),
    _DECIDES,
    about_work=True,
)
BRIEF_DUE = Letter(
    "brief-due",
    _("Please decide by %(day)s: %(project)s"),
    _(
        "A decision in the project “%(project)s” waits for you. It is due on %(day)s.\n"
        "It is one page, and three clicks. You can read it here:"
    ),
    _DECIDES,
    about_work=True,
)
BRIEF_LATE = Letter(
    "brief-late",
    _("A decision is late: %(project)s"),
    _(
        "A decision in the project “%(project)s” was due on %(day)s. "
        "Everyone who looks can see that.\n"
        "You can still decide here:"
    ),
    _DECIDES,
    about_work=True,
)
DELEGATE = Letter(
    "delegate",
    _("You decide in the name of %(name)s: %(project)s"),
    _(
        "%(name)s asks you to decide in their name in the project “%(project)s”, until %(day)s.\n"
        "What is asked, and how to step down, you can see here:"
    ),
    _DECIDES,
    about_work=True,
)
FIGURES_FIRST = Letter(
    "figures-first",
    _("You see new figures first: %(project)s"),
    _(
        "There are new figures from the project “%(project)s”. Everyone sees them on %(day)s.\n"
        "You decide there, so you may look now. You can comment, and change nothing:"
    ),
    _DECIDES,
    about_work=True,
)
