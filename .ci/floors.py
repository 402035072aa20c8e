"""Build the reports held beside the project and hold each build's figures against the floors of ``floors.toml``."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

HERE = Path(__file__).parent


def figures(shared: Path, texts: Path, gold: Path, out: Path) -> dict[str, float]:
    """Build a folder of reports and give F1 by kind, as the contract's own scorer counts it."""
    subprocess.run([str(Path(sys.executable).parent / "zhili"), "build", str(texts), "--out", str(out)], check=True)
    command = [sys.executable, shared / "contract" / "score.py", out / "graph.ttl", texts, gold, "--json"]
    said = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout
    return {kind: score["f1"] for kind, score in json.loads(said).items()}


def main(shared: Path) -> int:
    """Print every figure beside its floor; 1 where one is below."""
    low = 0
    for part, table in tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8")).items():
        with tempfile.TemporaryDirectory() as folder:
            reached = figures(shared, shared / table["texts"], shared / table["gold"], Path(folder) / "out")
        for kind, floor in table["f1"].items():
            below = reached[kind] < floor
            low += below
            print(f"{part:14} {kind:15} {reached[kind]:.3f}  floor {floor:.3f}{'  BELOW' if below else ''}")
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
