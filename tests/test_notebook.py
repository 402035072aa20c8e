"""``docs/notebook.ipynb`` is run cell by cell; what it shows is what comes out (``ZHILI_UPDATE=1`` writes it anew)."""

from __future__ import annotations

import ast
import contextlib
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from graph.build import build
from graph.sample import sample_paths

NOTEBOOK = Path(__file__).parents[1] / "docs" / "notebook.ipynb"


def run(source: str, names: dict[str, Any]) -> list[str]:
    """Run a cell as a notebook does: what it prints, then the value of its last line, if that is an expression."""
    body = ast.parse(source).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(ast.Module(body, []), "cell", "exec"), names)
        value = eval(compile(ast.Expression(last.value), "cell", "eval"), names) if isinstance(last, ast.Expr) else None
    return [*([printed.getvalue()] if printed.getvalue() else []), *([repr(value)] if value is not None else [])]


def shown(cell: dict[str, Any]) -> list[str]:
    """What a cell of the notebook shows."""
    texts = (output.get("text") or output["data"]["text/plain"] for output in cell["outputs"])
    return ["".join(text) for text in texts]


def outputs(texts: list[str], source: str, number: int) -> list[dict[str, Any]]:
    """Texts as a notebook keeps them: the last is the cell's value where it ends with an expression."""
    value = isinstance((ast.parse(source).body or [None])[-1], ast.Expr) and not source.rstrip().endswith(")\n")
    made: list[dict[str, Any]] = []
    for at, text in enumerate(texts):
        lines = text.splitlines(keepends=True)
        if at == len(texts) - 1 and value and "print(" not in source.splitlines()[-1]:
            data = {
                "data": {"text/plain": lines},
                "execution_count": number,
                "metadata": {},
                "output_type": "execute_result",
            }
            made.append(data)
        else:
            made.append({"name": "stdout", "output_type": "stream", "text": lines})
    return made


def test_the_notebook_shows_what_comes_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pandas

    build(sample_paths(), tmp_path / "exports")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ZHILI_LANG", "zh")
    pandas.set_option("display.width", 110, "display.max_columns", 12, "display.unicode.east_asian_width", True)
    notebook, names, number = json.loads(NOTEBOOK.read_text(encoding="utf-8")), {}, 0
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        number += 1
        source = "".join(cell["source"])
        found = run(source, names)
        if os.environ.get("ZHILI_UPDATE"):
            cell["outputs"], cell["execution_count"] = outputs(found, source, number), number
        assert shown(cell) == found, source
    if os.environ.get("ZHILI_UPDATE"):
        NOTEBOOK.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert number > 5
