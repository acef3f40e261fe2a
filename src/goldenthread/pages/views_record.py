"""What the record says of one's own words, and the proof of it to take along."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from goldenthread.kit.pages import page
from goldenthread.listen.voices import queries as voices
from goldenthread.listen.voices.models import Voice
from goldenthread.pages.record import kept_of, proof_for, with_standing
from goldenthread.projects.speaker import Request, receipt_holder


@require_GET
def in_the_record(request: Request, voice: UUID) -> HttpResponse:
    """Show an author what the record holds of their words, and whether it still matches."""
    found = _own(request, voice)
    context = {"voice": found, "kept": kept_of(found), "neutral_title": True}
    return page(request, "pages/in_the_record.html", context)


@require_GET
def proof(request: Request, voice: UUID) -> HttpResponse:
    """Give an author the proof that their words entered the record, to be checked elsewhere."""
    text = proof_for(_own(request, voice))
    if text is None:
        raise Http404
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="proof.txt"'
    answer["Cache-Control"] = "no-store"
    return answer


def _own(request: Request, voice: UUID) -> Voice:
    """Fetch a voice through its author: the member signed in, or who holds its receipt."""
    for speaker in (request.speaker, receipt_holder(request)):
        found = with_standing(voices.mine(speaker)).filter(pk=voice).first() if speaker else None
        if found:
            return found
    raise Http404
