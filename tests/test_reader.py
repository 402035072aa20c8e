"""Facts of whole reports: their quotes and offsets, their independence of what was read before, odd input."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.shapes import Document, Facts
from graph.sample import sample_paths
from tests.reading import reader

CORPUS = Path(__file__).parent / "corpus"
REPORTS = [*sample_paths(), *sorted(CORPUS.glob("*/texts/*.txt"))]
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in REPORTS}
LONGEST_PASSAGE = 120  # a clause, never a paragraph
#: Pieces of reports in every manner, for texts that nobody wrote.
PIECES = st.sampled_from(
    [
        "一、主要工作\n",
        "（一）",
        "1.",
        "一是",
        "司法所",
        "组织网格员",
        "排查矛盾纠纷",
        "150件",
        "１２次",
        "百分之",
        "点",
        "《",
        "》",
        "“",
        "”",
        "，",
        "。",
        "；",
        "、",
        "\n",
        "\r\n",
        "\u3000",
        "[bookmark: a]",
        "\u200b",
        "近百",
        "万余",
        "人次",
        "镇长",
        "2024年",
        "拟",
        "不足",
        "12·4",
        "𠮷",
    ]
)


def passages(facts: Facts) -> list[tuple[int, int]]:
    kinds = (facts.activities, facts.measures, facts.participations, facts.people, facts.instruments, facts.unread)
    return [(fact.start, fact.end) for kind in kinds for fact in kind]


def check(facts: Facts) -> None:
    """Hold every passage to the text, and every reference to what it refers to."""
    size = len(facts.document.text)
    assert all(0 <= start < end <= size for start, end in passages(facts))
    assert all(p.activity < len(facts.activities) for p in facts.participations)
    assert all(m.activity is None or m.activity < len(facts.activities) for m in facts.measures)
    assert all(
        0 <= f.section < len(facts.sections) for f in (*facts.activities, *facts.measures, *facts.participations)
    )
    for measure in facts.measures:
        assert measure.start <= measure.quantity.start < measure.quantity.end <= measure.end


@pytest.mark.parametrize("name", TEXTS)
def test_every_passage_is_a_clause_at_its_place(name: str) -> None:
    facts = reader().read(Document(name, TEXTS[name]))
    check(facts)
    for start, end in passages(facts):
        quote = facts.quote(start, end)
        assert quote == quote.strip()
        assert len(quote) <= LONGEST_PASSAGE
    for fact in (*facts.activities, *facts.measures):
        outside = re.sub(r"《[^》]*》|“[^”]*”|（[^）]*）", "", facts.quote(fact.start, fact.end))
        assert not re.search(r"[。！？；\n]", outside)


@pytest.mark.parametrize("name", TEXTS)
def test_figures_are_measured_or_listed_as_unread(name: str) -> None:
    facts = reader().read(Document(name, TEXTS[name]))
    others = {m.quantity.start: m.rule for m in facts.measures if m.indicator == "other"}
    unread = {u.quantity.start for u in facts.unread}
    assert {start for start, rule in others.items() if not rule} <= unread <= others.keys()


def test_what_was_read_before_does_not_matter() -> None:
    documents = [Document(name, text) for name, text in TEXTS.items()]
    forth = {d.name: reader().read(d) for d in documents}
    back = {d.name: reader().read(d) for d in reversed(documents)}
    assert forth == back


def test_line_ends_and_full_width_digits_do_not_matter() -> None:
    text = TEXTS["huaidi-2023"]
    wide = text.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})

    def said(facts: Facts) -> list[tuple[str, float, str]]:
        return [(m.indicator, m.quantity.value, m.status) for m in facts.measures]

    plain = said(reader().read(Document("a", text)))
    assert said(reader().read(Document("a", text.replace("\n", "\r\n")))) == plain
    assert said(reader().read(Document("a", wide))) == plain


@given(st.lists(PIECES, max_size=60).map("".join))
@settings(max_examples=150)
def test_any_text_is_read_with_its_passages_in_place(text: str) -> None:
    check(reader().read(Document("a", text)))


@given(st.text(max_size=200))
@settings(max_examples=60)
def test_any_characters_are_read(text: str) -> None:
    check(reader().read(Document("a", text)))


@pytest.mark.parametrize(
    "text", ["", "\n", "。" * 500, "一、" * 300, "（" * 300, "1" * 400, "《" * 300, "一是" * 300, "零" * 300]
)
def test_odd_texts_are_read(text: str) -> None:
    assert reader().read(Document("a", text)).people == ()
