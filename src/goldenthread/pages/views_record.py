"""What the record says of one's own words, and the proof of it to take along."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from goldenthread.kit.pages import page
from goldenthread.pages.own import own_voice
from goldenthread.pages.record import kept_of, proof_for, with_standing
from goldenthread.projects.speaker import Request


@require_GET
def in_the_record(request: Request, voice: UUID) -> HttpResponse:
    """Show an author what the record holds of their words, and whether it still matches."""
    _author, found = own_voice(request, voice, asking=with_standing)
    context = {"voice": found, "kept": kept_of(found), "neutral_title": True}
    return page(request, "pages/in_the_record.html", context)


@require_GET
def proof(request: Request, voice: UUID) -> HttpResponse:
    """Give an author the proof that their words entered the record, to be checked elsewhere."""
    _author, found = own_voice(request, voice, asking=with_standing)
    text = proof_for(found)
    if text is None:
        raise Http404
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="proof.txt"'
    answer["Cache-Control"] = "no-store"
    return answer
