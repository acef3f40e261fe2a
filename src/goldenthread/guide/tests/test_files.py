"""The guide as files: every page is there, and every link between them leads somewhere."""

import re
from pathlib import Path

import pytest

from goldenthread.config.cli import main
from goldenthread.guide.library import documents

LINK = re.compile(r'(?:href|src)="(?!https?:|mailto:|tel:|#)([^"#]+)(?:#([^"]*))?"')


def dead_links(folder: Path) -> list[str]:
    """Links to a file, or to a place in one, that are not there."""
    texts = {path: path.read_text() for path in sorted(folder.rglob("*.html"))}
    dead = []
    for path, text in texts.items():
        for target, anchor in LINK.findall(text):
            there = (path.parent / target).resolve()
            if not there.exists() or (anchor and f'id="{anchor}"' not in texts[there]):
                dead.append(f"{path.relative_to(folder)}: {target}#{anchor}")
    return dead


def test_the_guide_is_written_as_files_with_living_links(tmp_path, capsys):
    folder = tmp_path / "guide"
    with pytest.raises(SystemExit) as left:
        main(["docs", "--to", str(folder)])
    assert left.value.code == 0
    written = {str(path.relative_to(folder)) for path in folder.rglob("*.html")}
    assert written == {"index.html"} | {f"{path}.html" for path in documents()}
    assert dead_links(folder) == []
    assert "/guide/" not in (folder / "index.html").read_text()
    (folder / "glossary.html").unlink()
    assert any(dead.startswith("index.html: glossary.html") for dead in dead_links(folder))
    with pytest.raises(SystemExit) as left:
        main(["docs", "--to", str(folder)])
    assert left.value.code == 2
    assert "is not empty" in capsys.readouterr().out
