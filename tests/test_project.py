"""The project as it is handed out: what it imports is declared and locked, what it needs at run time comes with it."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from importlib.resources import files
from pathlib import Path

import pytest

from graph.sample import sample_paths

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
OURS = {"ontology", "extractors", "graph"}
#: Imported only where somebody asks for it, and told in a sentence where it is missing.
ASKED_FOR = {"polars", "tkinter"}


def plain(name: str) -> str:
    return re.split(r"[\[<>=!~; ]", name)[0].lower().replace("_", "-")


DECLARED = {plain(d) for d in PROJECT["dependencies"]}
EXTRA = {plain(d) for extra in PROJECT["optional-dependencies"].values() for d in extra}


def imported() -> dict[str, set[str]]:
    """Every module from elsewhere that the packages import, with the files that do."""
    found: dict[str, set[str]] = {}
    for path in (path for package in OURS for path in (ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            for name in {name.partition(".")[0] for name in names} - sys.stdlib_module_names - OURS - ASKED_FOR:
                found.setdefault(name, set()).add(path.relative_to(ROOT).as_posix())
    return found


IMPORTED = imported()


@pytest.mark.parametrize("module", sorted(IMPORTED))
def test_what_is_imported_is_declared(module: str) -> None:
    distributions = {plain(d) for d in packages_distributions().get(module, [])}
    assert distributions & (DECLARED | EXTRA), f"{module} is imported in {sorted(IMPORTED[module])}"


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_what_is_declared_is_locked_with_hashes(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    locked = {plain(name) for name in re.findall(r"^([\w.\-]+)==", text, re.MULTILINE)}
    assert locked >= (DECLARED if lock == "requirements.txt" else DECLARED | EXTRA - {"zhili"})
    assert not re.search(r"^[\w.\-]+==(?![^\n]*\\\n\s+--hash=sha256:)", text, re.MULTILINE)
    assert "://" not in text


def test_files_that_are_no_python_come_with_the_packages() -> None:
    assert len(sample_paths()) == 8
    for package, name in [
        ("ontology", "zhili.ttl"),
        ("graph", "messages/build.toml"),
        ("extractors", "data/divisions.tsv"),
    ]:
        assert files(package).joinpath(name).is_file()
    for package in OURS:
        assert files(package).joinpath("py.typed").is_file()


def test_the_sample_is_two_counties_and_one_township_over_two_years() -> None:
    names = [path.stem.rsplit("-", 1) for path in sample_paths()]
    townships = {township for township, _ in names}
    assert len(townships) == 7
    assert {year for township, year in names if township == "huaidi"} == {"2022", "2023"}


def test_make_has_what_the_documents_speak_of() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert targets >= {"demo", "test", "lint", "bench", "docs", "lock", "clean"}
