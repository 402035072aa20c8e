"""Phrases are found on characters, wherever word cutting would part them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractors.lexicon import Lexicon, narrowed

LITERALS = ["网格员", "网格", "格员", "调解", "人民调解", "A股", "98%"]


def test_overlapping_hits_are_all_found() -> None:
    hits = {(LITERALS[n], start, end) for n, start, end in Lexicon(LITERALS).hits("网格员人民调解")}
    assert hits == {("网格员", 0, 3), ("网格", 0, 2), ("格员", 1, 3), ("人民调解", 3, 7), ("调解", 5, 7)}


def test_full_width_forms_are_the_same() -> None:
    assert [hit[1:] for hit in Lexicon(LITERALS).hits(narrowed("Ａ股９８％"))] == [(0, 2), (2, 5)]


def test_hits_come_in_the_order_of_their_ends() -> None:
    ends = [end for _, _, end in Lexicon(LITERALS).hits("人民调解网格员调解网格")]
    assert ends == sorted(ends)


@given(st.text(max_size=60))
def test_narrowing_keeps_every_offset(text: str) -> None:
    assert len(narrowed(text)) == len(text)
    assert narrowed(narrowed(text)) == narrowed(text)


@given(st.text(alphabet="网格员人民调解甲", max_size=40))
def test_every_hit_is_its_literal(text: str) -> None:
    hits = Lexicon(LITERALS).hits(text)
    assert all(text[start:end] == LITERALS[n] for n, start, end in hits)
    assert len(hits) == sum(text.startswith(literal, at) for literal in LITERALS for at in range(len(text)))
