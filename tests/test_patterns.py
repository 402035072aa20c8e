"""The language of the vocabulary's patterns: parts in order or in any order, exclusions, classes, quantities, topics."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.reader import Reader
from extractors.shapes import Document, Facts
from ontology.vocabulary import load_vocabulary

HEAD = """@prefix zl: <https://w3id.org/zhili/ns#> .
@prefix act: <https://w3id.org/zhili/activity/> .
@prefix ind: <https://w3id.org/zhili/indicator/> .
@prefix word: <https://w3id.org/zhili/word/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
word:fowl skos:prefLabel "禽"@zh , "fowl"@en ; skos:altLabel "雁" , "鹭" .
act:kite skos:prefLabel "纸鸢"@zh , "kite"@en .
ind:kites skos:prefLabel "纸鸢数"@zh , "kites"@en .
"""


def read(folder: Path, turtle: str, sentence: str) -> Facts:
    path = folder / "own.ttl"
    path.write_text(HEAD + turtle, encoding="utf-8")
    return Reader(load_vocabulary(path)).read(Document("", "一、主要工作\n" + sentence))


ACTIVITY = [
    ("纸 … 鸢", "剪纸糊鸢。", True),
    ("纸 … 鸢", "糊鸢剪纸。", False),
    ("纸 & 鸢", "糊鸢剪纸。", True),
    ("纸 & 鸢", "剪纸，糊鸢。", False),
    ("纸|绢 … 鸢|筝", "裁绢扎筝。", True),
    ("纸 … 鸢 … !雨", "剪纸糊鸢。", True),
    ("纸 … 鸢 … !雨", "雨中剪纸糊鸢。", False),
    ("绘 … {fowl}", "绘白鹭。", True),
    ("绘 … {fowl}", "绘白鹤。", False),
    ("{fowl}形 … 鸢", "雁形绢鸢。", True),
    ("放鸢", "踏青放鸢。", True),
]
INDICATOR = [
    ("纸鸢 … #", "糊纸鸢30顶。", False),  # 顶 is no unit
    ("纸鸢 … #", "糊纸鸢30个。", True),
    ("纸鸢 … #个|件", "糊纸鸢30件。", True),
    ("纸鸢 … #件", "糊纸鸢30个。", False),
    ("# … 纸鸢", "糊30个纸鸢。", True),
    ("[kite] #件", "放飞30件。", False),
]


@pytest.mark.parametrize(("pattern", "sentence", "found"), ACTIVITY)
def test_a_pattern_of_an_activity(tmp_path: Path, pattern: str, sentence: str, found: bool) -> None:
    facts = read(tmp_path, f'act:kite zl:pattern "{pattern}" .', sentence)
    assert ("kite" in {a.type for a in facts.activities}) is found


@pytest.mark.parametrize(("pattern", "sentence", "found"), INDICATOR)
def test_a_pattern_of_an_indicator(tmp_path: Path, pattern: str, sentence: str, found: bool) -> None:
    facts = read(tmp_path, f'ind:kites zl:pattern "{pattern}" .', sentence)
    assert ("kites" in {m.indicator for m in facts.measures}) is found


def test_a_topic_is_that_of_the_clause_or_of_the_one_before(tmp_path: Path) -> None:
    turtle = 'act:kite skos:altLabel "放鸢" . ind:kites zl:pattern "[kite] #件" .'
    assert [m.indicator for m in read(tmp_path, turtle, "踏青放鸢，放飞30件。").measures] == ["kites"]
    assert [m.indicator for m in read(tmp_path, turtle, "踏青放鸢30件。").measures] == ["kites"]


def test_the_rule_is_kept_as_it_is_written(tmp_path: Path) -> None:
    facts = read(tmp_path, 'act:kite zl:pattern "纸 … 鸢" .', "剪纸糊鸢。")
    assert [a.rule for a in facts.activities if a.type == "kite"] == ["纸 … 鸢"]


def test_the_longest_words_win(tmp_path: Path) -> None:
    facts = read(tmp_path, 'act:kite skos:altLabel "法律援助纸鸢" .', "制作法律援助纸鸢。")
    assert [a.type for a in facts.activities] == ["kite"]
