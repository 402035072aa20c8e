"""Numbers as they are written, with unit and bound; and numbers that count nothing."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.lexicon import narrowed
from extractors.quantities import Quantities, numeral
from extractors.reader import Reader
from extractors.shapes import Document
from ontology.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()
FINDER = Quantities(p for c in VOCABULARY.scheme("unit").values() for p in c.phrases)
READER = Reader(VOCABULARY)

READ = [
    ("开展宣传12次", [(12, "次", "exact")]),
    ("开展宣传１２次", [(12, "次", "exact")]),
    ("开展宣传十二次", [(12, "次", "exact")]),
    ("开展宣传二十多场", [(20, "场", "over")]),
    ("受众1.2万余人次", [(12000, "人次", "over")]),
    ("受众近百人", [(100, "人", "about")]),
    ("发放资料5千余份", [(5000, "份", "over")]),
    ("发放资料5000多份", [(5000, "份", "over")]),
    ("发放资料3,500份", [(3500, "份", "exact")]),
    ("罚款2.86万元", [(28600, "元", "exact")]),
    ("合格率百分之九十八", [(98, "%", "exact")]),
    ("合格率98.6%", [(98.6, "%", "exact")]),
    ("满意率９９％以上", [(99, "%", "over")]),
    ("检查不少于4次", [(4, "次", "over")]),
    ("走访逾300户", [(300, "户", "over")]),
    ("约80人参加", [(80, "人", "about")]),
    ("80人左右参加", [(80, "人", "about")]),
    ("不足10人", [(10, "人", "under")]),
    ("控制在30件以内", [(30, "件", "under")]),
    ("排查150件、化解148件", [(150, "件", "exact"), (148, "件", "exact")]),
    ("书记、镇长各1次", [(1, "次", "exact")]),
    ("占比六成以上", [(60, "%", "over")]),
    ("两百三十五名网格员", [(235, "名", "exact")]),
    ("制定村规民约公约8份", [(8, "份", "exact")]),
]
NOT_READ = [
    "召开第三次会议",
    "2023年12月4日",
    "采用1+1+3模式",
    "拨打12345热线",
    "推进一件事一次办",
    "村两委换届",
    "三重一大事项",
    "组建一支队伍",
    "合格率为百分之点",
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_a_quantity_with_its_unit_and_bound(text: str, expected: list[tuple[float, str, str]]) -> None:
    assert [(q.value, q.unit, q.qualifier) for q in FINDER.find(narrowed(text))] == expected


@pytest.mark.parametrize("text", NOT_READ)
def test_a_number_that_counts_nothing(text: str) -> None:
    assert READER.read(Document("", f"一、主要工作\n{text}。")).measures == ()


@given(st.integers(min_value=1, max_value=99_999_999))
def test_digits_are_read_back(value: int) -> None:
    assert [q.value for q in FINDER.find(f"共{value}件")] == [value]


@given(st.integers(min_value=1, max_value=99_999_999))
def test_chinese_numerals_are_read_back(value: int) -> None:
    assert numeral(written(value)) == value


@given(st.text(alphabet="一二两三十百千万零0123456789.,%余多近约次件户人份 第各", max_size=30))
def test_spans_are_in_order_and_hold_a_number(text: str) -> None:
    found = FINDER.find(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(0 <= q.start < q.end <= len(text) and q.value >= 0 for q in found)


def written(value: int) -> str:
    """A number in Chinese numerals, spelt out.

    >>> written(20_305), written(18)
    ('二万零三百零五', '一十八')
    """
    if value >= 10_000:
        high, low = divmod(value, 10_000)
        gap = "零" if 0 < low < 1000 else ""
        return written(high) + "万" + (gap + written(low) if low else "")
    out, zero = "", False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, scale)
        if digit:
            out += ("零" if zero and out else "") + "零一二三四五六七八九"[digit] + name
        zero = not digit
    return out


@pytest.mark.parametrize("text", ["", "甲", "点五", "三甲"])
def test_what_is_no_numeral(text: str) -> None:
    assert numeral(text) is None
