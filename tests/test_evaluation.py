"""Scores against gold: what counts as right, missed, wrong or neither."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.evaluation import Flat, GoldError, Score, evaluate, load_gold
from tests.reading import read

SENTENCE = "司法所开展法治宣传12场。"
MEASURE = {
    "indicator": "publicity-events",
    "value": 12,
    "qualifier": "exact",
    "unit": "场",
    "quote": "开展法治宣传12场",
}
ACTIVITY = {"type": "legal-publicity", "status": "done", "quote": "司法所开展法治宣传12场"}
PERSON = {
    "actor": "justice-office",
    "role": "participates",
    "activity": "legal-publicity",
    "quote": "司法所开展法治宣传12场",
}


def scored(kind: str, *gold: dict[str, Any], sentence: str = SENTENCE) -> tuple[int, int, int, int]:
    score = evaluate([(read(sentence), {kind: list(gold)})])[kind]
    return score.gold, score.found, score.said, score.right


@pytest.mark.parametrize(
    ("kind", "fact"), [("measures", MEASURE), ("activities", ACTIVITY), ("participations", PERSON)]
)
def test_what_agrees_is_right(kind: str, fact: dict[str, Any]) -> None:
    assert scored(kind, fact) == (1, 1, 1, 1)


@pytest.mark.parametrize(
    ("kind", "fact", "change"),
    [
        ("measures", MEASURE, {"indicator": "other"}),
        ("measures", MEASURE, {"value": 13}),
        ("measures", MEASURE, {"qualifier": "over"}),
        ("activities", ACTIVITY, {"type": "mediation"}),
        ("activities", ACTIVITY, {"status": "planned"}),
        ("participations", PERSON, {"role": "targets"}),
        ("participations", PERSON, {"actor": "court"}),
    ],
)
def test_what_differs_is_missed_and_wrong(kind: str, fact: dict[str, Any], change: dict[str, Any]) -> None:
    assert scored(kind, {**fact, **change}) == (1, 0, 1, 0)


def test_a_passage_elsewhere_is_wrong() -> None:
    sentence = "全镇共12个村。司法所开展法治宣传12场。"
    assert scored("activities", {**ACTIVITY, "quote": "全镇共12个村"}, sentence=sentence)[1] == 0


def test_what_only_one_annotator_saw_is_neither() -> None:
    assert scored("activities", {**ACTIVITY, "optional": True}) == (0, 0, 0, 0)
    assert scored("activities", {**ACTIVITY, "type": "mediation", "optional": True}) == (0, 0, 1, 0)


def test_a_measure_is_taken_once() -> None:
    assert scored("measures", MEASURE, MEASURE) == (2, 1, 1, 1)


def test_errors_are_kept_with_their_words() -> None:
    misses = evaluate([(read(SENTENCE), {"activities": [{**ACTIVITY, "type": "mediation"}]})])["activities"].misses
    assert [(m.fault, m.claim.key[0], m.quote) for m in misses] == [
        ("missed", "mediation", "司法所开展法治宣传12场"),
        ("wrong", "legal-publicity", "司法所开展法治宣传12场"),
    ]


def test_a_quote_is_found_however_lines_are_folded() -> None:
    assert Flat("开展\n  宣传，开展宣传").span({"quote": "开展 宣传"}) == (0, 7)
    assert Flat("开展\n  宣传，开展宣传").span({"quote": "开展宣传", "nth": 2}) == (8, 12)
    with pytest.raises(GoldError, match="does not stand in the report"):
        Flat("开展宣传").span({"quote": "没有的话"})


def test_gold_that_is_no_json_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{", encoding="utf-8")
    with pytest.raises(GoldError):
        load_gold(tmp_path / "a.json")
    (tmp_path / "b.json").write_text(json.dumps({"measures": []}), encoding="utf-8")
    assert load_gold(tmp_path / "b.json") == {"measures": []}


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_f1_lies_between_precision_and_recall(right: int, wrong: int, missed: int) -> None:
    score = Score(gold=right + missed, found=right, said=right + wrong, right=right)
    low, high = sorted((score.precision, score.recall))
    assert low - 1e-9 <= score.f1 <= high + 1e-9
