"""Headings and sections of reports as real ones number them, and what stands under each."""

from __future__ import annotations

import pytest

from extractors.sections import lines, outline, title


def paths(text: str) -> list[tuple[str, ...]]:
    return [section.path for section in outline(text, lambda *_: None).sections if section.path]


def test_levels_nest_as_they_are_numbered() -> None:
    text = "一、做法\n（一）学法\n1.中心组学习\n开展学习3次。\n（二）普法\n开展宣传。\n二、打算\n继续学法。\n"
    assert paths(text) == [
        ("一、做法",),
        ("一、做法", "（一）学法"),
        ("一、做法", "（一）学法", "1.中心组学习"),
        ("一、做法", "（二）普法"),
        ("二、打算",),
    ]


@pytest.mark.parametrize("marker", ["一、", "一．", "第一部分 ", "（一）", "(一)", "1.", "1、", "（1）", "①"])
def test_every_manner_of_numbering_opens_a_section(marker: str) -> None:
    assert paths(f"{marker}学法用法\n开展学习3次。\n")[0][-1].endswith("学法用法")


def test_a_heading_may_run_on_into_its_paragraph() -> None:
    text = "一、做法\n（一）高位推动，把责任扛起来。镇党委开展学习3次，印发要点。\n"
    assert paths(text)[-1] == ("一、做法", "（一）高位推动，把责任扛起来")


@pytest.mark.parametrize("line", ["2023年，我镇召开会议3次。", "12个村开展宣传。", "3名干部参加。"])
def test_a_number_that_counts_opens_none(line: str) -> None:
    assert paths(f"一、做法\n{line}\n") == [("一、做法",)]


def test_numbers_that_are_used_twice_do_not_lose_a_section() -> None:
    assert len(paths("一、甲\n内容。\n一、乙\n内容。\n三、丙\n内容。\n")) == 3


def test_status_is_inherited_by_what_stands_below() -> None:
    told = {"二、存在问题": "deficient", "三、下步打算": "planned"}
    text = "一、做法\n内容。\n二、存在问题\n（一）学法\n内容。\n三、下步打算\n1.普法\n内容。\n"
    made = outline(text, lambda words, _: told.get(words))
    assert [(s.path[-1], s.status) for s in made.sections if s.path] == [
        ("一、做法", "done"),
        ("二、存在问题", "deficient"),
        ("（一）学法", "deficient"),
        ("三、下步打算", "planned"),
        ("1.普法", "planned"),
    ]


def test_sections_lie_side_by_side_and_blocks_within_them() -> None:
    text = "某镇报告\n一、甲\n内容一。\n（一）乙\n内容二。\n二、丙\n内容三。"
    made = outline(text, lambda *_: None)
    assert all(a.end <= b.start for a, b in zip(made.sections, made.sections[1:], strict=False))
    for block in made.blocks:
        section = made.sections[block.section]
        assert section.start <= block.start < block.end <= section.end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("白坪乡2023年法治政府建设情况报告\n一、概况\n", "白坪乡2023年法治政府建设情况报告"),
        (
            "白坪乡人民政府\n关于2023年度法治政府建设\n情况的报告\n县政府：\n一、概况\n",
            "白坪乡人民政府关于2023年度法治政府建设情况的报告",
        ),
        ("一、概况\n全镇12个村。\n", ""),
        ("", ""),
    ],
)
def test_the_title(text: str, expected: str) -> None:
    assert title(text) == expected


def test_blank_lines_and_full_width_indents_do_not_matter() -> None:
    dense = lines("一、甲\n内容。")
    loose = lines("\n\u3000\u3000一、甲\r\n\n  内容。  \n")
    assert [line.rank for line in dense] == [line.rank for line in loose]
