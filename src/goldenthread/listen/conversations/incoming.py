"""A conversation from elsewhere, as Polis exports it: read, checked, and not yet saved."""

import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

from django.utils.translation import gettext as _

from goldenthread.kit.refusals import Refusal
from goldenthread.listen.conversations.mapping import Votes, files
from goldenthread.listen.conversations.mapping.tables import FileFault
from goldenthread.people.receipts.codes import looks_like_receipt

LARGEST: Final = 40 * 1024 * 1024  # bytes, unpacked
LONGEST: Final = 1000  # letters of a statement
MOST: Final = 20_000  # statements


@dataclass(frozen=True)
class Brought:
    """What files give: statements by their number there, answers to them, and what is left out."""

    topic: str
    statements: dict[str, str] = field(repr=False)
    votes: Votes = field(repr=False)
    sign: int
    sign_from: str
    turned_down: int
    without_words: int  # statements of which the words are missing
    fingerprint: bytes

    @property
    def people(self) -> int:
        """How many people answered."""
        return len(self.votes.participants)

    @property
    def answers(self) -> int:
        """How many answers there are."""
        return int(self.votes.matrix.nnz)


def unpack(given: Mapping[str, bytes], *, largest: int | None = LARGEST) -> dict[str, bytes]:
    """Return the files of an export: out of one zip, or as they were given.

    :raises Refusal: it is no export, or too large
    """
    if len(given) == 1 and next(iter(given)).lower().endswith(".zip"):
        given = _unzipped(next(iter(given.values())))
    found = {ours: given[name] for ours, name in _known(given).items()}
    if files.STATEMENTS not in found:
        raise Refusal(_("There is no comments.csv here. We need it for the words of statements."))
    if largest is not None and sum(map(len, found.values())) > largest:
        raise Refusal(_("These files are too large for this page. Ask the operator to do it."))
    return found


def _unzipped(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            whole = {_name(each): each for each in packed.infolist() if not each.is_dir()}
            inside = [whole[name] for name in _known(whole).values()]
            if sum(each.file_size for each in inside) > LARGEST:
                raise Refusal(_("This file is too large for this page. Ask the operator to do it."))
            return {_name(each): packed.read(each) for each in inside}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError, NotImplementedError, OSError):
        raise Refusal(_("This zip file cannot be opened. Please choose another one.")) from None


def _known(names: Iterable[str]) -> dict[str, str]:
    try:
        return files.known(names)
    except FileFault as fault:
        raise _refused(fault) from None


def _refused(fault: FileFault) -> Refusal:
    words = {"file": fault.file, "line": fault.line, "says": _(fault.text) % fault.words}
    if fault.line is None:
        return Refusal(_("%(file)s: %(says)s") % words)
    return Refusal(_("%(file)s, line %(line)s: %(says)s") % words)


def _name(inside: zipfile.ZipInfo) -> str:
    return PurePosixPath(inside.filename).name


def take(given: Mapping[str, bytes], *, sign: int | None = None) -> Brought:
    """Read the files of an export; nothing is saved.

    :raises Refusal: something in them is wrong: the sentence says where and what
    """
    try:
        reading = files.read_files(given, sign=sign)
    except FileFault as fault:
        raise _refused(fault) from None
    told = [each for each in reading.statements if each.moderated >= 0]
    words = {each.id: " ".join(each.text.split()) for each in told}
    words = {ref: text for ref, text in words.items() if text}
    _check(words)
    wordless = [ref for ref in reading.votes.statements if ref not in words]
    return Brought(
        topic=reading.summary.get("topic", "").strip()[:200],
        statements=words,
        votes=reading.votes.without(wordless),
        sign=reading.sign,
        sign_from=reading.sign_from,
        turned_down=len(reading.statements) - len(told),
        without_words=len(wordless),
        fingerprint=_fingerprint(given),
    )


def _check(words: Mapping[str, str]) -> None:
    if not words:
        raise Refusal(_("There is no statement in these files that we could bring in."))
    if len(words) > MOST:
        raise Refusal(_("There are more than 20,000 statements in these files."))
    for ref, text in words.items():
        if len(text) > LONGEST:
            said = _("comments.csv: statement %(ref)s has more than 1,000 letters.")
            raise Refusal(said % {"ref": ref})
        if looks_like_receipt(text):
            said = _("comments.csv: statement %(ref)s holds a receipt. Please take it out.")
            raise Refusal(said % {"ref": ref})


def _fingerprint(given: Mapping[str, bytes]) -> bytes:
    whole = hashlib.sha256()
    for name in sorted(given):
        whole.update(hashlib.sha256(given[name]).digest())
    return whole.digest()
