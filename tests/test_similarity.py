"""Sentences that are nearly the same are found among many, and no others."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.similarity import SHORTEST, Sentence, clusters, nearly, sentences
from tests.analysis_made import WORDS


def made(chance: random.Random) -> str:
    return "".join(chance.sample(WORDS, 12))


def test_copies_are_found_among_many_others() -> None:
    chance = random.Random(5)
    texts = ["。".join(made(chance) for _ in range(40)) + "。" for _ in range(30)]
    copied = texts[3].split("。")[:20]
    texts.append("。".join([*copied, *(made(chance) for _ in range(20))]) + "。")
    groups = clusters(texts)
    assert len(groups) == 20
    assert {tuple(one.text for one in group) for group in groups} == {(3, 30)}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("全镇共排查各类矛盾纠纷120余件，化解118件", "全镇共排查各类矛盾纠纷 7 余件，化解6件", True),
        (
            "镇综治中心牵头组织派出所、司法所每月研判一次矛盾纠纷",
            "镇综治中心牵头组织派出所、司法所每季研判一次矛盾纠纷",
            True,
        ),
        ("镇综治中心牵头组织派出所、司法所每月研判一次矛盾纠纷", "乡司法所在集市上向赶集的群众发放普法读本", False),
    ],
)
def test_figures_and_small_changes_do_not_count(one: str, other: str, same: bool) -> None:
    assert (len(clusters([one + "。", other + "。"])) == 1) == same


def test_headings_and_short_sentences_take_no_part() -> None:
    text = "二、党政主要负责人履行推进法治建设第一责任人职责情况\n很短。"
    assert clusters([text, text]) == []


@given(st.lists(st.text("镇乡普法宣传调解纠纷12，。；\n", max_size=60), max_size=6))
def test_every_sentence_lies_in_its_text(texts: list[str]) -> None:
    for (text, start, end), words in sentences(texts):
        assert 0 <= start < end <= len(texts[text])
        assert len(words) >= SHORTEST
        assert "。" not in texts[text][start:end]


@given(st.lists(st.text("镇乡普法宣传调解纠纷", min_size=12, max_size=30), min_size=1, max_size=8))
def test_groups_hold_each_sentence_once(lines: list[str]) -> None:
    groups = clusters([line + "。" for line in lines])
    members = [one for group in groups for one in group]
    assert len(members) == len(set(members))
    assert all(len(group) > 1 for group in groups)
    identical = {frozenset(at for at, other in enumerate(lines) if other == line) for line in lines}
    for same in identical:
        if len(same) > 1:
            assert any(same <= {one.text for one in group} for group in groups)
    assert all(isinstance(one, Sentence) for one in members)


def test_nearly_is_alike_both_ways() -> None:
    one, other = "每月组织村干部开展矛盾纠纷大排查", "每月组织村干部开展矛盾纠纷排查"
    assert nearly(one, other) == nearly(other, one)
