"""Each named question, asked of a small corpus, with its whole answer: ``tests/data/answers/<name>.csv``.

After a change that is meant, ``ZHILI_UPDATE=1`` writes the answers anew; read what changed before it is committed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pyoxigraph import Store
from questions_small import store

from graph import query
from graph.answers import Answer, comma_separated

ANSWERS = Path(__file__).parent / "data" / "answers"
#: What a question is asked with, where it cannot be answered in full without.
SETTINGS = {"where-from": {"value": ["20"], "indicator": ["ind:publicity-events"]}}


@pytest.fixture(scope="module")
def small() -> Store:
    return store()


def answer(small: Store, name: str, lang: str, **values: list[str]) -> Answer:
    asked = query.named(name)
    settings = {**SETTINGS.get(name, {}), **({"lang": [lang]} if query.spoken(asked.sparql) else {}), **values}
    return Answer.of(query.ask(small, asked.sparql, settings)).headed(asked.columns[lang])


def test_there_are_questions_enough_and_answers_to_no_others() -> None:
    assert len(query.names()) >= 25
    assert {path.stem for path in ANSWERS.glob("*.csv")} == set(query.names())


@pytest.mark.parametrize("name", query.names())
def test_question_has_its_whole_answer(small: Store, name: str) -> None:
    found = comma_separated(answer(small, name, "zh")).decode("utf-8-sig").replace("\r\n", "\n")
    path = ANSWERS / f"{name}.csv"
    if os.environ.get("ZHILI_UPDATE"):
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text(encoding="utf-8")
    assert found.count("\n") > 1, "a question whose answer is empty is not tested"


@pytest.mark.parametrize("name", query.names())
def test_question_is_told_in_both_languages_with_a_heading_for_each_column(small: Store, name: str) -> None:
    asked = query.named(name)
    for lang in ("zh", "en"):
        found = answer(small, name, lang)
        assert asked.titles[lang].endswith(("？", "?"))
        assert found.columns == asked.columns[lang]
    assert any("\u4e00" <= char <= "\u9fff" for char in asked.titles["zh"])
    assert asked.titles["en"].isascii()


@pytest.mark.parametrize("name", [name for name in query.names() if "township" in query.named(name).parameters])
def test_a_question_can_be_asked_of_one_township(small: Store, name: str) -> None:
    everywhere, one = answer(small, name, "zh"), answer(small, name, "zh", township=["青禾镇"])
    seen = {value.text for row in one.rows for value in row}
    assert "横柳乡" not in seen and "石口街道" not in seen
    assert len(one.rows) <= len(everywhere.rows)


@pytest.mark.parametrize("name", [name for name in query.names() if "year" in query.named(name).parameters])
def test_a_question_can_be_asked_of_one_year(small: Store, name: str) -> None:
    numbers = {value.text for row in answer(small, name, "zh", year=["2023"]).rows for value in row}
    assert "2022" not in numbers


def test_the_same_question_has_the_same_answer_in_the_same_order(small: Store) -> None:
    again = store()
    for name in query.names():
        assert answer(small, name, "en") == answer(again, name, "en")
