"""``docs/python.ipynb`` is run cell by cell, and shows what comes out."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_notebook_shows_what_comes_out() -> None:
    done = subprocess.run([sys.executable, "-m", "docs.notebook", "--check"], cwd=ROOT, check=False)
    assert done.returncode == 0, "python -m docs.notebook writes it anew"


def test_the_notebook_shows_something_at_most_cells() -> None:
    cells = json.loads((ROOT / "docs" / "python.ipynb").read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert len(code) > 7 and sum(bool(cell["outputs"]) for cell in code) >= len(code) - 1
