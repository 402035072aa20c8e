"""The audit's arithmetic as properties: true figures, however they are written, are left alone; moved ones are found."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import cache

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from extractors.reader import Reader
from extractors.shapes import Document
from graph.audit.auditor import Auditor
from graph.audit.finding import Finding
from graph.audit.settings import Settings
from ontology.vocabulary import load_vocabulary

HEAD = "云岭县溪口岭镇2023年法治政府建设情况报告\n一、主要工作\n"
TEMPLATES = (
    "全年调解纠纷{whole}件，调解成功{part}件，成功率{rate}。",
    "共排查隐患{whole}处，整改{part}处，整改率为{rate}。",
    "组织{whole}人参加考试，合格{part}人，合格率达到{rate}。",
    "受理群众诉求{whole}件，其中来访12件、来信9件，办结{part}件，办结率达{rate}。",
)
WIDE = str.maketrans("0123456789.%", "０１２３４５６７８９．％")


@cache
def tools() -> tuple[Reader, Auditor]:
    vocabulary = load_vocabulary()
    return Reader(vocabulary), Auditor(
        vocabulary, settings=Settings(kinds=frozenset({"rate-mismatch", "sum-mismatch"}))
    )


def audit(sentence: str) -> list[Finding]:
    reader, auditor = tools()
    return auditor.audit(reader.read(Document("a.txt", HEAD + sentence)))


def exact(value: int) -> str:
    return str(value)


def over(value: int) -> str:
    return f"{value // 10 * 10}余"


def nearly(value: int) -> str:
    return f"近{-(-value // 10) * 10}"


def rounded(value: int) -> str:
    return f"{Decimal(value) / 10_000:.2f}万" if value >= 10_000 else str(value)


@st.composite
def counts(draw: st.DrawFn, most: int = 30_000) -> tuple[int, int]:
    """A whole and a part of it."""
    whole = draw(st.integers(40, most))
    return whole, draw(st.integers(30, whole))


def rate(part: int, whole: int, places: int, manner: str) -> str:
    """The rate as people write it: rounded, cut off, or as a bound below."""
    step = Decimal(1).scaleb(-places)
    value = Decimal(100 * part) / Decimal(whole)
    shown = value.quantize(step, ROUND_HALF_UP if manner == "rounded" else ROUND_DOWN)
    return f"{shown}%" + ("以上" if manner == "bound" else "")


@settings(max_examples=200, deadline=None)
@given(
    counts(),
    st.sampled_from(TEMPLATES),
    st.sampled_from([exact, over, nearly, rounded]),
    st.sampled_from([exact, over, nearly, rounded]),
    st.integers(0, 2),
    st.sampled_from(["rounded", "cut", "bound"]),
    st.booleans(),
)
def test_true_rates_are_left_alone(
    pair: tuple[int, int],
    template: str,
    put_whole: Callable[[int], str],
    put_part: Callable[[int], str],
    places: int,
    manner: str,
    wide: bool,
) -> None:
    whole, part = pair
    said = rate(part, whole, places, manner)
    sentence = template.format(whole=put_whole(whole), part=put_part(part), rate=said)
    assert audit(sentence.translate(WIDE) if wide else sentence) == []


@settings(max_examples=200, deadline=None)
@given(
    counts(3000),
    st.sampled_from(TEMPLATES[:3]),
    st.integers(0, 2),
    st.floats(1.6, 9),
    st.sampled_from([1, -1]),
    st.booleans(),
)
def test_rates_moved_beyond_rounding_are_found(
    pair: tuple[int, int], template: str, places: int, moved: float, sign: int, wide: bool
) -> None:
    whole, part = pair
    step = Decimal(1).scaleb(-places)
    value = Decimal(100 * part) / Decimal(whole) + sign * step * Decimal(moved)
    assume(0 < value < 100)
    sentence = template.format(whole=whole, part=part, rate=f"{value.quantize(step, ROUND_HALF_UP)}%")
    (one,) = audit(sentence.translate(WIDE) if wide else sentence)
    assert one.kind == "rate-mismatch"
    assert f"{part} ÷ {whole} = " in one.why("zh")


LABELS = ("土地纠纷", "婚姻纠纷", "邻里纠纷", "劳资纠纷", "合同纠纷")
PARTS = st.lists(st.integers(2, 400), min_size=1, max_size=5)


def listing(parts: list[int], unit: str = "件") -> str:
    """The parts as a list that ends with all others."""
    labels = [*LABELS[: len(parts) - 1], "其他纠纷"]
    return "、".join(f"{label}{part}{unit}" for label, part in zip(labels, parts, strict=True))


@settings(max_examples=150, deadline=None)
@given(PARTS, st.booleans(), st.sampled_from([exact, over]))
def test_true_sums_are_left_alone(parts: list[int], closed: bool, put: Callable[[int], str]) -> None:
    whole = sum(parts) + (0 if closed else 1000)
    words = listing(parts) if closed else listing(parts).replace("其他纠纷", "山林纠纷")
    assert audit(f"全年排查纠纷{put(whole)}件，其中{words}。") == []


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(2, 400), min_size=2, max_size=5), st.integers(-9, 9), st.sampled_from(["其中", "（"]))
def test_sums_that_are_off_are_found(parts: list[int], off: int, opening: str) -> None:
    whole = sum(parts) + off
    makes = any(sum(parts[:size]) == whole or sum(parts[-size:]) == whole for size in range(2, len(parts)))
    assume(off and whole > max(parts) and not makes and sum(parts) <= 1.5 * whole)
    listed = f"，其中{listing(parts)}" if opening == "其中" else f"（{listing(parts)}）"
    (one,) = audit(f"全年排查纠纷{whole}件{listed}。")
    assert one.kind == "sum-mismatch"
    assert f"= {sum(parts)}，报告写 {whole}件" in one.why("zh")
