"""Members without e-mail: adding them, and printing, replacing and stopping their cards."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST

from goldenthread.kit import clock
from goldenthread.kit.carrying import carried, carry
from goldenthread.kit.forms import posted
from goldenthread.kit.pages import page
from goldenthread.kit.paging import keyset
from goldenthread.organisations import cards, forms, queries
from goldenthread.organisations.models import Membership, Organisation
from goldenthread.organisations.views.common import administered, or_404, speaker_of, to
from goldenthread.people.keycards import sheet

ON_A_PAGE = 25
GET_POST = require_http_methods(["GET", "POST"])


@GET_POST
def without_mail(request: HttpRequest, organisation: str) -> HttpResponse:
    """Who has no e-mail, which cards work, and adding people."""
    found = administered(request, organisation)
    form = forms.AddWithoutMail(posted(request))
    if form.is_valid():
        cards.add_without_address(
            by=speaker_of(request), organisation=found, **form.cleaned_data, now=clock.now()
        )
        return to("without_mail", found)
    return _list(request, found, form=form)


def _list(request: HttpRequest, found: Organisation, **filled: Any) -> HttpResponse:
    order, query = ("person__name", "ref"), request.GET
    listed = keyset(cards.without_address(found), order=order, query=query, size=ON_A_PAGE)
    holders = cards.holders_of(listed.rows, now=clock.now())
    lacking = [str(each.membership.ref) for each in holders if not each.works]
    context = {
        "organisation": found,
        "listed": listed,
        "holders": holders,
        "choosing": forms.MakeCards(people=_choices(listed.rows), initial={"people": lacking}),
        "form": forms.AddWithoutMail(),
        **filled,
    }
    return page(request, "organisations/without_mail.html", context)


def _choices(members: Iterable[Membership]) -> list[tuple[str, str]]:
    return [(str(each.ref), each.person.name) for each in members if each.suspended_on is None]


@require_POST
def make_cards(request: HttpRequest, organisation: str) -> HttpResponse:
    """Make cards for the people who were chosen; the next page hands out the sheet, once."""
    found, now = administered(request, organisation), clock.now()
    form = forms.MakeCards(request.POST, people=_choices(cards.without_address(found)))
    if form.is_valid():
        with form.refusals():
            made = cards.make_cards(
                by=speaker_of(request),
                organisation=found,
                refs=form.cleaned_data["people"],
                now=now,
            )
            sealed = carry([(str(ref), code) for ref, code in made], where=found.ref, now=now)
            context = {"organisation": found, "sealed": sealed, "number": len(made)}
            return page(request, "organisations/cards_made.html", context)
    return _list(request, found, choosing=form)


@require_POST
def sheet_of_cards(request: HttpRequest, organisation: str) -> HttpResponse:
    """Hand out the sheet of cards that were just made."""
    found, now = administered(request, organisation), clock.now()
    made = dict(carried(request.POST.get("cards", ""), where=found.ref, now=now))
    holders = cards.holders_of(list(cards.without_address(found).filter(ref__in=made)), now=now)
    printed = [
        sheet.Printed(
            each.membership.person.name, made[str(each.membership.ref)], each.card.ends_on
        )
        for each in holders
        if each.card is not None
    ]
    language = found.language.split("-")[0] or "en"
    pdf = sheet.make(printed, organisation=found.name, language=language, made_on=clock.today(now))
    name = f"{slugify(found.name) or 'sign-in'}-cards.pdf"
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
def withdraw_card(request: HttpRequest, organisation: str, membership: UUID) -> HttpResponse:
    """Stop a card at once."""
    found = administered(request, organisation)
    one = or_404(queries.membership_in(found, membership))
    cards.withdraw_card(by=speaker_of(request), membership=one, now=clock.now())
    return to("without_mail", found)
