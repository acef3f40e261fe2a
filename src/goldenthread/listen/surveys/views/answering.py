"""Answering a survey: the door for codes, the beginning, one page a part, the last look, thanks."""

from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.surveys import queries, services, visits
from goldenthread.listen.surveys.forms_answering import EnterCode, Filling, Send
from goldenthread.listen.surveys.holder import Holder, new_code, shown
from goldenthread.listen.surveys.models import Survey, Wave
from goldenthread.listen.surveys.outline import Part, said_in
from goldenthread.listen.surveys.permissions import may_answer
from goldenthread.listen.surveys.views.around import around, to_type
from goldenthread.listen.surveys.visits import Visit
from goldenthread.listen.voices import formkeys, handing, offers
from goldenthread.listen.voices.handing import Handed, How
from goldenthread.listen.voices.permissions import holds_receipt_of
from goldenthread.listen.voices.services import refuse_other_name
from goldenthread.projects.access import may_see, project_for, there
from goldenthread.projects.queries import Listening, current_terms, listening, partners_of
from goldenthread.projects.speaker import Request
from goldenthread.safety.equality.inviting import invite
from goldenthread.safety.equality.queries import is_asking

OPENS_NOTHING: Final = gettext_lazy(
    "This code opens nothing now. Please look at each letter again. Each code works once, "
    "and only while the survey is open."
)


@require_http_methods(["GET", "POST"])
def door(request: Request) -> HttpResponse:
    """Take a code: one from a slip, or one to come back with."""
    form = EnterCode(request.POST or None)
    if form.is_valid():
        code = form.cleaned_data["code"]
        wave = queries.wave_of_code(code)
        if wave is not None and may_see(request.speaker, wave.survey.project):
            answer = _to("start", wave.survey)
            visits.take_code(answer, wave, code)
            return answer
        form.add_error("code", OPENS_NOTHING)
    return page(request, "surveys/door.html", {"form": form, "neutral_title": True})


@require_http_methods(["GET", "POST"])
def start(request: Request, project: str, survey: UUID) -> HttpResponse:
    """Say what is asked, by whom, and what becomes of it; then begin."""
    found = _asked(request, project, survey)
    wave = queries.asking_wave(found, now=clock.now())
    if wave is None:
        return _closed(request, found)
    kept = visits.kept_in(request, wave)
    holder = visits.holder_for(request.speaker, wave, kept)
    sent = (kept.sent and not holder.person) or queries.has_answered(wave, holder)
    draft = queries.unfinished(wave, holder)
    known = not sent and (draft is not None or _may_begin(request, wave, holder))
    if request.method == "POST":
        return _begin(request, wave, holder, known=known)
    lang = found.second if request.GET.get("lang") == found.second else ""
    context = _around(found) | _start_context(request, wave, lang)
    context |= {"sent": sent, "begun": draft is not None, "known": known}
    return page(request, "surveys/start.html", context)


def _asked(request: Request, address: str, ref: UUID) -> Survey:
    """Return a survey that people may know of; one that is being written is not there."""
    survey = there(queries.survey_in(project_for(request, address), ref))
    if survey.state == Survey.State.DRAFT:
        raise Http404
    return survey


def _may_begin(request: Request, wave: Wave, holder: Holder) -> bool:
    if wave.survey.open_to == Survey.OpenTo.INVITED:
        return queries.is_invited(wave, holder.code)
    return may_answer(request.speaker, wave, now=clock.now())


def _start_context(request: Request, wave: Wave, lang: str) -> dict[str, Any]:
    survey, now = wave.survey, clock.now()
    texts = survey.texts if lang else {}
    outline = queries.outline(survey)
    strand = queries.strand_of(survey.project, request.GET.get("strand", "")[:6])
    names = [partner.organisation.name for partner in partners_of(survey.project)]
    return {
        "wave": wave,
        "lang": lang,
        "heading": said_in(texts, "title", survey.title),
        "intro": said_in(texts, "intro", survey.intro),
        "tongues": visits.tongues_of(survey, lang),
        "strand": strand,
        "parts": len(outline.parts),
        "asked": len(outline.questions),
        "has_words": any(question.is_words for question in outline.questions),
        "terms": current_terms(survey.project),
        "who": ", ".join(names),
        "is_member": request.speaker.is_member,
        "box": listening(survey.project, now=now),
    }


def _begin(request: Request, wave: Wave, holder: Holder, *, known: bool) -> HttpResponse:
    """Begin, or go on; or let somebody else begin in this browser."""
    answer = _to("start", wave.survey)
    if request.POST.get("act") in {"another", "drop"}:
        services.forget(wave=wave, holder=holder)
        visits.let_go(answer, wave)
        return answer
    if not known:
        return answer
    if queries.unfinished(wave, holder) is None:
        holder = holder if holder.person else replace(holder, secret=new_code())
        written = {
            "lang": request.POST.get("lang", "")[:10],
            "strand": request.POST.get("strand", "")[:6],
            "code": holder.code,
        }
        services.keep(
            by=request.speaker, wave=wave, holder=holder, written=written, now=clock.now()
        )
    answer = _to("part", wave.survey, 1)
    if holder.secret:
        visits.remember(answer, wave, secret=holder.secret)
    return answer


def _to(name: str, survey: Survey, *more: object) -> HttpResponse:
    return redirect(f"surveys:{name}", survey.project.address, survey.ref, *more)


@require_http_methods(["GET", "POST"])
def part(request: Request, project: str, survey: UUID, survey_part: int) -> HttpResponse:
    """Ask one part. What is filled in is kept, whatever is pressed."""
    found = _asked(request, project, survey)
    visit = _visit(request, found)
    if visit is None:
        return _closed(request, found) if request.method == "POST" else _to("start", found)
    asked = visit.part_at(survey_part)
    if asked is None:
        return _to("start", found)
    if request.method == "GET":
        return _ask(request, visit, asked, visit.form(asked, look="look" in request.GET))
    form, act = visit.form(asked, request.POST), request.POST.get("act", "next")
    written = visit.written(form)
    if act.startswith("lang:"):
        written["lang"] = act.removeprefix("lang:")[:10]
    services.keep(
        by=request.speaker,
        wave=visit.wave,
        holder=visit.holder,
        written=written,
        later=act == "later",
        now=clock.now(),
    )
    return _go(request, replace(visit, draft=written), asked, form, act)


def _visit(request: Request, survey: Survey) -> Visit | None:
    wave = queries.asking_wave(survey, now=clock.now())
    if wave is None or not may_answer(request.speaker, wave, now=clock.now()):
        return None
    box = listening(survey.project, now=clock.now())
    return visits.begun(request, wave, request.speaker, box=box)


def _go(request: Request, visit: Visit, part: Part, form: Filling, act: str) -> HttpResponse:
    """Go where somebody wants to go; onwards only when nothing has to be put right."""
    if act == "later":
        return _later(request, visit)
    if act.startswith("lang:"):
        return _to("part", visit.survey, part.number)
    if act == "back":
        before = visit.before(part)
        return _to("part", visit.survey, before.number) if before else _to("start", visit.survey)
    if not form.is_valid():
        return _ask(request, visit, part, form)
    after = visit.after(part, form.before | form.given)
    return _to("part", visit.survey, after.number) if after else _to("check", visit.survey)


def _ask(request: Request, visit: Visit, part: Part, form: Filling) -> HttpResponse:
    context = _around(visit.survey) | _reading(visit.box)
    heading, lede = visits.heading_of(part, visit.lang)
    context |= {
        "visit": visit,
        "part": part,
        "form": form,
        "heading": heading or visit.title(),
        "lede": lede,
        "before": visit.before(part),
        "parts": len(visit.outline.parts),
        "left_out": not visit.box.is_open and any(q.is_words for q in part.questions),
        "unsent": [each for each in visit.unsent if each[0].question in part.questions],
    }
    return page(request, "surveys/part.html", context)


def _reading(box: Listening) -> dict[str, Any]:
    now = clock.now()
    return {"box": box, **offers.when_read(box.next_reading, box.gap, now=now)}


def _later(request: Request, visit: Visit) -> HttpResponse:
    """Tell how to come back; a guest's own secret is shown here, and nowhere again."""
    if visit.holder.person is not None:
        messages.success(request, _("Kept. It is here when you come back, for 30 days."))
        return redirect("pages:project", visit.survey.project.address)
    context = _around(visit.survey) | {
        "visit": visit,
        "code": shown(visit.holder.secret),
        "door": to_type(reverse("surveys:door")),
        "invited": visit.survey.open_to == Survey.OpenTo.INVITED,
    }
    answer = page(request, "surveys/later.html", context)
    visits.let_go(answer, visit.wave)
    return answer


@require_http_methods(["GET", "POST"])
def check(request: Request, project: str, survey: UUID) -> HttpResponse:
    """Look at everything once more, and send it."""
    found = _asked(request, project, survey)
    if request.method == "POST" and (again := _sent_already(request, found)):
        return again
    visit = _visit(request, found)
    if visit is None:
        return _to("start", found)
    looked = visit.look()
    if looked.wrong is not None:
        answer = _to("part", found, looked.wrong.number)
        answer["Location"] += "?look=1"
        return answer
    form, unsent = _send_form(request, visit, has_words=bool(looked.words)), visit.unsent
    if form.is_valid() and (not unsent or request.POST.get("act") == "ticks"):
        with form.refusals():
            return _send(request, visit, looked, form)
    context = _around(found) | _reading(visit.box) | {"visit": visit, "looked": looked}
    return page(request, "surveys/check.html", context | {"form": form, "unsent": unsent})


def _send_form(request: Request, visit: Visit, *, has_words: bool) -> Send:
    project = visit.survey.project
    return Send(
        request.POST or None,
        project=project,
        now=clock.now(),
        has_words=has_words,
        is_member=request.speaker.is_member,
        has_receipt=holds_receipt_of(request.speaker, project),
    )


def _send(request: Request, visit: Visit, looked: visits.Looked, form: Send) -> HttpResponse:
    project, now = visit.survey.project, clock.now()
    words = form.signed(looked.words)
    sent = services.send(
        by=request.speaker,
        wave=visit.wave,
        holder=visit.holder,
        form_key=form.key,
        filled=services.Filled(
            given=looked.given,
            words=words,
            strand=queries.strand_of(project, str(visit.draft.get("strand", ""))),
        ),
        **form.receipts,
        now=now,
    )
    linked = request.speaker.is_member and any(each["known_as"] != "unlinked" for each in words)
    return _thank(request, visit.wave, sent, same=form.receipts["add_to_mine"], linked=linked)


def _sent_already(request: Request, survey: Survey) -> HttpResponse | None:
    """Answer a form that was sent twice as the first time, also when nothing of it is left here."""
    token = request.POST.get("form_key", "")
    begun = formkeys.read(token, project=survey.project_id, now=clock.now())
    wave = queries.asking_wave(survey, now=clock.now())
    sent = queries.sent_before(wave, begun.key) if begun and wave else None
    if not (wave and sent):
        return None
    _say_what_stays(request, sent)
    return _thank(request, wave, sent)


def _say_what_stays(request: Request, sent: services.Sent) -> None:
    """Tell somebody who went back to choose otherwise who may know that it stays as it was."""
    chosen = request.POST.get("known_as", "")
    if sent.voice is None or not chosen:
        return
    name = request.POST.get("given_name", "")
    try:
        refuse_other_name(sent.voice, {"known_as": chosen, "given_name": name})
    except Refusal as refusal:
        messages.warning(request, refusal.message)


def _thank(
    request: Request,
    wave: Wave,
    sent: services.Sent,
    *,
    same: bool = False,
    linked: bool = False,
) -> HttpResponse:
    """Lead on: to the receipt where words were written, else to the thanks."""
    project, now = wave.survey.project, clock.now()
    if sent.has_words:
        messages.success(request, _("We have your ticks too. They wait for those of others."))
        how: How = "new" if sent.code else ("same" if same else "none")
        answer: HttpResponse = handing.over(
            project, Handed(how, sent.code, linked, sent.softer), now=now
        )
    else:
        answer = _to("thanks", wave.survey)
        if is_asking(project):
            invite(answer, project, now=now)
    visits.remember(answer, wave, sent=True)
    return answer


@require_GET
def thanks(request: Request, project: str, survey: UUID) -> HttpResponse:
    """Thank somebody, and say what happens with what they answered."""
    found = _asked(request, project, survey)
    context = _around(found) | {
        "terms": current_terms(found.project),
        "asks": is_asking(found.project),
    }
    return page(request, "surveys/thanks.html", context)


def _closed(request: Request, survey: Survey) -> HttpResponse:
    """Say that it has closed, or is not begun; what somebody wrote is shown, to be copied."""
    asks = [f"q{each.ref.hex}" for each in queries.outline(survey).questions if each.is_words]
    written = [request.POST[name] for name in asks if request.POST.get(name)]
    context = _around(survey) | {"written": written}
    context["asking"] = queries.asking_wave(survey, now=clock.now()) is not None
    return page(request, "surveys/closed.html", context)


def _around(survey: Survey) -> dict[str, Any]:
    return around(survey) | {"neutral_title": True}
