"""How often the analyses name something where nothing is to be found, and how often they find what is planted.

    python -m benchmarks.false_alarms [--shuffles 200] [--planted 50]

Each shuffle is a made corpus of 24 townships whose sentences are dealt out anew and whose figures are drawn anew; each
planted corpus holds two communities, an outlier, a missing practice, three kept and two broken promises and a copy.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable

from graph.analysis.questions import answers
from tests.analysis_made import Corpus, exactly, ground, planted, shuffled

ASKED = ("alike", "together", "communities", "circles", "outliers", "gaps", "promises", "copies")


def named(corpus: Corpus) -> set[str]:
    """The questions that name something in a corpus (of promises: one that was kept)."""
    found = {one.name: one.sure for one in answers(ground(corpus), ASKED)}
    found["promises"] = tuple(row for row in found["promises"] if row.verdict != "unfound")
    return {name for name, rows in found.items() if rows}


def alarms(shuffles: int) -> Counter[str]:
    """How many shuffled corpora each question names something in; under "any" those in which any does."""
    return _counted(named(shuffled(planted(seed % 7 + 1), seed)) for seed in range(shuffles))


def missed(corpora: int) -> Counter[str]:
    """How many planted corpora each pattern is not named in exactly."""
    return _counted(
        {name for name, right in exactly(planted(seed)).items() if not right} for seed in range(1, corpora + 1)
    )


def _counted(found: Iterable[set[str]]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for names in found:
        counts.update(names)
        counts["any"] += bool(names)
    return counts


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shuffles", type=int, default=200)
    parser.add_argument("--planted", type=int, default=50)
    given = parser.parse_args()
    for title, counts, of in (
        ("named where nothing is planted", alarms(given.shuffles), given.shuffles),
        ("planted and not named exactly", missed(given.planted), given.planted),
    ):
        print(f"{title}, of {of}:")
        for name in ("any", *ASKED):
            print(f"  {name:12} {counts[name]:4}  {counts[name] / of:6.1%}")


if __name__ == "__main__":
    main()
