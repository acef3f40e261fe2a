"""What the pages of a question show, put together from queries."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.text import say_day
from goldenthread.listen.questions import queries
from goldenthread.listen.questions.models import Question
from goldenthread.listen.questions.permissions import may_end
from goldenthread.listen.voices import offers
from goldenthread.listen.voices.elsewhere import steps_with
from goldenthread.people.receipts import qr
from goldenthread.projects.permissions import may_see_board
from goldenthread.projects.poster import Poster
from goldenthread.projects.poster_of import poster_of as poster_of_project
from goldenthread.projects.queries.finding import shown
from goldenthread.projects.speaker import Request
from goldenthread.projects.wording import say_moment

Context = dict[str, Any]


def address_of(question: Question) -> str:
    """Return the whole address of a question."""
    path = reverse("questions:question", args=[question.project.address, question.ref])
    return f"{settings.SITE_URL}{path}"


def open_now(
    question: Question, request: Request, *, offer: offers.Offer, form: Any, unsent: str = ""
) -> Context:
    """What someone sees who may reply; `unsent` are words that nobody can take now."""
    now = clock.now()
    return _around(question, request) | {
        "offer": offer,
        "form": form,
        "unsent": unsent,
        "neutral_title": True,
        **offers.when_read(offer.box.next_reading, offer.box.gap, now=now),
        "closed": "" if offer.box.is_open else offer.box.sentence,
    }


def ended(question: Question, request: Request, *, written: str = "") -> Context:
    """What everyone sees once a question has ended: what was chosen, and the answer."""
    now = clock.now()
    return _around(question, request) | {
        "written": written,
        "result": queries.result_of(question),
        "late": question.owes_answer and question.answered_until < clock.today(now),
        "sees_words": may_see_board(request.speaker, question.project, now=now),
    }


def _around(question: Question, request: Request) -> Context:
    project, now = question.project, clock.now()
    runs = may_end(request.speaker, project, now=now)
    url = address_of(question)
    return {
        "project": project,
        "organisation": project.organisation,
        "question": question,
        "until": say_moment(question.closes_at),
        "may_end": runs,
        "steps": steps_with("question", question, request.speaker, now=now),
        "url": shown(url) if runs else "",
        "picture": qr.svg(url, title=_("The way to this question, for a phone")) if runs else "",
    }


def poster_of(question: Question) -> Poster:
    """Return the project's poster with this question on it."""
    poster = poster_of_project(question.project)
    if poster is None:
        raise RuntimeError("a project without a strand always has a poster")
    url = address_of(question)
    until = _("You can reply until %(moment)s.") % {"moment": say_moment(question.closes_at)}
    answered = _("You read the answer here by %(day)s.") % {"day": say_day(question.answered_until)}
    steps = (*poster.steps[:2], (_("We answer."), answered))
    return replace(
        poster,
        question=question.text,
        about=question.happens_next,
        steps=steps,
        until=until,
        url=url,
        shown_url=shown(url),
    )
