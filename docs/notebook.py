"""Run ``docs/python.ipynb`` on the bundled sample and keep what it shows, or (``--check``) see that it still does."""

from __future__ import annotations

import ast
import contextlib
import io
import json
import os
import sys
from pathlib import Path
from typing import Any

NOTEBOOK = Path(__file__).with_name("python.ipynb")
OPTIONS = {"display.width": 110, "display.max_columns": 12, "display.unicode.east_asian_width": True}


def run(source: str, names: dict[str, Any], number: int) -> list[dict[str, Any]]:
    """Run a cell as a notebook does and give its outputs: what it prints, then the value of its last expression."""
    body = ast.parse(source).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(ast.Module(body, []), "cell", "exec"), names)
        value = eval(compile(ast.Expression(last.value), "cell", "eval"), names) if isinstance(last, ast.Expr) else None
    made: list[dict[str, Any]] = []
    if text := printed.getvalue():
        made.append({"name": "stdout", "output_type": "stream", "text": text.splitlines(keepends=True)})
    if value is not None:
        data = {"text/plain": repr(value).splitlines(keepends=True)}
        made.append({"data": data, "execution_count": number, "metadata": {}, "output_type": "execute_result"})
    return made


def rerun(before: str) -> str:
    """Give the notebook with the outputs that its cells have now."""
    import pandas

    from docs.show import sample_build

    os.chdir(sample_build().parent)
    os.environ["ZHILI_LANG"] = "zh"
    for name, value in OPTIONS.items():
        pandas.set_option(name, value)
    notebook, names = json.loads(before), {}
    for number, cell in enumerate((one for one in notebook["cells"] if one["cell_type"] == "code"), 1):
        cell["outputs"] = run("".join(cell["source"]), names, number)
        cell["execution_count"] = number
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def main() -> int:
    """Write the notebook anew, or tell whether it is as it would be written."""
    before = NOTEBOOK.read_text(encoding="utf-8")
    after = rerun(before)
    if "--check" in sys.argv:
        return 0 if before == after else 1
    NOTEBOOK.write_text(after, encoding="utf-8")
    print(NOTEBOOK)
    return 0


if __name__ == "__main__":
    sys.exit(main())
