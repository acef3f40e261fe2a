"""One command makes an empty Debian into a server; it upgrades, and goes back without loss.

The whole story in one test, since each part needs the one before. Run as root, on Debian.
"""

import json
import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from tests.deploy import empty, versions

pytestmark = pytest.mark.weekly

HERE = Path(__file__).parent
SITE = "https://voices.example.org"
AUTHORITY = "/var/lib/caddy/.local/share/caddy/pki/authorities/local/root.crt"
TOOLS = "/srv/tools"
MAILS = "/srv/mails"
CURRENT = "/opt/goldenthread/current/deploy"
INSTALL = [
    "/usr/local/src/goldenthread/deploy/install", "--unattended", "--domain", "voices.example.org",
    "--smtp", "smtp://127.0.0.1:2525", "--mail-from", "hello@voices.example.org",
    "--certificate", "internal", "--organisation", "Riverside Forum", "--address", "riverside",
    "--kind", "charity", "--administrator", "ada@riverside.example",
]  # fmt: skip
INSIDE = """
set -a; . /etc/goldenthread/settings; set +a
export HOME=/var/lib/goldenthread; cd /
exec setpriv --reuid=goldenthread --regid=goldenthread --init-groups \
    /opt/goldenthread/current/.venv/bin/python -c "$1"
"""
BEGUN = """
import json
from pathlib import Path
from goldenthread.config.installation import Installation
with Installation(Path("/var/lib/goldenthread")).database():
    import django
    django.setup()
    {code}
    print(json.dumps(answer))
"""
BY_HTTP = """
from http.client import HTTPConnection
line = HTTPConnection("voices.example.org")
line.request("GET", "/")
answer = line.getresponse()
print(answer.status, answer.headers["Location"])
"""
TABLES = """
    from django.db import connection
    answer = connection.introspection.table_names()
"""
LISTEN = """
    from goldenthread.example.filling.ground import open_project
    from goldenthread.example.stories.stage import Calendar
    from goldenthread.kit import clock
    cast, project = open_project(Calendar(clock.now()))
    answer = project.address
"""
HEARD = """
    from goldenthread.safety.reading.models import Words
    texts = Words.objects.filter(text__startswith="Said ")
    answer = sorted(texts.values_list("text", flat=True))
"""


class Server:
    """The empty machine, as its administrator and its guests see it."""

    def __init__(self, machine: empty.Machine) -> None:
        self.machine = machine

    def told(self, *command: str, code: int = 0) -> str:
        began = time.monotonic()
        done = self.machine.inside(*command)
        print(f"$ {' '.join(command[:3])} … ({time.monotonic() - began:.0f} s)\n{done.stdout}")
        assert done.returncode == code, done.stdout + self.logs()
        return done.stdout

    def logs(self) -> str:
        found = (self.machine.root / "var/log").glob("goldenthread*.log")
        return "\n".join(f"– {path.name}\n{path.read_text()[-3000:]}" for path in sorted(found))

    def guest(self, *given: str) -> tuple[int, str]:
        done = self.machine.inside("python3", f"{TOOLS}/guest.py", AUTHORITY, SITE, *given)
        assert done.returncode == 0, done.stdout
        status, _, page = done.stdout.partition("\n")
        return int(status), page

    def speak(self, project: str, words: str) -> None:
        status, page = self.guest("speak", f"/p/{project}/speak/", words)
        assert status == 200
        assert "Thank you. We have it." in page

    def ask(self, code: str):
        script = BEGUN.replace("    {code}\n", code)
        done = self.machine.inside("sh", "-c", INSIDE, "-", script)
        assert done.returncode == 0, done.stdout
        return json.loads(done.stdout.splitlines()[-1])

    def running(self) -> str:
        return (self.machine.root / "opt/goldenthread/current").readlink().name

    def mails(self) -> list[str]:
        return [path.read_text() for path in sorted((self.machine.root / MAILS[1:]).glob("*.eml"))]


@pytest.fixture
def server(tmp_path_factory):
    assert os.geteuid() == 0, "only root can make an empty Debian"
    empty.need_programs()
    machine = empty.Machine(tmp_path_factory.mktemp("server") / "root")
    try:
        machine.make()
        machine.start()
        yield Server(machine)
    finally:
        machine.stop()


def bring(server: Server, tmp_path: Path) -> versions.Versions:
    """What an administrator brings: git, a checkout, and a mail provider."""
    root = server.machine.root
    (root / TOOLS[1:]).mkdir()
    postbox = versions.ROOT / "src/goldenthread/config/tests/postbox.py"
    for tool in (HERE / "guest.py", versions.ROOT / "tests/resilience/visitor.py", postbox):
        shutil.copy(tool, root / TOOLS[1:])
    made = versions.Versions(root / "srv/upstream")
    made.show(made.before)
    server.told("apt-get", "-qq", "update")
    server.told("apt-get", "-qq", "install", "-y", "--no-install-recommends", "git")
    server.told("git", "config", "--global", "--add", "safe.directory", "*")
    server.told("git", "clone", "--quiet", "/srv/upstream", "/usr/local/src/goldenthread")
    return made


def test_an_empty_debian_serves_upgrades_and_goes_back(server, tmp_path):
    made = bring(server, tmp_path)
    refuses_to_start_without_answers(server)
    mail = installs(server)
    try:
        serves_by_https_alone(server)
        signs_in(server)
        project = server.ask(LISTEN)
        server.speak(project, "Said first")
        upgrades(server, made)
        goes_back_by_itself(server, made)
        goes_back_by_hand(server, made)
        never_goes_back_over_words(server, made, project)
        keeps_no_address(server)
        mends(server)
    finally:
        mail.kill()
        mail.wait()


def refuses_to_start_without_answers(server: Server) -> None:
    told = server.told("/usr/local/src/goldenthread/deploy/install", "--unattended", code=2)
    assert "Say it with --domain." in told


def installs(server: Server) -> subprocess.Popen:
    """One command; mail is proved by a message that arrives."""
    mail = server.machine.beside("python3", f"{TOOLS}/postbox.py", "2525", MAILS)
    told = server.told(*INSTALL)
    assert f"{SITE}/ is served." in told
    assert "Riverside Forum is at /o/riverside/." in told
    assert "has taken a test message to ada@riverside.example" in told
    assert "answers by HTTPS" in told
    assert any("To: ada@riverside.example" in each for each in server.mails())
    modes = "stat -c '%a %U %n' /etc/goldenthread/settings /var/lib/goldenthread/keys.json"
    assert server.told("sh", "-c", modes).split()[:4:3] == ["640", "600"]
    return mail


def serves_by_https_alone(server: Server) -> None:
    status, page = server.guest("get", "/")
    assert status == 200
    assert "strict-transport-security: max-age" in page.lower()
    assert page.lower().count("content-security-policy:") == 1
    assert "\nServer:" not in page
    assert server.told("python3", "-c", BY_HTTP).split() == ["308", f"{SITE}/"]
    strangers = server.machine.inside(
        "python3", f"{TOOLS}/guest.py", "/etc/ssl/certs/ca-certificates.crt", SITE, "get", "/"
    )
    assert "CERTIFICATE_VERIFY_FAILED" in strangers.stdout  # another authority is not trusted


def signs_in(server: Server) -> None:
    status, page = server.guest("sign-in", "ada@riverside.example", MAILS)
    assert status == 200
    assert "second" in page.lower()  # she sets up a second factor next
    assert "Sign out" in page


def upgrades(server: Server, made: versions.Versions) -> None:
    assert server.running() == made.before
    made.show(made.this)
    told = server.told(f"{CURRENT}/upgrade")
    assert server.running() == made.this, told
    assert server.ask(HEARD) == ["Said first"]
    assert server.guest("get", "/")[0] == 200
    assert "already" in server.told(f"{CURRENT}/upgrade")


def goes_back_by_itself(server: Server, made: versions.Versions) -> None:
    """A version with a change of tables that no one can undo, and a page that fails."""
    told = server.told(f"{CURRENT}/upgrade", made.broken, code=1)
    assert "9999_of_a_broken_version, and cannot be undone but by the backup" in told
    assert "is not well. It does not come up: / answers 500." in told
    assert server.running() == made.this
    assert server.ask(HEARD) == ["Said first"]
    assert server.guest("get", "/")[0] == 200
    assert "of_a_broken_version" not in tables(server)


def goes_back_by_hand(server: Server, made: versions.Versions) -> None:
    told = server.told(f"{CURRENT}/rollback")
    assert server.running() == made.before, told
    assert server.ask(HEARD) == ["Said first"]
    assert server.guest("get", "/")[0] == 200
    assert "no version to go back to" in server.told(f"{CURRENT}/rollback", code=2)


def never_goes_back_over_words(server: Server, made: versions.Versions, project: str) -> None:
    """Over a change of tables: back while nobody has written, never afterwards."""
    server.told(f"{CURRENT}/upgrade", made.grown)
    assert "of_a_grown_version" in tables(server)
    server.told(f"{CURRENT}/rollback")
    assert "of_a_grown_version" not in tables(server)
    server.told(f"{CURRENT}/upgrade", made.grown)
    server.speak(project, "Said second")
    told = server.told(f"{CURRENT}/rollback", code=1)
    assert "would lose what they wrote, so nothing was changed" in told
    assert server.running() == made.grown
    assert server.ask(HEARD) == ["Said first", "Said second"]
    server.speak(project, "Said third")


def tables(server: Server) -> list[str]:
    return server.ask(TABLES)


def keeps_no_address(server: Server) -> None:
    """Not even Caddy's own log knows who came; not of a fault either."""
    server.told("sh", "-c", "kill $(cat /run/goldenthread.pid)")
    for _second in range(60):  # it finishes what it began
        status, page = server.guest("get", "/?canary-question")
        if status == 502:
            break
        time.sleep(1)
    assert status == 502
    assert "We will be back in a few minutes" in page
    for name in ("goldenthread-caddy.log", "goldenthread.log"):
        log = (server.machine.root / "var/log" / name).read_text()
        assert "canary" not in log
        assert "remote_ip" not in log


def mends(server: Server) -> None:
    """Run again, the command starts what is down and keeps what it was told."""
    told = server.told("/usr/local/src/goldenthread/deploy/install", "--unattended")
    assert f"{SITE}/ is served." in told
    assert server.guest("get", "/")[0] == 200
    assert server.ask(HEARD) == ["Said first", "Said second", "Said third"]
