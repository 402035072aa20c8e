"""How fast files of each kind are loaded: ``python -m benchmarks.loading FOLDER [ROUNDS]``.

FOLDER holds reports, one subfolder or name per kind as it comes; each kind's files are loaded ROUNDS times over.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from extractors.loading import documents
from extractors.shapes import Document


def main(folder: Path, rounds: int) -> None:
    """Print files and characters per second for each kind of file under a folder."""
    kinds: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(folder.rglob("*.*")):
        kinds[path.suffix].append(path)
    print(f"{'kind':<8}{'files':>8}{'seconds':>10}{'files/s':>10}{'chars/s':>12}{'refused':>9}")
    for kind, paths in sorted(kinds.items()):
        with tempfile.TemporaryDirectory() as copies:
            for number in range(rounds):
                for place, path in enumerate(paths):
                    Path(copies, f"{number}-{place}{kind}").write_bytes(path.read_bytes())
            started = time.perf_counter()
            found = list(documents([Path(copies)]))
            took = time.perf_counter() - started
        size = sum(len(item.text) for item in found if isinstance(item, Document))
        refused = sum(not isinstance(item, Document) for item in found)
        print(f"{kind:<8}{len(found):>8}{took:>10.2f}{len(found) / took:>10.1f}{size / took:>12,.0f}{refused:>9}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10)
