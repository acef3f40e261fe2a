"""Writes on an organisation itself: founding, settings, looks, labels, help lines."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldenthread.kit import clock, colour
from goldenthread.kit.refusals import Refusal
from goldenthread.organisations import events, logos, seeds
from goldenthread.organisations.belonging import (
    accept_invitation,
    end_role,
    give_role,
    invite,
    join_by_email,
    keep_an_administrator,
    restore,
    revoke,
    suspend,
    upload_list,
)
from goldenthread.organisations.models import HelpLine, Label, Logo, Membership, Organisation, Role
from goldenthread.organisations.permissions import may_found, must_administer
from goldenthread.people.accounts.models import Person
from goldenthread.thread.services import record

__all__ = [
    "accept_invitation",
    "add_help_line",
    "add_label",
    "change_accent",
    "change_help_line",
    "change_logo",
    "change_settings",
    "end_role",
    "found",
    "give_role",
    "invite",
    "join_by_email",
    "keep_an_administrator",
    "remove_help_line",
    "remove_label",
    "remove_logo",
    "restore",
    "revoke",
    "set_email_domains",
    "suspend",
    "upload_list",
    "verify_help_line",
]
ADDRESS_TAKEN = gettext_lazy("Another organisation has this address already. Choose another one.")
RESERVED = frozenset({"new"})


@transaction.atomic
def found(
    *,
    by: Person,
    name: str,
    kind: str,
    nation: str,
    address: str,
    now: datetime,
    from_the_command_line: bool = False,
) -> Organisation:
    """Begin an organisation: its founder administers it, and it has the help lines of its nation.

    :raises Refusal: the person may not found one, or the address is taken
    """
    if not from_the_command_line and not may_found(by, now=now):
        raise Refusal(_("Ask someone who administers an organisation here to begin a new one."))
    if address in RESERVED:
        raise Refusal(ADDRESS_TAKEN, field="address")
    today = clock.today(now)
    try:
        with transaction.atomic():
            made = Organisation.objects.create(
                name=name, kind=kind, nation=nation, address=address, created_on=today
            )
    except IntegrityError:
        raise Refusal(ADDRESS_TAKEN, field="address") from None
    membership = Membership.objects.create(organisation=made, person=by, joined_on=today)
    Role.objects.create(membership=membership, name=Role.Name.ADMINISTRATOR, starts_on=today)
    HelpLine.objects.bulk_create(seeds.help_lines_for(made))
    by.__dict__.pop("_organisation_roles", None)
    record(events.FOUNDED, about=made.ref, facts={"kind": kind}, now=now)
    return made


@transaction.atomic
def change_settings(
    *,
    by: Person,
    organisation: Organisation,
    name: str,
    about: str,
    kind: str,
    nation: str,
    language: str,
    listed: bool,
    now: datetime,
) -> None:
    """Change what the organisation is called and says about itself."""
    must_administer(by, organisation, now=now)
    organisation.name, organisation.about, organisation.kind = name, about, kind
    organisation.nation, organisation.language, organisation.listed = nation, language, listed
    _save(organisation, "name about kind nation language listed", "about", now)


@transaction.atomic
def change_accent(*, by: Person, organisation: Organisation, accent: str, now: datetime) -> None:
    """Change the one colour that is the organisation's own.

    :raises Refusal: words in that colour could not be read, with the nearest one that can
    """
    must_administer(by, organisation, now=now)
    if fault := colour.fault_of(accent):
        raise Refusal(fault, field="accent")
    organisation.accent = colour.normal(accent)
    _save(organisation, "accent", "accent", now)


@transaction.atomic
def change_logo(*, by: Person, organisation: Organisation, upload: bytes, now: datetime) -> None:
    """Draw the uploaded picture anew, small and as PNG, and keep only that.

    :raises Refusal: it is not a picture that we can draw
    """
    must_administer(by, organisation, now=now)
    png = logos.redrawn(upload)
    Logo.objects.update_or_create(organisation=organisation, defaults={"png": png})
    organisation.logo_mark = hashlib.sha256(png).hexdigest()[:12]
    _save(organisation, "logo_mark", "logo", now)


@transaction.atomic
def remove_logo(*, by: Person, organisation: Organisation, now: datetime) -> None:
    """Go back to the mark of the product."""
    must_administer(by, organisation, now=now)
    Logo.objects.filter(organisation=organisation).delete()
    organisation.logo_mark = ""
    _save(organisation, "logo_mark", "logo", now)


@transaction.atomic
def set_email_domains(
    *, by: Person, organisation: Organisation, domains: Sequence[str], now: datetime
) -> None:
    """Let everyone with an address at one of these domains join by themselves."""
    must_administer(by, organisation, now=now)
    organisation.email_domains = sorted({domain.strip().lower() for domain in domains} - {""})
    _save(organisation, "email_domains", "domains", now)


def _save(organisation: Organisation, columns: str, what: str, now: datetime) -> None:
    organisation.save(update_fields=columns.split())
    record(events.SETTINGS_CHANGED, about=organisation.ref, facts={"what": what}, now=now)


@transaction.atomic
def add_label(*, by: Person, organisation: Organisation, text: str, now: datetime) -> Label:
    """Add a broad label that people may let travel with their words.

    :raises Refusal: there is one of these words already
    """
    must_administer(by, organisation, now=now)
    if organisation.labels.filter(text__iexact=text).exists():
        raise Refusal(_("There is such a label already."), field="text")
    last = organisation.labels.aggregate(last=Max("position"))["last"] or 0
    made = Label.objects.create(organisation=organisation, text=text, position=last + 1)
    record(events.SETTINGS_CHANGED, about=organisation.ref, facts={"what": "labels"}, now=now)
    return made


@transaction.atomic
def remove_label(*, by: Person, label: Label, now: datetime) -> None:
    """Stop offering a label. Voices that carry it are shown without it."""
    organisation = label.organisation
    must_administer(by, organisation, now=now)
    label.delete()
    record(events.SETTINGS_CHANGED, about=organisation.ref, facts={"what": "labels"}, now=now)


@transaction.atomic
def add_help_line(
    *,
    by: Person,
    organisation: Organisation,
    name: str,
    number: str,
    hours: str,
    ages: str,
    now: datetime,
) -> HelpLine:
    """Add a help line, checked today by whoever adds it."""
    must_administer(by, organisation, now=now)
    last = organisation.help_lines.aggregate(last=Max("position"))["last"] or 0
    made = HelpLine.objects.create(
        organisation=organisation,
        name=name,
        number=number,
        hours=hours,
        ages=ages,
        position=last + 1,
        verified_on=clock.today(now),
        verified_by=by,
    )
    record(events.HELP_LINES_CHANGED, about=organisation.ref, now=now)
    return made


@transaction.atomic
def change_help_line(
    *, by: Person, line: HelpLine, name: str, number: str, hours: str, ages: str, now: datetime
) -> None:
    """Correct a help line; a corrected line counts as checked today."""
    must_administer(by, line.organisation, now=now)
    line.name, line.number, line.hours, line.ages = name, number, hours, ages
    line.verified_on, line.verified_by = clock.today(now), by
    line.save()
    record(events.HELP_LINES_CHANGED, about=line.organisation_id, now=now)


@transaction.atomic
def verify_help_line(*, by: Person, line: HelpLine, now: datetime) -> None:
    """Say that somebody tried the line today and it answers as we say."""
    must_administer(by, line.organisation, now=now)
    line.verified_on, line.verified_by = clock.today(now), by
    line.save(update_fields=["verified_on", "verified_by"])
    record(events.HELP_LINE_CHECKED, about=line.ref, now=now)


@transaction.atomic
def remove_help_line(*, by: Person, line: HelpLine, now: datetime) -> None:
    """Take a line off the list. 999 and Samaritans always stay: they are not in the list."""
    organisation = line.organisation
    must_administer(by, organisation, now=now)
    line.delete()
    record(events.HELP_LINES_CHANGED, about=organisation.ref, now=now)
