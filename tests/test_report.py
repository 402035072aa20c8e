"""What a report says of itself: township, kind of division, year."""

from __future__ import annotations

import pytest

from extractors.reader import Reader
from extractors.shapes import Document, Report
from ontology.vocabulary import load_vocabulary

READER = Reader(load_vocabulary())
BODY = "\n一、主要工作\n开展宣传3次。\n"


def told(title: str, **meta: str) -> Report:
    return READER.read(Document("a.txt", title + BODY, meta)).report


TITLES = [
    ("槐堤镇人民政府关于2022年度法治政府建设情况的报告", "槐堤镇", "镇", 2022),
    ("汴阳县望柳街道办事处2023年度法治政府建设工作总结", "望柳街道", "街道", 2023),
    ("会原县麦垛湾回族乡2023年法治政府建设情况报告", "麦垛湾回族乡", "民族乡", 2023),
    ("阿尔宝力格旗哈森陶勒盖苏木2021年度法治政府建设情况报告", "哈森陶勒盖苏木", "苏木", 2021),
    ("三道岘乡二〇二二年法治政府建设年度报告", "三道岘乡", "乡", 2022),
    ("浑岭县市场监督管理局2025年法治政府建设情况报告", "浑岭县市场监督管理局", "部门", 2025),
    ("中共会原县三道岘乡委员会2022年度法治建设工作报告", "三道岘乡", "乡", 2022),
    ("2022年三道岘乡法治政府建设工作总结及2023年工作计划", "三道岘乡", "乡", 2022),
]


@pytest.mark.parametrize(("title", "township", "kind", "year"), TITLES)
def test_the_title_tells(title: str, township: str, kind: str, year: int) -> None:
    report = told(title)
    assert (report.township, report.division_type, report.year) == (township, kind, year)


def test_what_is_known_beside_the_text_goes_first() -> None:
    report = told(TITLES[0][0], township="柳店岗镇", year="2020")
    assert (report.township, report.year) == ("柳店岗镇", 2020)


def test_without_a_title_the_text_tells() -> None:
    text = "2023年，槐堤镇坚持依法行政。\n一、主要工作\n槐堤镇开展宣传3次。"
    report = READER.read(Document("a.txt", text)).report
    assert (report.township, report.year, report.title) == ("槐堤镇", 2023, "")


@pytest.mark.parametrize("text", ["", "\n\n", "。", "一、主要工作\n开展宣传3次。", "年年年县县县镇镇镇"])
def test_where_nothing_tells_nothing_is_made_up(text: str) -> None:
    report = READER.read(Document("a.txt", text)).report
    assert report.year is None
    assert report.township == ""


def test_the_places_it_lies_in_stand_in_the_text() -> None:
    text = "清梭县高脚坪苗族乡人民政府2021年度法治政府建设情况报告" + BODY
    report = READER.read(Document("a.txt", text)).report
    assert [(p.name, text[p.start : p.end]) for p in report.parents] == [("清梭县", "清梭县")]
