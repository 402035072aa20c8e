"""How fast reports are read, beside jieba cutting the same text into words in the same process, and what a build holds.

    python -m benchmarks.reading [--reports 200] [--rounds 5] [--large 1000]

Each figure is processor time, the least of several rounds, the kinds of work taking turns. Ratios are what counts: they
hold from one machine to another. Peak memory is that of a process of its own that builds ``--large`` varied reports.
"""

from __future__ import annotations

import argparse
import logging
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path

from benchmarks import varied
from extractors.reader import Reader
from extractors.shapes import Document
from graph import build as building
from graph.rdf import statements, turtle, turtle_head
from ontology.vocabulary import load_vocabulary

#: What each kind of work may take, in times of jieba.lcut on the same text.
FACTS, TURTLE = 1.0, 4.0
MEMORY = 500  # MB that a large build may hold
PEAK = """
import resource, sys
from pathlib import Path
from graph import build
build.build([Path(sys.argv[1])], Path(sys.argv[2]))
scale = 1 << 20 if sys.platform == "darwin" else 1 << 10
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale)
"""


def main() -> int:
    """Measure, print, and give 1 where a bound is broken."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--reports", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--large", type=int, default=1000)
    arguments = parser.parse_args()
    documents = [Document(name, text) for name, text in varied.reports(arguments.reports)]
    characters = sum(len(document.text) for document in documents)
    print(f"{len(documents)} reports, {characters:,} characters, the least of {arguments.rounds} rounds")
    with tempfile.TemporaryDirectory() as folder:
        held = measure(documents, arguments.rounds, Path(folder), characters)
        return 0 if all([*held, memory(arguments.large, Path(folder))]) else 1


def measure(documents: list[Document], rounds: int, folder: Path, characters: int) -> list[bool]:
    """Time every kind of work, in turns; gives whether each bound is held."""
    reader, reports = Reader(load_vocabulary()), folder / "reports"
    reports.mkdir()
    for document in documents:
        (reports / document.name).write_text(document.text, encoding="utf-8")
    cut = jieba_cut()
    work: dict[str, Callable[[], object]] = {
        "jieba.lcut": lambda: [cut(document.text) for document in documents],
        "text to facts": lambda: [reader.read(document) for document in documents],
        "text to Turtle on disk": lambda: write(reader, reports, folder / "graph.ttl"),
        "zhili build (audit, store, texts)": lambda: building.build([reports], Path(tempfile.mkdtemp(dir=folder))),
    }
    bounds = {"text to facts": FACTS, "text to Turtle on disk": TURTLE}
    seconds = {name: float("inf") for name in work}
    for _ in range(rounds):
        for name, one in work.items():
            start = time.process_time()
            one()
            seconds[name] = min(seconds[name], time.process_time() - start)
    return [line(name, taken, seconds["jieba.lcut"], characters, bounds.get(name)) for name, taken in seconds.items()]


def write(reader: Reader, reports: Path, path: Path) -> None:
    """Read every file of a folder and write its facts as Turtle."""
    with path.open("wb") as file:
        file.write(turtle_head())
        for report in sorted(reports.iterdir()):
            said = statements(reader.read(Document(report.name, report.read_text(encoding="utf-8"))))
            file.write(turtle([*said.own, *said.shared]))


def jieba_cut() -> Callable[[str], object]:
    """Give jieba's cutting, its dictionary loaded."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    cut: Callable[[str], object] = jieba.lcut
    return cut


def line(name: str, taken: float, jieba: float, characters: int, bound: float | None) -> bool:
    """Print one figure and give whether it holds its bound."""
    ratio = taken / jieba
    held = bound is None or ratio <= bound
    told = "" if bound is None else f"  at most {bound:g}: {'held' if held else 'BROKEN'}"
    print(f"{name:34}{taken:8.3f} s {characters / taken / 1e6:7.2f}M characters/s {ratio:7.2f} of jieba{told}")
    return held


def memory(number: int, folder: Path) -> bool:
    """Build many reports in a process of its own and print the most memory that it held."""
    reports = folder / "large"
    reports.mkdir()
    for name, text in varied.reports(number):
        (reports / name).write_text(text, encoding="utf-8")
    start = time.perf_counter()
    command = [sys.executable, "-c", PEAK, str(reports), str(folder / "built")]
    peak = float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    held = peak < MEMORY
    taken = time.perf_counter() - start
    print(f"building {number} reports: {taken:.1f} s, {peak:.0f} MB, under {MEMORY}: {'held' if held else 'BROKEN'}")
    return held


if __name__ == "__main__":
    sys.exit(main())
