"""Sentences and clauses: where they are cut, and what is done, planned or lacking."""

from __future__ import annotations

import pytest

from extractors import sections
from extractors.clauses import Piece, Splitter
from extractors.cues import Cues
from ontology.vocabulary import load_vocabulary

CUES = Cues(load_vocabulary())


def pieces(text: str, year: int | None = 2023) -> list[Piece]:
    outline = sections.outline(text, lambda words, rank: CUES.heading(words, rank, year))
    return Splitter(CUES).pieces(text, outline, year)


def statuses(text: str) -> list[tuple[str, str]]:
    return [(text[p.start : p.end], p.status) for p in pieces(text)]


@pytest.mark.parametrize(
    ("sentence", "clauses"),
    [
        ("开展宣传3次，发放资料50份；解答咨询。", ["开展宣传3次", "发放资料50份", "解答咨询"]),
        ("共发放资料1,200份。", ["共发放资料1,200份"]),
        ("12:30开会。", ["12:30开会"]),
        ("一是加强学习。二是加强宣传。", ["加强学习", "加强宣传"]),
        ("首先，抓学习。", ["抓学习"]),
        ("（1）抓学习。", ["抓学习"]),
        ("  ——抓学习。 ", ["抓学习"]),
        ("抓学习！抓宣传？", ["抓学习", "抓宣传"]),
        ("排查矛盾、化解纠纷。", ["排查矛盾、化解纠纷"]),
    ],
)
def test_where_clauses_are_cut(sentence: str, clauses: list[str]) -> None:
    text = f"一、做法\n{sentence}\n"
    assert [text[p.start : p.end] for p in pieces(text) if text[p.start : p.end] != "做法"] == clauses


@pytest.mark.parametrize(
    ("heading", "sentence", "status"),
    [
        ("一、主要做法", "开展宣传3次。", "done"),
        ("二、存在的问题", "普法形式单一。", "deficient"),
        ("三、下一步打算", "开展宣传3次。", "planned"),
        ("三、2024年工作安排", "开展宣传3次。", "planned"),
        ("一、主要做法", "开展宣传3次", "done"),
        ("一、主要做法", "拟于明年开展宣传3次。", "planned"),
        ("一、主要做法", "普法力度有待加强。", "deficient"),
        ("一、主要做法", "针对宣传力度不够的问题，开展宣传3次。", "done"),
        ("一、主要做法", "下一步，将开展宣传3次。", "planned"),
    ],
)
def test_the_status_by_section_and_wording(heading: str, sentence: str, status: str) -> None:
    for end in ("\n", ""):
        told = statuses(f"{heading}\n{sentence}{end}")
        assert told[-1][1] == status


def test_a_turn_holds_to_the_end_of_its_paragraph_and_ends_with_the_section() -> None:
    text = "一、学法\n开展学习。下一步，将增加学习。每月考试一次。\n二、普法\n开展宣传。\n"
    assert [status for _, status in statuses(text)] == ["done", "planned", "planned", "planned", "done"]


def test_sentences_are_counted_through() -> None:
    numbers = [p.sentence for p in pieces("一、做法\n甲，乙。丙；丁。\n")]
    assert numbers[0] == numbers[1] < numbers[2] == numbers[3]
