"""A visit to a survey: who fills it in, what they have begun, and the cookie that finds it again.

The cookie is sealed, for this survey alone, and gone when the browser closes. For a guest it holds
the secret that opens what they began; after sending it says only that this browser has sent it. A
code typed in at the door waits in a cookie of its own until they begin.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.kit import cookies
from goldenthread.kit.shapes import Fact
from goldenthread.listen.surveys import queries
from goldenthread.listen.surveys.asking import Ask
from goldenthread.listen.surveys.forms_answering import Filling
from goldenthread.listen.surveys.holder import Holder
from goldenthread.listen.surveys.languages import LANGUAGES
from goldenthread.listen.surveys.models import Survey, Wave
from goldenthread.listen.surveys.outline import Outline, Part, said_in
from goldenthread.listen.surveys.saying import say_answer
from goldenthread.listen.voices.services import Said
from goldenthread.people.accounts.models import Person
from goldenthread.projects.queries import Listening
from goldenthread.projects.speaker import Speaker

COOKIE: Final = "survey"
TYPED: Final = "survey-code"
DAYS: Final = 30 * 24 * 60 * 60  # seconds for which this browser remembers that it has sent it


@dataclass(frozen=True)
class Kept:
    """What this browser knows of a survey."""

    secret: str = ""
    code: str = ""  # the one they are invited by
    sent: bool = False


def kept_in(request: HttpRequest, wave: Wave) -> Kept:
    """Read the cookies; those of another survey or another wave are none.

    A code that was typed in comes first: it leads back to what was begun here with it, it is itself
    the secret of something begun, or it lets somebody begin.
    """
    typed, _sent = _read(request, TYPED, wave)
    secret, sent = _read(request, COOKIE, wave)
    if not typed:
        return Kept(secret, sent=sent)
    if queries.unfinished(wave, Holder(secret=typed)) is not None:
        return Kept(typed)
    begun_here = queries.unfinished(wave, Holder(secret=secret)) or {}
    return Kept(secret if begun_here.get("code") == typed else "", typed)


def _read(request: HttpRequest, cookie: str, wave: Wave) -> tuple[str, bool]:
    text, sent = cookies.sealed_in(request, cookie, about=wave.ref, values=2) or ("", False)
    return text, bool(sent)


def take_code(answer: HttpResponse, wave: Wave, code: str) -> None:
    """Keep a code that was typed in, until they begin or the browser closes."""
    _write(answer, TYPED, wave, code)


def remember(answer: HttpResponse, wave: Wave, *, secret: str = "", sent: bool = False) -> None:
    """Write the cookie: until the browser closes, or for a month that it was sent."""
    _write(answer, COOKIE, wave, secret, sent=sent)
    cookies.drop(answer, TYPED, path=path_to(wave.survey), samesite="Lax")


def _write(answer: HttpResponse, cookie: str, wave: Wave, text: str, *, sent: bool = False) -> None:
    cookies.keep_sealed(
        answer,
        cookie,
        [text, sent],
        about=wave.ref,
        path=path_to(wave.survey),
        seconds=DAYS if sent else None,
        samesite="Lax",
    )


def let_go(answer: HttpResponse, wave: Wave) -> None:
    """Leave nothing of it in this browser."""
    for cookie in (COOKIE, TYPED):
        cookies.drop(answer, cookie, path=path_to(wave.survey), samesite="Lax")


def path_to(survey: Survey) -> str:
    """Return where people begin to answer."""
    return reverse("surveys:start", args=[survey.project.address, survey.ref])


def path_of(survey: Survey) -> str:
    """Return where those who ask see how it stands."""
    return reverse("surveys:survey", args=[survey.project.address, survey.ref])


def holder_for(speaker: Speaker, wave: Wave, kept: Kept) -> Holder:
    """Say who fills in: whoever is invited as a guest, members by their account."""
    if wave.survey.open_to != Survey.OpenTo.INVITED and isinstance(speaker, Person):
        return Holder(person=speaker)
    return Holder(secret=kept.secret, code=kept.code)


def tongues_of(survey: Survey, lang: str) -> list[tuple[str, str, bool]]:
    """Return the languages to choose from: code, own name, and whether it is the one read now."""
    if not survey.second:
        return []
    second = LANGUAGES.get(survey.second, survey.second)
    return [("", "English", not lang), (survey.second, second, bool(lang))]


def heading_of(part: Part, lang: str) -> tuple[str, str]:
    """Return the heading of a part and the sentence below it, in the language it is read in."""
    if part.heading is None:
        return "", ""
    texts = part.heading.texts if lang else {}
    return said_in(texts, "text", part.heading.text), said_in(texts, "help", part.heading.help)


@dataclass(frozen=True)
class Looked:
    """A filled-in survey, looked through."""

    given: dict[str, Any]
    words: list[Said]
    parts: list[Part]  # those one goes through
    wrong: Part | None  # the first in which something has to be put right
    rows: list[tuple[Part, str, list[Fact]]]  # each part with its heading and what was answered


@dataclass(frozen=True)
class Visit:
    """Somebody fills in a wave of a survey."""

    wave: Wave
    outline: Outline
    holder: Holder
    draft: Mapping[str, Any]
    box: Listening

    @property
    def survey(self) -> Survey:
        """The survey that is filled in."""
        return self.wave.survey

    @property
    def lang(self) -> str:
        """The second language, if it is read in it."""
        chosen = str(self.draft.get("lang", ""))
        return chosen if chosen and chosen == self.survey.second else ""

    @property
    def values(self) -> dict[str, list[str]]:
        """What stands in the fields of all parts."""
        return dict(self.draft.get("values", {}))

    def title(self) -> str:
        """Return its title in the language it is read in."""
        return said_in(self.survey.texts if self.lang else {}, "title", self.survey.title)

    def form(self, part: Part, data: QueryDict | None = None, *, look: bool = False) -> Filling:
        """Return a part as a form: as it was sent, or with what was filled in before."""
        known: dict[str, Any] = {
            "part": part,
            "outline": self.outline,
            "before": self.look(until=part).given,
            "lang": self.lang,
            "box_open": self.box.is_open,
        }
        if data is not None or look:
            return Filling(data if data is not None else self._data(), **known)
        form = Filling(**known)
        form.initial = {
            name: values if _is_many(form, name) else values[0]
            for name, values in self.values.items()
            if name in form.fields and values
        }
        return form

    def _data(self) -> QueryDict:
        data = QueryDict(mutable=True)
        for name, values in self.values.items():
            data.setlist(name, values)
        return data

    def written(self, form: Filling) -> dict[str, Any]:
        """Return the draft with what stands in one part now."""
        others = {k: v for k, v in self.values.items() if k not in form.names}
        return {**self.draft, "values": others | form.written}

    @property
    def unsent(self) -> list[tuple[Ask, str]]:
        """Words that were written while one could, with their questions: nobody takes them now."""
        if self.box.is_open:
            return []
        numbers, values = self.outline.numbers, self.values
        asks = [Ask(each, numbers[each.ref], self.lang) for each in self.outline.questions]
        written = [(ask, "".join(values.get(ask.box_name, [])).strip()) for ask in asks]
        return [(ask, words) for ask, words in written if words]

    def look(self, *, until: Part | None = None) -> Looked:
        """Look through all parts, or those before one, in their order."""
        found = Looked({}, [], [], None, [])
        for part in self.outline.parts:
            if until is not None and part.number >= until.number:
                break
            if part not in self.outline.reached_parts(found.given):
                continue
            form = Filling(
                self._data(),
                part=part,
                outline=self.outline,
                before=found.given,
                lang=self.lang,
                box_open=self.box.is_open,
            )
            wrong = found.wrong or (None if form.is_valid() else part)
            found = replace(
                found,
                given=self.outline.kept(found.given | form.given),
                words=[*found.words, *form.words],
                parts=[*found.parts, part],
                wrong=wrong,
                rows=[
                    *found.rows,
                    (part, heading_of(part, self.lang)[0], self._facts(part, form)),
                ],
            )
        return found

    def _facts(self, part: Part, form: Filling) -> list[Fact]:
        address = self.survey.project.address
        href = reverse("surveys:part", args=[address, self.survey.ref, part.number])
        said = []
        for ask in form.asks:
            if not self.outline.is_reached(ask.question, form.before | form.given):
                continue
            value = form.given.get(str(ask.question.ref))
            words = [each["text"] for each in form.words if each["answers"] == ask.question.ref]
            text = say_answer(ask, value, words[0] if words else "")
            said.append(Fact(f"{ask.number}. {ask.text}", text or _("Left out"), href))
        return said

    def after(self, part: Part, given: Mapping[str, Any]) -> Part | None:
        """Return the part that comes next; none if the last look comes next."""
        later = [p for p in self.outline.reached_parts(given) if p.number > part.number]
        return later[0] if later else None

    def before(self, part: Part) -> Part | None:
        """Return the part that came before."""
        given = self.look(until=part).given
        earlier = [p for p in self.outline.reached_parts(given) if p.number < part.number]
        return earlier[-1] if earlier else None

    def part_at(self, number: int) -> Part | None:
        """Return a part that one goes through; none for a number that leads nowhere."""
        part = next((each for each in self.outline.parts if each.number == number), None)
        if part is None or part not in self.outline.reached_parts(self.look(until=part).given):
            return None
        return part

    @property
    def tongues(self) -> list[tuple[str, str, bool]]:
        """Return the languages to choose from."""
        return tongues_of(self.survey, self.lang)


def _is_many(form: Filling, name: str) -> bool:
    return bool(getattr(form.fields[name].widget, "allow_multiple_selected", False))


def begun(request: HttpRequest, wave: Wave, speaker: Speaker, *, box: Listening) -> Visit | None:
    """Return the visit of somebody who has begun; none if they have not."""
    holder = holder_for(speaker, wave, kept_in(request, wave))
    draft = queries.unfinished(wave, holder)
    if draft is None:
        return None
    if holder.person is None:
        holder = replace(holder, code=str(draft.get("code", "")))
    return Visit(wave, queries.outline(wave.survey), holder, draft, box)
