import json
from pathlib import Path

import pytest

from goldenthread.config.cli import main
from goldenthread.listen.conversations.mapping import writing
from goldenthread.listen.conversations.mapping.statements import Statement

ROWS = [
    (str(person), str(on), (1 if person < 9 or on > 8 else -1) if (person + on) % 5 else 0, on)
    for person in range(20)
    for on in range(11)
    if person < 18 or on < 5
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    statements = [Statement(str(n), f"Statement {n}") for n in range(10)]
    statements.append(Statement("10", "Turned down", moderated=-1))
    for name, data in writing.export(ROWS, statements).items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        main(["map", *map(str, words)])
    said = capsys.readouterr()
    return int(left.value.code or 0), said.out, said.err


def test_the_map_is_told_as_one_object(folder: Path, capsys) -> None:
    code, out, _err = run(capsys, folder, "--json")
    told = json.loads(out)
    assert (code, set(told["participants"]), told["participants"]["19"]) == (
        0,
        {str(n) for n in range(20)},
        None,
    )
    assert [each["size"] for each in told["groups"]] == [9, 9]
    assert set(told["groups"][0]["representative"][0]) >= {
        *("statement", "direction", "n_agree", "n_disagree", "n_seen"),
        *("p", "p_test", "repness", "repness_test"),
    }
    assert list(told["consensus"]) == [str(n) for n in range(10)]
    assert (told["turned_down"], told["agree_is"]) == (["10"], 1)
    assert len(told["positions"]["0"]) == 2
    assert told["silhouette"]["2"] > 0.5
    assert told["seconds"] >= 0


def test_a_single_file_and_given_groups_in_any_order(folder: Path, capsys) -> None:
    groups = folder / "groups.csv"
    groups.write_text("participant,group\n" + "".join(f"{n},{3 + n % 2}\n" for n in range(18)))
    lines = (folder / "votes.csv").read_text().splitlines()
    mixed = folder / "mixed.csv"
    mixed.write_text("\n".join([lines[0], *reversed(lines[1:])]))
    for words in ((), ("--given-groups", groups), ("--groups", "3")):
        told = []
        for name in ("votes.csv", "mixed.csv", "participants-votes.csv"):
            _code, out, _err = run(capsys, folder / name, "--json", *words)
            found = json.loads(out)
            assert found.pop("seconds") >= 0
            told.append(json.dumps(found).replace('"participants-votes.csv"', '"assumed"'))
        assert told[0] == told[1] == told[2]
    assert len(json.loads(told[0])["groups"]) == 3


def test_people_are_told_in_words(folder: Path, capsys) -> None:
    code, out, _err = run(capsys, folder)
    assert code == 0
    assert "20 people, 10 statements" in out
    assert "Group 1, 9 people:" in out
    assert "0. Statement 0" in out


def test_what_is_wrong_is_one_sentence(folder: Path, capsys) -> None:
    (folder / "bad.csv").write_text("comment-id,voter-id,vote\n1,2,3\n")
    for words, says in (
        ([folder / "bad.csv"], "bad.csv, line 2: “3” is not a vote (1, 0 or -1).\n"),
        ([folder / "none"], "none: There is no such file or folder.\n"),
    ):
        assert run(capsys, *words) == (2, "", says)
    assert run(capsys, folder, "--groups", "0")[0] == 2
