"""From a backup to an installation that serves: one command, into an empty folder.

While the file `restoring` lies in the folder nothing is served: it goes when the record was
verified and every erasure since the backup was done again.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final

import psycopg

from goldenthread.config import backups, vault
from goldenthread.config.installation import Installation
from goldenthread.config.problems import Problem

MARK: Final = "restoring"
COPIED: Final = ("keys.json", "served.json", "example-loaded")
UNKNOWN_TO_OLDER: Final = "transaction_timeout"  # a setting that servers before 17 do not have


@dataclass(frozen=True)
class Source:
    """What a restore needs: the backup, the folder with the keys, and what was erased since."""

    backup: Path
    keys: Path
    journals: Sequence[Path] = ()
    records: Sequence[Path] = ()
    nothing_erased: bool = False


def restore(source: Source, data: Path) -> int:
    """Restore into `data`; returns 0 when all is whole, 1 when the record does not match.

    :raises Problem: something is missing, the folder is not empty, or the backup does not open
    """
    began = time.monotonic()
    key = _key_of(source)
    journals = _journals(source)
    if data.exists() and any(data.iterdir()):
        raise Problem(f"{data} is not empty: restore into a new folder.")
    installation = Installation(data)
    _lay_out(source, installation)
    with installation.database():
        _refuse_full_database()
        _read_in(source.backup, key)
        faults = _finish(journals, source.records)
    return _served_again(data, faults, began)


def put_back(backup: Path, data: Path) -> int:
    """Put a backup in place of the tables of the very installation that it was made of.

    Keys, journals and everything else in the folder stay. Interrupted, it can be begun again.

    :raises Problem: it is being served, or the backup does not open
    """
    began = time.monotonic()
    key = _key_of(Source(backup=backup, keys=data))
    backups.read_back(backup, key)  # before anything is dropped
    installation = Installation(data)
    lock = installation.lock().acquire()
    try:
        mark_of(data).touch()
        with installation.database():
            with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
                connection.execute("DROP SCHEMA public CASCADE")
                connection.execute("CREATE SCHEMA public")
            _read_in(backup, key)
            faults = _finish((), ())
        for fault in faults:  # as before the backup: told each night, no reason to shut people out
            print(f"The record does not match. {fault}")
        mark_of(data).unlink()
        print(f"Put back in {time.monotonic() - began:.0f} seconds.")
        return 0
    finally:
        lock.release()


def _served_again(data: Path, faults: Sequence[str], began: float) -> int:
    for fault in faults:
        print(fault)
    if faults:
        print(f"The record does not match. To serve it all the same, delete {mark_of(data)}.")
        return 1
    mark_of(data).unlink()
    print(f"Restored in {time.monotonic() - began:.0f} seconds. Start it with “serve”.")
    return 0


def mark_of(data: Path) -> Path:
    """The file that keeps a folder from being served."""
    return data / MARK


def refuse_unfinished(data: Path) -> None:
    """Stop the start of a folder into which something was only half restored.

    :raises Problem: it was
    """
    if mark_of(data).exists():
        raise Problem(
            f"The restore into {data} did not come to its end: what people took back since the "
            "backup may be there again. Restore once more, into a new folder."
        )


def _key_of(source: Source) -> vault.Key:
    try:
        with source.backup.open("rb") as locked:
            wanted = vault.name_of_key(locked)
    except FileNotFoundError:
        raise Problem(f"There is no backup {source.backup}.") from None
    if not (source.keys / "keys.json").exists():
        raise Problem(f"{source.keys} holds no keys.json: name the folder that does with --keys.")
    kept = backups.key_folder(source.keys)
    for key in vault.keys_in(kept):
        if key.name == wanted:
            return key
    if wanted in vault.made_in(kept):
        raise Problem(f"The key {wanted} of this backup is in {kept}, but cannot be read.")
    raise Problem(
        f"The key {wanted} of this backup is not in {kept}: keys are destroyed after 35 days."
    )


def _journals(source: Source) -> list[Path]:
    """The journals of erasures; that nothing was erased is never taken for granted."""
    found = [*source.journals]
    beside = source.keys / "erased"
    if beside.is_dir():
        found.append(beside)
    if not (found or source.records or source.nothing_erased):
        raise Problem(
            "What was erased since the backup is not known: name the folder “erased” of the old "
            "installation with --erased, or a copy of the record with --record."
        )
    if missing := [path for path in found if not path.is_dir()]:
        raise Problem(f"There is no folder {missing[0]}.")
    if missing := [path for path in source.records if not path.exists()]:
        raise Problem(f"There is no copy of the record {missing[0]}.")
    return [] if source.nothing_erased else found


def _lay_out(source: Source, installation: Installation) -> None:
    data = installation.data
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    mark_of(data).touch()
    for name in COPIED:
        if (source.keys / name).exists():
            shutil.copy2(source.keys / name, data / name)
    installation.keys.chmod(0o600)
    installation.prepare()  # what several machines share is where it belongs before it is filled
    kept, ours = backups.key_folder(source.keys), backups.key_folder(data)
    if kept.resolve() != ours.resolve():
        shutil.copytree(kept, ours, dirs_exist_ok=True)


def _refuse_full_database() -> None:
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        query = "SELECT 1 FROM pg_tables WHERE schemaname = 'public' LIMIT 1"
        if connection.execute(query).fetchone():
            raise Problem("The database of DATABASE_URL is not empty: make a new one.")


def _read_in(backup: Path, key: vault.Key) -> None:
    with TemporaryFile() as told, backup.open("rb") as locked:
        vault.name_of_key(locked)
        process = backups.program(*backups.reading_in(), stdin=subprocess.PIPE, stderr=told)
        with process:
            if process.stdin is None:  # pragma: no cover -- Popen was asked for a pipe
                raise RuntimeError
            try:
                for piece in vault.unlock(locked, key):
                    process.stdin.write(piece)
            except BrokenPipeError:
                pass
        if process.returncode != 0:
            refuse_faults(backups.reasons(told), code=process.returncode)


def refuse_faults(said: Sequence[str], *, code: int) -> None:
    """Pass over what a server before 17 does not know, and nothing else.

    :raises Problem: something else was said as well, or the program was killed
    """
    known = [each for each in said if UNKNOWN_TO_OLDER in each]
    summary = f"errors ignored on restore: {len(known)}"
    faults = [each for each in said if each not in known and not each.endswith(summary)]
    if code < 0:
        faults = [f"{backups.READER} was ended by signal {-code}"]
    if faults:
        raise Problem(f"The backup could not be read in: {faults[0]}.")


def _finish(journals: Sequence[Path], records: Sequence[Path]) -> list[str]:
    """Bring tables up to date, erase again, verify the record; return what does not match."""
    import django

    django.setup()
    from django.core.management import call_command

    from goldenthread.kit import clock
    from goldenthread.safety.retention.services import sweep
    from goldenthread.thread.verifying import verify

    call_command("migrate", interactive=False, verbosity=0)
    acts = erase_again(journals, records)
    sweep(now=clock.now())
    print(f"What was taken back or erased since the backup is gone again ({acts} acts).")
    report = verify()
    if report.is_whole:
        print(f"All {report.size:,} entries of the record match.")
    return [fault.sentence for fault in report.faults]


def erase_again(journals: Sequence[Path] = (), records: Sequence[Path] = ()) -> int:
    """Do again what journals, our own among them, and copies of the record tell of.

    :raises Problem: one of them cannot be read
    """
    from goldenthread.kit import clock
    from goldenthread.thread import journal
    from goldenthread.thread.replaying import of_record, replay

    try:
        others = [act for each in journals for act in journal.noted(each)]
        said = [act for each in records for act in of_record(each)]
    except (ValueError, KeyError, OSError) as error:
        raise Problem(f"What was erased cannot be read: {error}.") from None
    journal.note(others)
    return replay([*journal.noted(journal.folder()), *said], now=clock.now())
