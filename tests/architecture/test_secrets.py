"""R21: no secret stands in the repository, nor ever stood there."""

import math
import re
import shutil
import subprocess
from collections import Counter

import pytest
from tests.architecture import house

from goldenthread.config.installation import Installation

KINDS = {
    "private key": re.compile(r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----"),
    "AWS": re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    "GitHub": re.compile(r"\b(?:gh[pousr]_\w{36,}|github_pat_\w{40,})\b"),
    "GitLab": re.compile(r"\bglpat-[\w-]{20,}\b"),
    "Slack": re.compile(r"\bxox[abprs]-[\w-]{10,}\b"),
    "Google": re.compile(r"\bAIza[\w-]{35}\b"),
    "Stripe": re.compile(r"\b[rs]k_live_\w{20,}\b"),
    "token": re.compile(r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}"),
    "password in an address": re.compile(r"\b\w[\w+.-]*://[^\s/:@\"'{}]+:([^\s/@\"'{}]{8,})@"),
}
ASSIGNED = re.compile(
    r"""(?i)(?:secret|password|passwd|token|api_?key|pepper)\w*["']?\s*[:=]\s*["']([^"'\s]{16,})["']"""
)
RANDOM_ENOUGH = 4.0  # bits a sign: words lie below 3.8, keys in base64 above 4.3
PLAIN = {"password", "PASSWORD", "secret"}


def entropy(text: str) -> float:
    """Bits a sign (Shannon)."""
    counts = Counter(text).values()
    return -sum(each / len(text) * math.log2(each / len(text)) for each in counts)


def secrets_in(text: str) -> list[str]:
    """What looks like a secret: kinds, never the secret itself."""
    found = [kind for kind, pattern in KINDS.items() if _is_one(kind, pattern, text)]
    strong = [value for value in ASSIGNED.findall(text) if entropy(value) > RANDOM_ENOUGH]
    return found + ["assigned"] * bool(strong)


def _is_one(kind: str, pattern: re.Pattern[str], text: str) -> bool:
    matches = pattern.findall(text)
    if kind == "password in an address":
        return any(value not in PLAIN for value in matches)
    return bool(matches)


BETWEEN = "".join  # canaries are put together here, so that they do not stand in this file
CANARIES = [
    BETWEEN(["-----BEGIN ", "PRIVATE KEY-----"]),
    BETWEEN(["AKIA", "IOSFODNN7EXAMPLE"]),
    BETWEEN(["ghp_", "a1B2c3D4e5F6a7B8c9D0e1F2a3B4c5D6e7F8"]),
    BETWEEN(["SECRET_KEY", ' = "', "u8Zq1xW-3kP9vRt7yBn5mCd2fGh4jLs6", '"']),
    BETWEEN(["smtps://us:", "q7Zx91Lm2p", "@mail.example.org"]),
]


@pytest.mark.parametrize("canary", CANARIES, ids=range(len(CANARIES)))
def test_a_planted_secret_is_found(canary):
    assert secrets_in(f"before\n{canary}\nafter")


def test_words_and_names_are_not_taken_for_secrets():
    assert secrets_in('password = "correct-horse-battery"') == []
    assert secrets_in("postgresql://name:password@host:port/database") == []


def test_no_file_holds_a_secret():
    found = {}
    for path in house.tracked_files():
        try:
            text = path.read_text()
        except (UnicodeDecodeError, OSError):
            continue
        if kinds := secrets_in(text):
            found[house.shown(path)] = kinds
    assert found == {}


def history(folder) -> list[str]:
    """All lines that were ever added; nothing where there is no history."""
    git = shutil.which("git")
    if git is None or not (folder / ".git").exists():
        return []
    command = [git, "-C", str(folder), "log", "--all", "-p", "--no-color", "--unified=0"]
    told = subprocess.run(command, capture_output=True, check=False)
    lines = told.stdout.decode(errors="replace").splitlines()
    return [line[1:] for line in lines if line.startswith("+") and len(line) < 2000]


def test_no_secret_was_ever_committed():
    found = [kinds for line in history(house.ROOT) if (kinds := secrets_in(line))]
    assert found == []


def test_a_secret_that_was_committed_and_removed_is_found(tmp_path):
    def git(*given):
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(["git", "-C", tmp_path, *who, *given], check=True, capture_output=True)

    git("init", "-q")
    (tmp_path / "settings.py").write_text(CANARIES[3])
    git("add", ".")
    git("commit", "-qm", "a")
    (tmp_path / "settings.py").write_text("")
    git("commit", "-qam", "b")
    assert [kinds for line in history(tmp_path) if (kinds := secrets_in(line))] == [["assigned"]]


def test_a_fresh_installation_makes_keys_that_only_its_owner_reads(tmp_path, monkeypatch):
    for name in ("GOLDENTHREAD_DATA", "GOLDENTHREAD_KEYS"):
        monkeypatch.setenv(name, "")  # put back afterwards
    one, other = Installation(tmp_path / "one"), Installation(tmp_path / "other")
    for each in (one, other):
        each.prepare()
        assert each.keys.stat().st_mode & 0o777 == 0o600
        assert each.data.stat().st_mode & 0o777 == 0o700
    assert one.keys.read_text() != other.keys.read_text()
