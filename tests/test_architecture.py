"""The shape of the house: imports go one way, and no module hides one of the standard library."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ALLOWED = {
    "ontology": {"ontology"},
    "extractors": {"ontology", "extractors"},
    "graph": {"ontology", "extractors", "graph"},
}
MODULES = sorted(path.relative_to(ROOT) for package in ALLOWED for path in (ROOT / package).rglob("*.py"))


def imported(path: Path) -> set[str]:
    """Every module that a file imports, by its full name."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}, line {node.lineno}: imports are absolute here"
            names.add(str(node.module))
    return names


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.as_posix())
def test_imports_go_one_way(module: Path) -> None:
    ours = {name.partition(".")[0] for name in imported(ROOT / module)} & set(ALLOWED)
    assert ours <= ALLOWED[module.parts[0]]


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.as_posix())
def test_graph_is_never_imported_bare(module: Path) -> None:
    tree = ast.parse((ROOT / module).read_text(encoding="utf-8"))
    bare = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    assert "graph" not in bare


def test_no_module_is_named_like_one_of_the_standard_library() -> None:
    assert {path.stem for path in MODULES} & (sys.stdlib_module_names - {"__init__", "__main__"}) == set()
