"""The gallery of components, served in development only: config decides."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.kit.gallery import samples
from goldenthread.kit.gallery.forms import RightToLeft, Sample, Speak

PAGES = ("project", "speak", "receipt", "work")


@require_http_methods(["GET", "POST"])
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    form = Sample(request.POST or None)
    context = samples.everything() | {"form": form, "pages": PAGES}
    return render(request, "kit/gallery/index.html", context)


@require_safe
def wrong(request: HttpRequest) -> HttpResponse:
    """The same form after it was sent empty: every field in its state of error."""
    context = {"site_name": "Golden Thread", "form": Sample({"words": "x" * 520})}
    return render(request, "kit/gallery/wrong.html", context)


@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """Lists, full and empty, with their filters, keys and pages."""
    return render(request, "kit/gallery/lists.html", samples.lists())


@require_safe
def sample(request: HttpRequest, name: str) -> HttpResponse:
    """A whole page, as people will see it."""
    if name not in PAGES:
        raise Http404
    context = samples.pages()[name] | {"form": Speak()}
    return render(request, f"kit/gallery/{name}.html", context)


@require_safe
def right_to_left(request: HttpRequest) -> HttpResponse:
    """A page in Arabic, with an error: it must stand as well as its mirror image."""
    with translation.override("ar"):
        context = samples.right_to_left() | {"form": RightToLeft({"known_as": "nobody"})}
        return render(request, "kit/gallery/right_to_left.html", context)
