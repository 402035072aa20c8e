"""What it costs to add one report to a large build, and to ask it one question from the command line.

    python -m benchmarks.adding [--reports 1000] [--cpu]

Printed beside what they are held against: building all of them, and importing rdflib.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.store import peak, timed
from benchmarks.varied import reports

MOST = 0.03  # of building them all, for adding one
TWICE = 2.0  # times importing rdflib, for a question
ZHILI = [sys.executable, "-c", "from graph.cli import main; main()"]


def process(*command: str, times: int = 5) -> float:
    """Give the best of so many runs of a command, its start included, in seconds (under ``--cpu``: computed)."""
    found = []
    for _ in range(times):
        before, start = os.times(), time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        after = os.times()
        computed = after.children_user + after.children_system - before.children_user - before.children_system
        found.append(computed if "--cpu" in sys.argv else time.perf_counter() - start)
    return min(found)


def main() -> int:
    """Measure and print; the exit code tells whether both are as wanted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--cpu", action="store_true", help="seconds computed, not seconds passed")
    number = parser.parse_args().reports
    with tempfile.TemporaryDirectory() as name:
        folder, more, out = Path(name) / "in", Path(name) / "more", Path(name) / "out"
        folder.mkdir()
        more.mkdir()
        for at, (file, text) in enumerate(reports(number + 3)):
            ((folder if at < number else more) / file).write_text(text, encoding="utf-8")
        from graph.build import add, build, remove

        whole = timed(lambda: build([folder], out))[0]
        added = [timed(lambda one=one: add([one], out))[0] for one in sorted(more.iterdir())]  # type: ignore[misc]
        taken = timed(lambda: remove(["00001.txt"], out))[0]
        again = timed(lambda: build([folder], out))[0]
        question = process(*ZHILI, "query", "activities", "--set", "township=青河镇", "--dir", str(out))
        rdflib = process(sys.executable, "-c", "import rdflib")
    print(f"build {number} reports     {whole:8.2f} s   memory at most {peak():.0f} MB")
    print(f"add one                {min(added):8.2f} s   {min(added) / whole:.1%} of that (wanted: {MOST:.0%})")
    print(f"take one out           {taken:8.2f} s   {taken / whole:.1%}")
    print(f"build again, 4 changed {again:8.2f} s   {again / whole:.1%}")
    print(
        f"ask of one township    {question:8.3f} s   {question / rdflib:.2f} times import rdflib (wanted: {TWICE:.0f})"
    )
    return 0 if min(added) <= MOST * whole and question <= TWICE * rdflib else 1


if __name__ == "__main__":
    sys.exit(main())
