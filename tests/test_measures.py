"""Which indicator a figure is of: by the words around it, by the verb it shares, by the topic."""

from __future__ import annotations

import pytest

from tests.reading import measures, read

CASES = [
    ("排查矛盾纠纷150件，化解148件。", [("disputes-screened", 150), ("disputes-resolved", 148)]),
    ("调解成功率98%。", [("mediation-success-rate", 98)]),
    ("发放宣传资料5000余份。", [("publicity-materials", 5000)]),
    ("培养“法律明白人”132名。", [("legal-guides", 132)]),
    ("召开法治建设专题会议3次。", [("work-meetings", 3)]),
    ("全年主动公开政府信息366条。", [("disclosure-items", 366)]),
    ("办理行政处罚案件14起。", [("penalties", 14)]),
    ("查出隐患203处，整改198处。", [("hazards-found", 203), ("hazards-fixed", 198)]),
]


@pytest.mark.parametrize(("sentence", "expected"), CASES)
def test_the_indicator_of_a_figure(sentence: str, expected: list[tuple[str, float]]) -> None:
    assert measures(sentence) == expected


def test_a_figure_that_no_indicator_takes_is_kept_and_listed() -> None:
    facts = read("养殖土鸡300只，晾晒被褥20件。")
    assert [(m.indicator, m.quantity.value) for m in facts.measures if m.quantity.value == 20] == [("other", 20)]
    assert [u.quantity.value for u in facts.unread if u.quantity.value == 20] == [20]


@pytest.mark.parametrize(("heading", "status"), [("一、主要工作", "done"), ("三、下一步打算", "planned")])
def test_a_figure_takes_the_status_of_its_clause(heading: str, status: str) -> None:
    assert {m.status for m in read("开展法治宣传12场。", heading).measures} == {status}


def test_a_figure_stands_by_an_activity_of_its_clause() -> None:
    facts = read("开展法治宣传12场。")
    assert [facts.activities[m.activity].type for m in facts.measures if m.activity is not None] == ["legal-publicity"]
