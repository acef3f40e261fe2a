from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.kit.paging import keyset
from goldenthread.listen.themes import forms, permissions, queries, services, shown
from goldenthread.listen.themes.also import beside_themes, told_beside
from goldenthread.listen.themes.models import Theme
from goldenthread.listen.themes.suggestions import suggestions_for
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.searching import BY_DAY
from goldenthread.projects.access import project_for, staff_project
from goldenthread.projects.models import Project
from goldenthread.projects.permissions import may_see_board
from goldenthread.projects.speaker import Request, Speaker, receipt_holder
from goldenthread.safety.release.queries import latest
from goldenthread.thread.queries import story_of

AT_ONCE = 50


@require_GET
def all_themes(request: Request, project: str) -> HttpResponse:
    """Show what people's words have in common, and where each theme stands."""
    found = project_for(request, project)
    themes = queries.themes_for(request.speaker, found)
    return page(
        request,
        "themes/list.html",
        {
            "project": found,
            "crumbs": shown.crumbs(found),
            "themes": shown.with_figures(themes, latest(found)),
            "told": told_beside(found),
            "may_read": may_see_board(request.speaker, found, now=clock.now()),
            "may_group": permissions.may_group(request.speaker, found, now=clock.now()),
        },
    )


@require_GET
def theme(request: Request, project: str, theme: UUID) -> HttpResponse:
    """Show one theme: what it says, where it stands, and what came of it."""
    found = project_for(request, project)
    topic, spoke = queries.theme_for(request.speaker, found, theme)
    return page(
        request,
        "themes/theme.html",
        {
            "project": found,
            "theme": topic,
            "crumbs": shown.crumbs(found, topics=True),
            "stands_at": queries.stands_at(topic),
            "may_read": may_see_board(request.speaker, found, now=clock.now()),
            "earlier": queries.earlier_wordings(topic),
            "voices": shown.how_many(topic, latest(found)),
            "story": story_of(topic.ref, visible_to=request.speaker),
            "spoke": spoke,
            "may_correct": permissions.may_correct(request.speaker, topic, spoke=spoke),
            "may_group": permissions.may_group(request.speaker, found, now=clock.now()),
        },
    )


@require_http_methods(["GET", "POST"])
def correct(request: Request, project: str, theme: UUID) -> HttpResponse:
    """Let someone who spoke say whether a theme says what they meant."""
    topic = queries.theme_in(project_for(request, project), theme)
    speaker, own = _who_spoke(request, topic)
    if not permissions.may_correct(speaker, topic, spoke=bool(own)):
        return _not_asked(request, topic)
    given = queries.my_correction(topic, own)
    form = forms.Correct(given, request.POST or None)
    if form.is_valid():
        with form.refusals():
            services.correct(
                by=speaker, theme=topic, voice=own[0], now=clock.now(), **form.cleaned_data
            )
            messages.success(request, _("Thank you. We have kept your answer."))
            return redirect("themes:theme", project, theme)
    context = {"project": topic.project, "theme": topic, "form": form, "given": given}
    context["neutral_title"] = True
    context["crumbs"] = shown.crumbs(topic.project, topics=True)
    return page(request, "themes/correct.html", context)


def _not_asked(request: Request, topic: Theme) -> HttpResponse:
    """Lead to the topic; what somebody wrote while it went on is given back to them."""
    written = request.POST.get("text", "").strip()
    if not written:
        return redirect("themes:theme", topic.project.address, topic.ref)
    context = {"project": topic.project, "theme": topic, "written": written}
    context["neutral_title"] = True
    context["crumbs"] = shown.crumbs(topic.project, topics=True)
    return page(request, "themes/not_asked.html", context, status=409)


def _who_spoke(request: Request, topic: Theme) -> tuple[Speaker, list[Voice]]:
    """Find whose voices are in a theme: the member's signed in, or those of the open receipt."""
    for speaker in (request.speaker, receipt_holder(request)):
        if speaker and (own := queries.my_voices_in(speaker, topic)):
            return speaker, own
    return request.speaker, []


@require_http_methods(["GET", "POST"])
def workspace(request: Request, project: str) -> HttpResponse:
    """Group voices: the page on which facilitators and co-leads work."""
    found = staff_project(request, project, *permissions.ORGANISERS)
    themes = list(queries.themes_of(found))
    form = forms.Sort(themes, request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.refusals():
            messages.success(request, _sort(request, found, themes, form.cleaned_data))
            return redirect(request.get_full_path())
    left = queries.ungrouped(found)
    words = request.GET.get("q", "").strip()
    rows = queries.holding(shown.of_kind(left, request.GET), found, words)
    listed = keyset(rows, order=BY_DAY, query=request.GET, size=AT_ONCE)
    context = {
        "project": found,
        "crumbs": shown.crumbs(found, topics=True),
        "form": form,
        "picks": shown.picks(listed.rows, found, ticked=form.ticked()),
        "themes": shown.theme_lines(themes, found),
        "also": beside_themes(found),
        "kinds": shown.kind_filters(request.GET),
        "page": listed,
        "how_many": queries.how_many_left(rows, words),
    }
    return page(request, "themes/workspace.html", context)


def _sort(request: Request, project: Project, themes: list[Theme], given: dict[str, Any]) -> str:
    """Do what the form asks, in one act, and say so."""
    by, voices, now = request.user, given["voices"], clock.now()
    if given["do"] == "new":
        new = services.make_theme(
            by=by, project=project, title=given["title"], voices=voices, now=now
        )
        said = {"title": new.title, "n": new.voice_count}
        return _("Made the theme “%(title)s”, with %(n)s in it.") % said
    [into] = [theme for theme in themes if theme.ref == given["theme"]]
    added = services.group(by=by, theme=into, voices=voices, now=now)
    put = _("Put %(n)s in the theme “%(title)s”.") % {"n": added, "title": into.title}
    return f"{put} {shown.agreed_anew(into) if added else ''}".strip()


@require_GET
def work(request: Request, project: str, theme: UUID) -> HttpResponse:
    """Work on one theme: its words, its voices, what those who spoke say of it."""
    return _work(request, _to_work_on(request, project, theme))


@require_POST
def reword(request: Request, project: str, theme: UUID) -> HttpResponse:
    """Put a theme in other words."""
    topic = _to_work_on(request, project, theme)
    form = forms.Reword(request.POST)
    if form.is_valid():
        with form.refusals():
            services.retitle(by=request.user, theme=topic, now=clock.now(), **form.cleaned_data)
            return _done(request, topic, _("Saved."))
    return _work(request, topic, reword=form, theirs=form.meet(topic))


@require_POST
def take_out(request: Request, project: str, theme: UUID) -> HttpResponse:
    """Give voices of a theme a theme of their own, or take them out."""
    topic = _to_work_on(request, project, theme)
    form = forms.TakeOut(request.POST)
    if form.is_valid():
        given, by, now = form.cleaned_data, request.user, clock.now()
        with form.refusals():
            if given["do"] == "out":
                services.ungroup(by=by, theme=topic, voices=given["voices"], now=now)
                said = _("Taken out. They are with the voices in no theme.")
                return _done(request, topic, said, shown.agreed_anew(topic))
            new = services.split(
                by=by, theme=topic, voices=given["voices"], title=given["title"], now=now
            )
            said = _("Made this theme out of “%(title)s”.") % {"title": topic.title}
            return _done(request, new, said)
    return _work(request, topic, take_out=form)


@require_http_methods(["GET", "POST"])
def similar(request: Request, project: str, theme: UUID) -> HttpResponse:
    """Show voices that share rare words with a theme, for people to put in or leave."""
    topic = _to_work_on(request, project, theme)
    form = forms.Add(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.refusals():
            added = services.group(
                by=request.user, theme=topic, voices=form.cleaned_data["voices"], now=clock.now()
            )
            anew = shown.agreed_anew(topic) if added else ""
            return _done(request, topic, _("Put %(n)s in this theme.") % {"n": added}, anew)
    context = {"project": topic.project, "theme": topic, "form": form}
    context["crumbs"] = shown.crumbs(topic.project, work_on=topic)
    context["picks"] = shown.suggested(suggestions_for(topic), topic.project)
    return page(request, "themes/similar.html", context)


@require_http_methods(["GET", "POST"])
def merge(request: Request, project: str, theme: UUID) -> HttpResponse:
    """Merge other themes into this one."""
    topic = _to_work_on(request, project, theme)
    others = {other.ref: other for other in queries.can_be_merged_into(topic)}
    form = forms.Merge(others.values(), request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.refusals():
            chosen = [others[ref] for ref in form.cleaned_data["themes"]]
            services.merge(by=request.user, themes=chosen, into=topic, now=clock.now())
            return _done(request, topic, _("Merged. The old themes still say what became of them."))
    context = {"project": topic.project, "theme": topic, "form": form, "others": others}
    context["crumbs"] = shown.crumbs(topic.project, work_on=topic)
    return page(request, "themes/merge.html", context)


@require_POST
def show_back(request: Request, project: str, theme: UUID) -> HttpResponse:
    """Show a theme to those who spoke."""
    topic = _to_work_on(request, project, theme)
    services.show_back(by=request.user, theme=topic, now=clock.now())
    return _done(request, topic, _("Those who spoke can now say if this is what they meant."))


@require_POST
def agree(request: Request, project: str, theme: UUID) -> HttpResponse:
    """Say that a theme is ready to be decided on."""
    topic = _to_work_on(request, project, theme)
    services.agree(by=request.user, theme=topic, now=clock.now())
    return _done(request, topic, _("This theme is ready to be decided on."))


@require_POST
def deal_with(request: Request, project: str, theme: UUID, correction: UUID) -> HttpResponse:
    """Note what was done with a correction."""
    topic = _to_work_on(request, project, theme)
    one = queries.correction_in(topic, correction)
    form = forms.DealWith(request.POST, auto_id=f"id_{one.ref.hex}_%s")
    if form.meets(one):
        with form.refusals():
            services.deal_with(
                by=request.user, correction=one, what=form.cleaned_data["what"], now=clock.now()
            )
            return _done(request, topic, _("Noted."))
    return _work(request, topic, deal_with=form, dealing=one.ref)


def _to_work_on(request: Request, project: str, theme: UUID) -> Theme:
    """Return the theme for those who may work on it; a merged one is only read."""
    topic = queries.theme_in(staff_project(request, project, *permissions.ORGANISERS), theme)
    if topic.state == Theme.State.MERGED:
        raise Http404
    return topic


def _done(request: Request, topic: Theme, *said: str) -> HttpResponse:
    messages.success(request, " ".join(filter(None, said)))
    return redirect("themes:work", topic.project.address, topic.ref)


def _work(request: Request, topic: Theme, **given: Any) -> HttpResponse:
    return page(request, "themes/work.html", shown.work_on(topic, request.GET, **given))
