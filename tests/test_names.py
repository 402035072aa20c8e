"""People named with an office, and the laws, plans and documents that a report issues or cites."""

from __future__ import annotations

import pytest

from extractors.names import laws_by_form
from tests.reading import read

PEOPLE = [
    ("成立由镇党委书记阚砚秋任组长、镇长郗望川任副组长的领导小组。", {("阚砚秋", "镇党委书记"), ("郗望川", "镇长")}),
    ("镇党委书记主持召开会议3次。", set()),
    ("镇长带头讲法治课2次。", set()),
    ("邀请法律顾问到镇授课1场。", set()),
]
INSTRUMENTS = [
    ("印发《槐堤镇2022年法治政府建设工作要点》。", {("槐堤镇2022年法治政府建设工作要点", "issued")}),
    ("制定《普法工作计划》，明确任务。", {("普法工作计划", "issued")}),
    ("学习《信访工作条例》2次。", {("信访工作条例", "cited")}),
    ("按照《法治政府建设实施纲要（2021—2025年）》要求，推进工作。", {("法治政府建设实施纲要（2021—2025年）", "cited")}),
    ("发放《民法典》读本800册。", {("民法典", "cited")}),
]


@pytest.mark.parametrize(("sentence", "people"), PEOPLE)
def test_people_are_named_with_their_office(sentence: str, people: set[tuple[str, str]]) -> None:
    assert {(p.name, p.office) for p in read(sentence).people} == people


@pytest.mark.parametrize(("sentence", "expected"), INSTRUMENTS)
def test_documents_issued_and_cited(sentence: str, expected: set[tuple[str, str]]) -> None:
    assert {(i.title, i.relation) for i in read(sentence).instruments} == expected


def test_each_document_is_told_once() -> None:
    facts = read("学习《信访工作条例》，宣传《信访工作条例》。")
    assert [i.title for i in facts.instruments] == ["信访工作条例"]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("讲解劳动合同法、工伤保险条例。", ["劳动合同法", "工伤保险条例"]),
        ("依法办案，创新执法方法。", []),
        ("加强立法、普法。", []),
    ],
)
def test_laws_without_marks(text: str, titles: list[str]) -> None:
    assert [t.title for t in laws_by_form(text)] == titles
