"""The time of the analyses beside that of the build, for varied reports; processor time, in one run.

    python -m benchmarks.analysis [--reports 1000] [--folder FOLDER]

The analysis of 1,000 reports may take a tenth of the time of building them. A folder that is given is kept, and what was
built there before is built anew.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.varied import reports
from graph.analysis.ground import ground_of
from graph.analysis.questions import QUESTIONS
from graph.build import build
from graph.store import open_build

MOST = 0.1  # of the time of the build


@contextmanager
def timed(name: str, taken: dict[str, float]) -> Iterator[None]:
    """Note the processor time that something takes."""
    start = time.process_time()
    yield
    taken[name] = time.process_time() - start


def measure(number: int, folder: Path) -> tuple[float, dict[str, float]]:
    """Build so many varied reports and analyse them; the seconds of the build, and those of each analysis."""
    texts, out, taken = folder / "reports", folder / "exports", dict[str, float]()
    shutil.rmtree(texts, ignore_errors=True)
    shutil.rmtree(out, ignore_errors=True)
    texts.mkdir(parents=True)
    for name, text in reports(number):
        (texts / name).write_text(text, encoding="utf-8")
    with timed("build", taken):
        build([texts], out)
    with open_build(out) as held:
        ground = ground_of(held)
        reading: dict[str, Callable[[], object]] = {
            f"read {name}": lambda name=name: getattr(ground, name)  # type: ignore[misc]
            for name in ("about", "activities", "figures", "parts", "chosen")
        }
        for name, read in reading.items():
            with timed(name, taken):
                read()
        for name, ask in QUESTIONS.items():
            with timed(name, taken):
                ask(ground)
    return taken.pop("build"), taken


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        building, taken = measure(given.reports, given.folder or Path(temporary))
    for name, seconds in taken.items():
        print(f"{name:18} {seconds:7.2f} s")
    whole = sum(taken.values())
    print(f"analysis {whole:.1f} s, build {building:.1f} s: {whole / building:.1%} of it (at most {MOST:.0%})")


if __name__ == "__main__":
    main()
