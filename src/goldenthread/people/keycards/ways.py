"""Where cards stand among the ways of signing in."""

from collections.abc import Iterator

from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldenthread.people.accounts.models import Person
from goldenthread.people.accounts.ways import Way, also_sign_in, on_account
from goldenthread.people.keycards.queries import card_of

also_sign_in(Way(gettext_lazy("I have a sign-in card"), reverse_lazy("keycards:sign_in")))


@on_account
def own_card(person: Person) -> Iterator[Way]:
    """Lead to one's own card."""
    if card_of(person) is not None:
        yield Way(_("Your sign-in card"), reverse("keycards:own"))
