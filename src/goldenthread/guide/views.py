"""The guide: the documents of this very version, readable wherever the product runs."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from goldenthread.guide.library import documents, part_of, parts
from goldenthread.guide.places import HERE, shown_here
from goldenthread.guide.searching import search
from goldenthread.kit.pages import page
from goldenthread.projects.speaker import Request

LONGEST = 100  # characters that are looked for


@require_GET
def guide(request: Request) -> HttpResponse:
    """Show what there is to read."""
    listed = [
        (part, [(each.title, HERE.document(each.path)) for each in part.documents])
        for part in parts()
    ]
    return page(request, "guide/guide.html", {"parts": listed})


@require_GET
def document(request: Request, guide_page: str, guide_part: str = "") -> HttpResponse:
    """Show one document, and what stands beside it."""
    found = documents().get("/".join(filter(None, (guide_part, guide_page))))
    if found is None:
        raise Http404
    part = part_of(found)
    beside = [(each.title, HERE.document(each.path), each == found) for each in part.documents]
    context = {"document": found, "part": part, "shown": shown_here(found), "beside": beside}
    return page(request, "guide/document.html", context)


@require_GET
def find(request: Request) -> HttpResponse:
    """Find passages by words."""
    asked = request.GET.get("q", "")[:LONGEST].strip()
    found = [
        (each, HERE.document(each.passage.document.path) + f"#{each.passage.anchor}".rstrip("#"))
        for each in (search(asked) if asked else ())
    ]
    return page(request, "guide/find.html", {"asked": asked, "found": found})
