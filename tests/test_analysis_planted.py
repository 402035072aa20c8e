"""What is planted is named, and nothing else; where nothing is planted, nothing is named."""

from __future__ import annotations

from functools import cache

import pytest

from graph.analysis.questions import answers
from graph.analysis.result import Result
from tests.analysis_made import Corpus, exactly, ground, planted, shuffled

QUESTIONS = ("alike", "together", "communities", "circles", "outliers", "gaps", "promises", "copies")


@cache
def found(seed: int) -> dict[str, bool]:
    return exactly(planted(seed))


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("question", QUESTIONS)
def test_exactly_what_is_planted_is_named(question: str, seed: int) -> None:
    assert found(seed)[question]


@cache
def silence(seed: int) -> dict[str, Result[tuple[object, ...]]]:
    return {one.name: one for one in answers(ground(shuffled(planted(1), seed)), QUESTIONS)}


@pytest.mark.parametrize("seed", [11, 12, 13])
@pytest.mark.parametrize("question", [one for one in QUESTIONS if one != "promises"])
def test_nothing_is_named_in_a_shuffled_corpus(question: str, seed: int) -> None:
    assert silence(seed)[question].sure == ()


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_no_promise_is_kept_in_a_shuffled_corpus(seed: int) -> None:
    rows = silence(seed)["promises"].rows
    assert [row.verdict for row in rows] == ["unfound"] * 5  # type: ignore[attr-defined]


def test_the_same_corpus_gives_the_same_answers() -> None:
    once, again = (answers(ground(planted(2))) for _ in range(2))
    assert once == again


def test_too_few_reports_are_met_with_silence() -> None:
    few = Corpus(planted(1).papers[1:4])
    said = {one.name: one for one in answers(ground(few))}
    for question in ("alike", "together", "communities", "outliers", "gaps", "changes", "promises"):
        assert said[question].silent
        assert said[question].rows == ()
    assert not said["matrix"].silent
