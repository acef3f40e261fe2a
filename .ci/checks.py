#!/usr/bin/env python3
"""Everything a change must pass: linters, types, layers, then the whole suite with ./test.

Arguments go to pytest: `.ci/run -m weekly` runs what comes once a week.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from goldenthread.config.bootstrap import environment  # noqa: E402 -- after the path

LINTERS = [
    ["ruff", "check"],
    ["ruff", "format", "--check"],
    ["mypy"],
    ["lint-imports"],
]


def templates() -> list[str]:
    """Our templates, for djade."""
    return [str(path) for path in sorted((ROOT / "src").rglob("templates/**/*.html"))]


def main() -> int:
    """Run all, also after a fault; the suite comes last, so that its closing line does."""
    programs = environment("dev").parent
    faults = []
    for name, *options in [*LINTERS, ["djade", "--target-version", "5.2", "--check", *templates()]]:
        print(f"– {name} {' '.join(options[:1])}", flush=True)
        if subprocess.run([programs / name, *options], cwd=ROOT, check=False).returncode != 0:
            faults.append(name)
    if faults:
        print(f"– not passed: {', '.join(faults)}", flush=True)
    tests = subprocess.run([ROOT / "test", *sys.argv[1:]], check=False).returncode
    return tests or int(bool(faults))


raise SystemExit(main())
