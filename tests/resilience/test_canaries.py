"""R28: marked words, names and addresses go through a whole house; then every corner is searched.

What somebody wrote may lie in the columns declared to hold words, and in the database's own
files; how to reach them nowhere in the clear; whence and with what they came nowhere at all.
"""

import os
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.apps import apps
from playwright.sync_api import Browser
from psycopg import sql
from tests.resilience.house import House, goldenthread, wait_until
from tests.resilience.visitor import Visitor, hidden_fields

from goldenthread.kit.database import Server
from goldenthread.kit.privacy import Sensitivity

pytestmark = [pytest.mark.submission, pytest.mark.xdist_group("canaries")]

AT = "/p/first-weeks"
WORDS = "quillfeather-lanternmoss"  # somewhere in what is said
UNSENT = "thistlebrook-emberwick"  # words of which nothing may be kept: the page broke
NAME = "Ottoline Vexcombe"
REACH = "ottoline.vexcombe@canary.example"
ADDRESS = "127.83.19.7"
FORWARDED = "198.51.100.83"
AGENT = "CanaryBrowser/83.19"
TONGUE = "gd-canary"
NOWHERE = (ADDRESS, FORWARDED, AGENT, TONGUE, UNSENT, REACH)
ASKING = {
    "User_Agent": AGENT,
    "X_Forwarded_For": FORWARDED,
    "X_Real_IP": FORWARDED,
    "Accept_Language": TONGUE,
    "Referer": f"http://localhost/{AGENT}",
}


@pytest.fixture(scope="module")
def spoken_in(tmp_path_factory) -> Iterator[House]:
    """A house with the worked example, in which somebody speaks and everything goes wrong."""
    folder = tmp_path_factory.mktemp("canaries")
    os.environ["TMPDIR"] = str(folder / "tmp")
    (folder / "tmp").mkdir()
    house = House(folder / "data", example=True)
    try:
        house.start()
        journey(house)
        yield house
    finally:
        del os.environ["TMPDIR"]
        if house.running():
            house.stop()
        files = house.database_files()
        if files.parent != house.data:
            shutil.rmtree(files.parent)


def journey(house: House) -> None:
    """Speak three times, be reached, then a page breaks, one is too long, and the server dies."""
    guest = Visitor(house.port, ADDRESS, **ASKING)
    code = speak(guest, known_as="unlinked")
    guest.post("/receipt/", code=code)
    speak(guest, known_as="named", given_name=NAME, receipt="none")
    speak(guest, known_as="support", given_name=NAME, receipt="none")
    answer = guest.post(f"{AT}/stay-in-touch/", wants_news="on", how="email", value=REACH)
    assert answer[0] == 200, answer[1][-2000:]
    fields = filled_in(guest, text=UNSENT, receipt="none")
    with psycopg.connect(Server(house.data).url, autocommit=True) as base:
        base.execute("alter table reading_words rename to away")
        status, page = guest.send(f"{AT}/speak/", fields)
        base.execute("alter table away rename to reading_words")
    assert status == 500, page[:500]
    status, _ = guest.send(f"{AT}/speak/", fields | {"more": "x" * 6_000_000})
    assert status in {400, 413}
    guest.get(f"{AT}/speak/?{UNSENT}={UNSENT}")
    guest.get(f"/no-such-page/{UNSENT}")
    with psycopg.connect(Server(house.data).url) as base:
        (member,) = base.execute("select email from accounts_person where is_active").fetchone()
    guest.post("/account/sign-in/", email=member)
    wait_until(lambda: any((house.data / "mailbox").rglob("*")))
    for pid in house.pids_of("granian"):
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: house.page() == 200)
    made = goldenthread(house.data, "backup", "--to", house.data.parent / "backups")
    assert made.returncode == 0, made.stderr


def speak(guest: Visitor, **how: str) -> str:
    """Say it, and return the receipt if there is one."""
    text = f"I wrote {WORDS} on the form."
    status, page = guest.send(f"{AT}/speak/", filled_in(guest, text=text, **how))
    assert "We have it" in page, (status, page[:3000])
    return page.partition('id="code">')[2].partition("<")[0]


def filled_in(guest: Visitor, **how: str) -> dict[str, str]:
    """The fields of the form, after as long as a person takes."""
    _, page = guest.get(f"{AT}/speak/")
    time.sleep(4.1)  # nobody writes a sentence faster
    plain = {"kind": "issue", "known_as": "unlinked", "receipt": "keep"}
    return hidden_fields(page) | plain | how


def rows_with(canary: str, base: psycopg.Connection) -> set[str]:
    """Every column of every table in which it stands, however its type is written."""
    found = set()
    tables = base.execute(
        "select table_schema, table_name, column_name, data_type from information_schema.columns"
        " where table_schema not in ('pg_catalog', 'information_schema')"
    ).fetchall()
    for schema, table, column, kind in tables:
        written = sql.SQL("encode({}, 'escape')" if kind == "bytea" else "{}::text").format(
            sql.Identifier(column)
        )
        query = sql.SQL("select 1 from {} where {} ilike %s limit 1").format(
            sql.Identifier(schema, table), written
        )
        if base.execute(query, [f"%{canary}%"]).fetchone():
            found.add(f"{table}.{column}")
    return found


def files_with(canary: str, *folders: Path) -> set[Path]:
    """Every file in which it stands."""
    return {
        path.resolve()
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and canary.encode() in path.read_bytes()
    }


def columns_for_words() -> set[str]:
    """The columns that are declared to hold what people say, and the index that is made of them."""
    return {
        f"{model._meta.db_table}.{model._meta.get_field(name).column}"
        for model in apps.get_models()
        for name, column in getattr(model, "privacy", {}).items()
        if column.sensitivity == Sensitivity.WORDS
    }


def strangers(house: House, canary: str, allowed: set[str]) -> set[str]:
    """Where it stands and may not: rows, then all that the house has written anywhere."""
    with psycopg.connect(Server(house.data).url) as base:
        base.execute("checkpoint")
        found = rows_with(canary, base) - allowed
    database = house.database_files()
    places = files_with(canary, house.data, house.data.parent, database)
    if allowed:  # then its rows lie in the database's own files too
        places = {at for at in places if not at.is_relative_to(database)}
    return found | {str(at) for at in places}


def test_there_is_a_mail_a_task_and_a_backup_to_search(spoken_in: House) -> None:
    with psycopg.connect(Server(spoken_in.data).url) as base:
        assert base.execute("select 1 from django_tasks_database_dbtaskresult").fetchone()
    for place in (spoken_in.data / "mailbox", spoken_in.data.parent / "backups"):
        assert any(path.stat().st_size for path in place.rglob("*") if path.is_file()), place


def test_words_lie_only_where_words_are_kept(spoken_in: House) -> None:
    with psycopg.connect(Server(spoken_in.data).url) as base:
        assert rows_with(WORDS, base), "the search must find what was said"
    assert strangers(spoken_in, WORDS, columns_for_words()) == set()


def test_a_name_lies_only_in_the_words_that_it_signs(spoken_in: House) -> None:
    assert strangers(spoken_in, NAME, columns_for_words()) == set()


@pytest.mark.parametrize("canary", NOWHERE)
def test_whence_they_came_and_how_to_reach_them_lies_nowhere(spoken_in: House, canary) -> None:
    assert strangers(spoken_in, canary, set()) == set()


def test_the_browser_keeps_nothing(spoken_in: House, browser: Browser) -> None:
    context = browser.new_context(user_agent=AGENT)
    page = context.new_page()
    page.goto(f"http://localhost:{spoken_in.port}{AT}/speak/")
    assert page.locator("[name=text]").count(), page.locator("body").inner_text()
    page.locator("[name=text]").fill(f"I wrote {WORDS}.")
    page.wait_for_timeout(4100)
    page.get_by_role("button", name="Send it to a reader").click()
    page.wait_for_load_state()
    kept = page.evaluate(
        "async () => JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie,"
        " await caches.keys(), await indexedDB.databases(), history.state])"
    )
    assert kept == '[{},{},"",[],[],null]'
    cookies = {cookie["name"] for cookie in context.cookies()}
    assert cookies <= {"session", "csrf", "sent"}  # "sent" shows the receipt for ten minutes
    context.close()


def test_control_what_is_planted_is_found(spoken_in: House) -> None:
    planted = "planted-canary-in-a-working-column"
    log = spoken_in.data / "some.log"
    log.write_text(planted)
    with psycopg.connect(Server(spoken_in.data).url, autocommit=True) as base:
        base.execute("update projects_project set title = title || %s", [planted])
    found = strangers(spoken_in, planted, columns_for_words())
    assert {"projects_project.title", str(log)} <= found
    assert str(log) in strangers(spoken_in, planted, set())
