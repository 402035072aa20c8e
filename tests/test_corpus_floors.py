"""How well reports and single sentences about invented places are read, held against floors.

The gold was written before the reader was run, by others than those who write its rules; ``docs/evaluation.md`` has the
figures. A floor is a little under what is reached today: it may be raised, never lowered.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extractors.evaluation import Score, evaluate, load_gold
from extractors.reader import Reader
from extractors.shapes import Document, Facts
from ontology.vocabulary import load_vocabulary

CORPUS = Path(__file__).parent / "corpus"
HEADING = "一、主要工作"
KINDS = ("report", "quantities", "measures", "activities", "participations", "people", "instruments", "occasions")
FLOORS = {
    "reports-a": (0.995, 0.978, 0.931, 0.908, 0.719, 0.947, 0.931, 0.995),
    "reports-b": (0.974, 0.961, 0.877, 0.835, 0.676, 0.995, 0.995, 0.969),
    "sentences-a": (None, 0.952, 0.820, 0.905, 0.725, 0.852, 0.841, None),
    "sentences-b": (None, 0.961, 0.922, 0.897, 0.788, 0.852, 0.828, None),
}


@cache
def reader() -> Reader:
    return Reader(load_vocabulary())


def reports(part: str) -> Iterator[tuple[Facts, dict[str, Any]]]:
    for path in sorted((CORPUS / part / "texts").glob("*.txt")):
        facts = reader().read(Document(path.name, path.read_text(encoding="utf-8")))
        yield facts, load_gold(CORPUS / part / "gold" / f"{path.stem}.json")


def sentences(part: str) -> Iterator[tuple[Facts, dict[str, Any]]]:
    for line in (CORPUS / part / "sentences.jsonl").read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        yield reader().read(Document("", f"{told.get('heading', HEADING)}\n{told['text']}")), told["gold"]


@cache
def scores(part: str) -> dict[str, Score]:
    kind, _, name = part.partition("-")
    return evaluate({"reports": reports, "sentences": sentences}[kind](name))


CASES = [
    (part, kind, floor) for part, floors in FLOORS.items() for kind, floor in zip(KINDS, floors, strict=True) if floor
]


@pytest.mark.parametrize(("part", "kind", "floor"), CASES)
def test_f1_stays_above_its_floor(part: str, kind: str, floor: float) -> None:
    assert scores(part)[kind].f1 >= floor


@pytest.mark.parametrize("part", ["a", "b"])
def test_there_is_gold_for_every_report(part: str) -> None:
    texts = {p.stem for p in (CORPUS / part / "texts").glob("*.txt")}
    assert texts == {p.stem for p in (CORPUS / part / "gold").glob("*.json")}
    assert len(texts) >= 6
