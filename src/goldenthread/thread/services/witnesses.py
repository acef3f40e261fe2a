"""Who keeps the record outside, and the signatures they give back."""

from datetime import UTC, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.thread.events import WITNESS_ADDED, WITNESS_ENDED
from goldenthread.thread.merkle import notes
from goldenthread.thread.models import SignedHead, Witness
from goldenthread.thread.services.recording import record


@transaction.atomic
def add_witness(*, name: str, power: str, key: str, now: datetime) -> Witness:
    """Name a body that keeps the record, by the key its witness program has made.

    :raises Refusal: this is no key for co-signing, or it is named already
    """
    try:
        read = notes.Key.read(key)
    except ValueError as error:
        raise Refusal(_("This is not a key as the witness program prints it.")) from error
    if read.kind != notes.COSIGNS:
        raise Refusal(_("This key is not made for co-signing. Take the one of the witness."))
    if Witness.objects.filter(key=str(read)).exists():
        raise Refusal(_("There is a keeper with this key already."))
    made = Witness.objects.create(name=name, power=power, key=str(read), since=clock.today(now))
    record(WITNESS_ADDED, about=made.ref, facts={"mark": read.mark.hex()}, now=now)
    return made


@transaction.atomic
def end_witness(*, key: str, now: datetime) -> Witness:
    """End a keeper's part; what it has signed stays.

    :raises Refusal: nobody keeps the record with this key
    """
    found = (
        Witness.objects.select_for_update(no_key=True).filter(key=key.strip(), until=None).first()
    )
    if found is None:
        raise Refusal(_("Nobody keeps the record with this key."))
    found.until = clock.today(now)
    found.save(update_fields=["until"])
    facts = {"mark": notes.Key.read(found.key).mark.hex()}
    record(WITNESS_ENDED, about=found.ref, facts=facts, now=now)
    return found


@transaction.atomic
def take_cosignatures(*, note: str, now: datetime) -> list[Witness]:
    """Put the signatures of named keepers under the head that they signed; return whose.

    :raises Refusal: this is no head of ours, or no keeper named here has signed it
    """
    try:
        said, lines = notes.read_note(note.replace("\r\n", "\n").strip() + "\n")
    except ValueError as error:
        raise Refusal(_("This is not a signed seal."), field="head") from error
    head = SignedHead.objects.select_for_update(no_key=True).filter(size=said.size).first()
    if head is None or notes.read_note(head.note)[0] != said:
        raise Refusal(_("This is not a seal that we have made."), field="head")
    gave = [
        witness
        for witness in Witness.objects.select_for_update(no_key=True).filter(until=None)
        if _signs(head, witness, said.text, lines, now)
    ]
    if not gave:
        raise Refusal(_("No keeper named here has signed this seal."), field="head")
    head.save(update_fields=["cosigned"])
    return gave


def _signs(head: SignedHead, witness: Witness, text: str, lines: list[str], now: datetime) -> bool:
    """Take a witness's line, once a head; the head is saved by the caller."""
    key = notes.Key.read(witness.key)
    line = next((each for each in lines if notes.is_signed_by(text, each, key)), None)
    if line is None:
        return False
    standing = head.cosigned.splitlines()
    if not any(notes.is_signed_by(text, each, key) for each in standing):
        head.cosigned += f"{line.strip()}\n"
    if head.size >= witness.agreed_size:
        moment = min(datetime.fromtimestamp(notes.moment_of(line), UTC), now)
        witness.agreed_size, witness.agreed_on = head.size, clock.today(moment)
        witness.save(update_fields=["agreed_size", "agreed_on"])
    return True
