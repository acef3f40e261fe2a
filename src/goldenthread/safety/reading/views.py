"""The reading room: what waits, and the one thing that is open."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.kit.paging import keyset
from goldenthread.projects.access import staff_project
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.speaker import Request
from goldenthread.safety.readers import queries as readers
from goldenthread.safety.reading import forms, queries, services, shown
from goldenthread.safety.reading.models import Words

READER = ProjectRole.Name.READER


def _open(request: Request, address: str, ref: UUID) -> tuple[Project, Words]:
    """Fetch words through the reader: not yours and not there look the same."""
    project = staff_project(request, address, READER)
    found = queries.item(project, ref)
    if found is None:
        raise Http404
    return project, found


@require_GET
def queue(request: Request, project: str) -> HttpResponse:
    """Show what waits to be read, none of it open."""
    here = staff_project(request, project, READER)
    now = clock.now()
    listed = keyset(queries.queue(here, now=now), order=queries.ORDER, query=request.GET)
    context = shown.queue(here, listed, tab="reading:queue", reader=request.user, now=now)
    return page(request, "reading/queue.html", context)


@require_POST
def read_next(request: Request, project: str) -> HttpResponse:
    """Open the next one that nobody has open."""
    here = staff_project(request, project, READER)
    if readers.needs_a_break(request.user, now=clock.now()):
        return redirect("readers:break")
    found = services.claim_next(by=request.user, project=here, now=clock.now())
    if found is None:
        messages.info(request, _("Nothing is free to read just now."))
        return redirect("reading:queue", here.address)
    return redirect("reading:item", here.address, found.ref)


@require_GET
def asked(request: Request, project: str) -> HttpResponse:
    """List what waits for its author's answer."""
    here = staff_project(request, project, READER)
    order = ("received_on", "ref")
    listed = keyset(queries.asked_back(here), order=order, query=request.GET)
    context = shown.queue(here, listed, tab="reading:asked", reader=request.user, now=clock.now())
    return page(request, "reading/asked.html", context)


@require_GET
def done(request: Request, project: str) -> HttpResponse:
    """List what readers have decided lately."""
    here = staff_project(request, project, READER)
    now = clock.now()
    order = ("-received_on", "ref")
    listed = keyset(queries.done_lately(here, now=now), order=order, query=request.GET)
    context = shown.queue(here, listed, tab="reading:done", reader=request.user, now=now)
    return page(request, "reading/done.html", context)


@require_http_methods(["GET", "POST"])
def brought_in(request: Request, project: str) -> HttpResponse:
    """Read a page of words that were brought in from a file, and release those that are fine."""
    here = staff_project(request, project, READER)
    if not readers.has_practised(request.user):
        return redirect("readers:practice")
    now = clock.now()
    form = forms.Several(request.POST or None)
    if form.is_valid():
        released = services.release_many(
            by=request.user, project=here, versions=form.versions(), now=now
        )
        said = ngettext("One is released.", "%(n)s are released.", len(released))
        messages.success(request, said % {"n": len(released)})
        if here.for_under_18:
            messages.info(request, _("What one person has read waits for a second reader."))
        return redirect("reading:brought_in", here.address)
    rows = queries.brought_in(here, now=now)
    listed = keyset(rows, order=queries.ORDER, query=request.GET)
    context = shown.queue(here, listed, tab="reading:brought_in", reader=request.user, now=now)
    context |= {"form": form, "opened": "open" in request.GET or form.is_bound}
    return page(request, "reading/brought_in.html", context)


@require_GET
def item(request: Request, project: str, words: UUID) -> HttpResponse:
    """Show one thing someone sent: closed at first, open to the reader who has taken it."""
    here, found = _open(request, project, words)
    form = forms.Release(words=found)
    return page(request, *shown.item(here, found, form, reader=request.user, now=clock.now()))


@require_POST
def claim(request: Request, project: str, words: UUID) -> HttpResponse:
    """Open it."""
    here, found = _open(request, project, words)
    services.claim(by=request.user, words=found, now=clock.now())
    return redirect("reading:item", here.address, found.ref)


@require_POST
def let_go(request: Request, project: str, words: UUID) -> HttpResponse:
    """Put it back."""
    here, found = _open(request, project, words)
    services.let_go(by=request.user, words=found, now=clock.now())
    messages.info(request, _("It is back in the list. You do not need to say why."))
    if "break" in request.POST:
        return redirect("readers:break")
    return redirect("reading:queue", here.address)


@require_POST
def set_lane(request: Request, project: str, words: UUID) -> HttpResponse:
    """Say whether it is to be read first."""
    here, found = _open(request, project, words)
    first = request.POST.get("lane") == Words.Lane.FIRST
    lane = Words.Lane.FIRST if first else Words.Lane.ORDINARY
    services.set_lane(by=request.user, words=found, lane=lane, now=clock.now())
    return redirect("reading:item", here.address, found.ref)


@require_POST
def release(request: Request, project: str, words: UUID) -> HttpResponse:
    """Show what people will see, or release it."""
    here, found = _open(request, project, words)
    form = forms.Release(request.POST, words=found)
    preview = "preview" in request.POST
    if form.is_valid() and not preview:
        given = form.cleaned_data
        chosen = {name: given[name] for name in ("masks", "explanation", "version")}
        mine = partial(shown.about_to_send, form=form)
        act = partial(services.release, by=request.user, words=found, **chosen)
        done = _decide(request, here, form, act, mine)
        if done is not None:
            return done
    now = clock.now()
    return page(
        request, *shown.item(here, found, form, reader=request.user, now=now, preview=preview)
    )


@require_http_methods(["GET", "POST"])
def ask(request: Request, project: str, words: UUID) -> HttpResponse:
    """Ask the author something."""
    return _with_form(request, project, words, ASK)


@require_http_methods(["GET", "POST"])
def do_not_publish(request: Request, project: str, words: UUID) -> HttpResponse:
    """Leave it unpublished, with the reason."""
    return _with_form(request, project, words, DO_NOT_PUBLISH)


@require_POST
def pass_on(request: Request, project: str, words: UUID) -> HttpResponse:
    """Ask for a second reader."""
    here, found = _open(request, project, words)
    form = forms.Version(request.POST)
    if form.is_valid():
        try:
            services.pass_on(by=request.user, words=found, **form.cleaned_data, now=clock.now())
        except services.Clash as clash:
            return _clash(request, here, clash, [])
        messages.success(request, _("Another reader will look at it. Thank you."))
    return redirect("reading:queue", here.address)


@dataclass(frozen=True)
class Deed:
    """One way to decide: what is filled in, where, what it does, and what is said then."""

    form: type[forms.Version]
    template: str
    service: Callable[..., object]


ASK = Deed(forms.Ask, "reading/ask.html", services.ask_back)
DO_NOT_PUBLISH = Deed(forms.DoNotPublish, "reading/do_not_publish.html", services.do_not_publish)


def _with_form(request: Request, address: str, ref: UUID, deed: Deed) -> HttpResponse:
    """Decide on a page of its own; whoever has not opened the words is led to them first."""
    here, found = _open(request, address, ref)
    if request.method == "GET" and not shown.is_open_to(found, request.user, now=clock.now()):
        return redirect("reading:item", here.address, found.ref)
    form = deed.form(request.POST or None, initial={"version": found.version})
    if form.is_valid():
        act = partial(deed.service, by=request.user, words=found, **form.cleaned_data)
        done = _decide(request, here, form, act, lambda _theirs: shown.parts_of(form))
        if done is not None:
            return done
    return page(request, deed.template, shown.around(here, found) | {"form": form})


def _decide(
    request: Request,
    project: Project,
    form: forms.Version,
    act: Callable[..., object],
    mine: Callable[[Words], shown.Parts],
) -> HttpResponse | None:
    """Do it and go back to the list; None if it is refused, which the form then says.

    `mine` says what the reader was about to send, once it is known how the words stand now.
    """
    answer: HttpResponse | None = None
    with form.refusals():
        try:
            act(now=clock.now())
            messages.success(request, _("Done. The author can see what you decided."))
            answer = redirect("reading:queue", project.address)
        except services.Clash as clash:
            answer = _clash(request, project, clash, mine(clash.theirs))
    return answer


def _clash(
    request: Request, project: Project, clash: services.Clash, mine: shown.Parts
) -> HttpResponse:
    """Show both versions to whoever came second: nothing is overwritten, nothing is lost."""
    context = shown.clash(project, clash.theirs, mine, message=clash.message)
    return page(request, "reading/clash.html", context, status=409)
