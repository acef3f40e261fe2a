"""Plain language: how we write dates and counts, and how easily a text reads."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    Text = StrOrPromise
else:
    Text = str  # or one that is translated when it is shown

MONTHS: Final = [
    gettext_noop("January"),
    gettext_noop("February"),
    gettext_noop("March"),
    gettext_noop("April"),
    gettext_noop("May"),
    gettext_noop("June"),
    gettext_noop("July"),
    gettext_noop("August"),
    gettext_noop("September"),
    gettext_noop("October"),
    gettext_noop("November"),
    gettext_noop("December"),
]
NUMBERS: Final = [
    gettext_noop("no"),
    gettext_noop("one"),
    gettext_noop("two"),
    gettext_noop("three"),
    gettext_noop("four"),
    gettext_noop("five"),
    gettext_noop("six"),
    gettext_noop("seven"),
    gettext_noop("eight"),
    gettext_noop("nine"),
    gettext_noop("ten"),
    gettext_noop("eleven"),
    gettext_noop("twelve"),
]
LONGEST_SENTENCE: Final = 20
LONG_WORD_SYLLABLES: Final = 4
OLDEST_READER: Final = 12

JARGON: Final[dict[str, str]] = {
    "accordingly": "so",
    "actioned": "done",
    "additional": "more",
    "advise": "tell",
    "aforementioned": "this",
    "ascertain": "find out",
    "assistance": "help",
    "capacity": "room, or time",
    "clinician": "nurse or doctor",
    "commence": "start",
    "commission": "pay for",
    "consultation": "asking people",
    "co-produce": "make together",
    "deliverable": "result",
    "due to the fact that": "because",
    "endeavour": "try",
    "engagement": "taking part",
    "ensure": "make sure",
    "facilitate": "help, or run",
    "feedback": "what you said",
    "going forward": "from now on",
    "governance": "who decides",
    "implement": "do, or start",
    "in order to": "to",
    "in respect of": "about",
    "initiative": "plan",
    "key performance indicator": "measure",
    "leverage": "use",
    "multidisciplinary": "with people from several teams",
    "notwithstanding": "even though",
    "on a regular basis": "often",
    "outcome": "what came of it",
    "pathway": "steps of care",
    "prior to": "before",
    "provision": "service",
    "purchase": "buy",
    "regarding": "about",
    "robust": "strong",
    "service user": "person who uses the service",
    "signpost": "show where to go",
    "stakeholder": "person with a part in it",
    "strategic": "long-term",
    "subsequently": "later",
    "terminate": "end",
    "triage": "first talk about what you need",
    "utilise": "use",
    "with regard to": "about",
}


def as_day(moment: date | datetime) -> date:
    """The day of a date or a moment, where the organisation is."""
    if isinstance(moment, datetime):
        return timezone.localtime(moment).date() if timezone.is_aware(moment) else moment.date()
    return moment


def say_day(moment: date | datetime) -> str:
    """3 March 2026."""
    on = as_day(moment)
    words = {"day": on.day, "month": _(MONTHS[on.month - 1]), "year": on.year}
    return _("%(day)s %(month)s %(year)s") % words


def say_month(moment: date | datetime) -> str:
    """March 2026."""
    on = as_day(moment)
    return _("%(month)s %(year)s") % {"month": _(MONTHS[on.month - 1]), "year": on.year}


def say_week(moment: date | datetime) -> str:
    """The week of 12 January, named by its Monday; without a year, as on receipts."""
    on = as_day(moment)
    monday = on - timedelta(days=on.weekday())
    return _("the week of %(day)s %(month)s") % {
        "day": monday.day,
        "month": _(MONTHS[monday.month - 1]),
    }


def say_hour(local: datetime) -> str:
    """9 am, 2:30 pm, noon, midnight."""
    if (local.hour, local.minute) in {(0, 0), (12, 0)}:
        return _("noon") if local.hour else _("midnight")
    minutes = f":{local.minute:02}" if local.minute else ""
    said = {"hour": f"{local.hour % 12 or 12}{minutes}"}
    return _("%(hour)s am") % said if local.hour < 12 else _("%(hour)s pm") % said  # noqa: PLR2004


def say_count(number: int) -> str:
    """Twelve and under in words, more in figures with commas."""
    return _(NUMBERS[number]) if 0 <= number < len(NUMBERS) else f"{number:,}"


def say_counted(number: int, one: str, many: str) -> str:
    """One voice, two voices, 1,204 voices."""
    return f"{say_count(number)} {ngettext(one, many, number)}"


@dataclass(frozen=True, slots=True)
class Swap:
    """A word that most people do not say, and one that they do."""

    word: str
    plain: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How a text reads: the age from which people can follow it, and what to mend."""

    age: int
    words: int
    sentences: int
    long_sentences: list[str] = field(default_factory=list)
    long_words: list[str] = field(default_factory=list)
    jargon: list[Swap] = field(default_factory=list)

    @property
    def plain(self) -> bool:
        """Nothing to mend, and a twelve-year-old can read it."""
        return self.age <= OLDEST_READER and not (self.long_sentences or self.jargon)


def sentences_of(text: str) -> list[str]:
    """Cut a text into sentences; a line break ends one too."""
    parts = re.split(r"(?<=[.!?])[\"'\u201d\u2019)]*\s+|\n+", text)
    return [part.strip() for part in parts if re.search(r"\w", part)]


def words_of(text: str) -> list[str]:
    """Words of letters, with their hyphens and apostrophes."""
    return re.findall(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*", text)


def syllables_in(word: str) -> int:
    """Count the syllables of an English word, nearly."""
    bare = re.sub(r"[^a-z]", "", word.lower())
    groups = len(re.findall(r"[aeiouy]+", bare))
    silent = bare.endswith(("e", "es", "ed")) and not bare.endswith(
        ("le", "ted", "ded", "ses", "zes", "ces", "ges", "xes")
    )
    return max(1, groups - (1 if silent and groups > 1 else 0))


def check_reading(text: str) -> Reading:
    """Say how easily a text reads.

    The age is the Flesch-Kincaid grade (Kincaid and others, 1975) plus five; under ten words it is
    taken as easy, for the formula says nothing there.
    """
    sentences, words = sentences_of(text), words_of(text)
    syllables = [syllables_in(word) for word in words]
    age = 5
    if len(words) >= len(NUMBERS) - 3:
        grade = 0.39 * len(words) / len(sentences) + 11.8 * sum(syllables) / len(words) - 15.59
        age = max(5, round(grade) + 5)
    return Reading(
        age=age,
        words=len(words),
        sentences=len(sentences),
        long_sentences=[one for one in sentences if len(words_of(one)) > LONGEST_SENTENCE],
        long_words=sorted(
            {
                word.lower()
                for word, size in zip(words, syllables, strict=True)
                if size >= LONG_WORD_SYLLABLES
            }
        ),
        jargon=find_jargon(text),
    )


def find_jargon(text: str) -> list[Swap]:
    """Words that few people say, in the order of the list, with plainer ones."""
    found = []
    for word, plain in JARGON.items():
        if re.search(rf"\b{re.escape(word)}(?:s|d|ed|es)?\b", text, re.IGNORECASE):
            found.append(Swap(word, plain))
    return found
