"""Versions to upgrade to: the one before, this one, a broken one, and one with a new table."""

import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOM = "src/goldenthread/kit/migrations"
HOME_PAGE = "src/goldenthread/pages/templates/pages/home.html"
NEW_TABLE = """
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("kit", "{last}")]
    operations = [migrations.RunSQL("CREATE TABLE {table} (words text)")]
"""


class Versions:
    """A repository apart, with this one's history and more."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._git("clone", "--quiet", str(ROOT), str(folder), at=ROOT)
        self.this = self._as_it_stands()
        self.before = self._before()
        self.broken = self._made("broken", self.this, self._break)
        self.grown = self._made("grown", self.this, self._grow)

    def show(self, commit: str) -> None:
        """Let this be what people find who fetch the newest."""
        self._git("checkout", "--quiet", "-B", "shown", commit)

    def _as_it_stands(self) -> str:
        """This version; while somebody works on it, with what is not committed yet."""
        told = self._git("ls-files", "-z", "--cached", "--others", "--exclude-standard", at=ROOT)
        for name in filter(None, told.split("\0")):
            if (ROOT / name).is_file() and not (ROOT / name).is_symlink():
                (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, self.folder / name)
        return self._commit("As it stands")

    def _before(self) -> str:
        """The version before this one; where that knew nothing of upgrades, a twin of this one."""
        older = self._git("rev-list", "--first-parent", "--max-count=2", f"{self.this}^").split()
        for commit in older:
            told = self._git("ls-tree", "-r", "--name-only", commit, "deploy/machine")
            if "moving.py" in told:
                return commit
        return self._made("twin", self.this, (self.folder / "twin").touch)

    def _made(self, branch: str, start: str, change) -> str:
        self._git("checkout", "--quiet", "-B", branch, start)
        change()
        return self._commit("A change")

    def _break(self) -> None:
        self._migration("of_a_broken_version")
        page = self.folder / HOME_PAGE
        page.write_text(page.read_text() + "{% nonsense %}")

    def _grow(self) -> None:
        self._migration("of_a_grown_version")

    def _migration(self, table: str) -> None:
        room = self.folder / ROOM
        last = max(path.stem for path in room.glob("[0-9]*.py"))
        (room / f"9999_{table}.py").write_text(NEW_TABLE.format(last=last, table=table))

    def _commit(self, message: str) -> str:
        self._git("add", "--all")
        if self._git("status", "--porcelain"):
            self._git("commit", "--quiet", "--message", message)
        return self._git("rev-parse", "HEAD").strip()

    def _git(self, *given: str, at: Path | None = None) -> str:
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "safe.directory=*"]
        command = ["git", "-C", str(at or self.folder), *who, *given]
        env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        return subprocess.run(command, env=env, check=True, capture_output=True, text=True).stdout
