"""What the documents say is true: what commands print, where links lead, that every command is there in both languages."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from graph.cli import COMMANDS

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    p
    for p in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("exports/*.md"), *ROOT.glob("benchmarks/*.md")]
)
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")


def test_what_the_pages_show_is_what_the_commands_print() -> None:
    """``make docs`` writes them anew."""
    environ = {**os.environ, "PYTHONHASHSEED": "3"}
    command = [sys.executable, "-m", "docs.generate", "--check"]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    broken = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if not (page.parent / link).exists()]
    assert broken == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented_in_both_languages(name: str) -> None:
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    section = page.partition(f"## zhili {name}\n")[2].partition("\n## ")[0]
    assert f"用法： zhili {name}" in section
    assert f"Usage: zhili {name}" in section


def test_commands_that_the_documents_name_exist() -> None:
    named = {
        word for page in PAGES for word in re.findall(r"[`$>] ?zhili ([a-z]+)\b", page.read_text(encoding="utf-8"))
    }
    assert named <= set(COMMANDS)
