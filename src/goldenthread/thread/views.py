"""The record as anyone may fetch it: files that never change, and one page that explains them."""

from pathlib import Path
from typing import TypeVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.thread import forms, published, services
from goldenthread.thread.keys import origin, public_key
from goldenthread.thread.merkle.tiles import WIDTH
from goldenthread.thread.standing import agreeing, last_check

FOR_EVER, SHORTLY = "public, max-age=31536000, immutable", "public, max-age=60"
TEXT, BYTES = "text/plain; charset=utf-8", "application/octet-stream"
OUTSIDE = Path(__file__).with_name("outside")
LATEST = 10  # heads on the page
Answer = TypeVar("Answer", bound=HttpResponseBase)


@require_GET
def record(request: HttpRequest) -> HttpResponse:
    """Explain the record, say how it stands, and lead to its files."""
    heads, witnesses = published.heads(LATEST), published.witnesses()
    size = heads[0].size if heads else 0
    agreed = sum(each.agreed_size >= size for each in witnesses)
    context = {
        "newest": heads[0] if heads else None,
        "heads": heads,
        "witnesses": witnesses,
        "agreeing": agreeing(agreed) if agreed else _("No outside keeper has seen this seal yet."),
        "seal": heads[0].words.replace(" –", "\u00a0–") if heads else "",
        "check": last_check(),
        "key": str(public_key()),
        **_read_out(request),
    }
    return page(request, "thread/record.html", context)


def _read_out(request: HttpRequest) -> dict[str, object]:
    """Find the seal of four words that somebody read out, if anybody asks."""
    form = forms.FourWords(request.GET if "words" in request.GET else None)
    if not form.is_valid():
        return {"form": form}
    found, size = published.head_of_words(form.cleaned_data["words"]), form.cleaned_data["size"]
    fits = found is not None and size in {None, found.size}
    agreed = agreeing(len(found.cosigned.splitlines())) if found else ""
    return {"form": form, "asked": True, "found": found, "fits": fits, "agreed": agreed}


@require_GET
def checkpoint(request: HttpRequest) -> HttpResponse:
    """Give the newest signed head, with the signatures of its keepers."""
    found = published.newest()
    if found is None:
        raise Http404
    return _file(found.checkpoint.encode(), TEXT, SHORTLY)


@require_GET
def head(request: HttpRequest, size: int) -> HttpResponse:
    """Give the signed head over so many entries."""
    found = published.head_of(size)
    if found is None:
        raise Http404
    return _file(found.checkpoint.encode(), TEXT, SHORTLY)


@require_GET
def tile(request: HttpRequest, tile: str) -> HttpResponse:
    """Give hashes or entries, up to 256 a file, as C2SP tlog-tiles names them."""
    found = published.tile(tile)
    if found is None:
        raise Http404
    place, content = found
    return _file(content, BYTES, FOR_EVER if place.width == WIDTH else SHORTLY)


@require_GET
def entries(request: HttpRequest) -> HttpResponseBase:
    """Give all entries under the newest head in one file, to be kept and verified."""
    found = published.newest()
    if found is None:
        raise Http404
    answer = StreamingHttpResponse(published.whole(found.size), content_type=BYTES)
    return _kept_as(answer, f"{origin()}-{found.size}.record")


@require_GET
def keys(request: HttpRequest) -> HttpResponse:
    """Give the public keys: that of the record first, then one line a keeper."""
    lines = [str(public_key()), *(each.key for each in published.witnesses())]
    return _file("".join(f"{line}\n" for line in lines).encode(), TEXT, SHORTLY)


@require_GET
def witness(request: HttpRequest) -> HttpResponse:
    """Give the program that keeps the record from outside."""
    return _outside("witness.py", TEXT)


@require_GET
def verify(request: HttpRequest) -> HttpResponse:
    """Give the page that verifies without us: to be kept and opened from one's own disk."""
    return _outside("verify.html", BYTES)


@require_http_methods(["GET", "POST"])
def give_back(request: HttpRequest) -> HttpResponse:
    """Take the signature of a keeper under a head of ours; any other text is refused."""
    form = forms.GiveBack(request.POST or None)
    if form.is_valid():
        with form.refusals():
            gave = services.take_cosignatures(note=form.cleaned_data["head"], now=clock.now())
            names = ", ".join(each.name for each in gave)
            messages.success(request, _("Thank you, %(names)s.") % {"names": names})
            return redirect("thread:record")
    return page(request, "thread/give_back.html", {"form": form})


def _file(content: bytes, kind: str, kept: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Cache-Control"] = kept
    return answer


def _outside(name: str, kind: str) -> HttpResponse:
    return _kept_as(HttpResponse((OUTSIDE / name).read_bytes(), content_type=kind), name)


def _kept_as(answer: Answer, name: str) -> Answer:
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = SHORTLY
    return answer
