"""Figures as intervals: bounds stay bounds, and what is not reported is no zero."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis import chance, outliers, years
from graph.analysis.ground import Figure, Place
from graph.analysis.promises import grams, likeness, sentence


def figure(value: float, bound: str = "exact", unit: str = "件") -> Figure:
    return Figure("f", "r", "indicator/x", value, unit, bound, "done")


@pytest.mark.parametrize(
    ("bound", "unit", "value", "span"),
    [
        ("exact", "件", 12, (12, 12)),
        ("over", "件", 1000, (1000, math.inf)),
        ("over", "%", 99, (99, 100)),
        ("under", "人", 4, (0, 4)),
        ("about", "人次", 4000, (2000, 6000)),
        ("about", "%", 80, (40, 100)),
    ],
)
def test_a_figure_is_an_interval(bound: str, unit: str, value: float, span: tuple[float, float]) -> None:
    assert figure(value, bound, unit).span == span


BASE = [20.0, 22, 25, 18, 30, 27, 21, 24, 19, 26]


@pytest.mark.parametrize(
    ("extra", "sign"),
    [
        (figure(2000), 1),
        (figure(2000, "over"), 1),
        (figure(1), -1),
        (figure(1, "over"), 0),  # it may be anything from 1 on
        (figure(2000, "under"), 0),  # it may be anything up to 2000
        (figure(23), 0),
    ],
)
def test_a_bound_stands_out_only_where_it_must(extra: Figure, sign: int) -> None:
    figures = {"indicator/x": [*map(figure, BASE), extra]}
    middle = outliers.middles_of(figures, frozenset())["indicator/x"]
    far = outliers.distance(extra, middle, rate=False)
    assert (far > 5) - (far < -5) == sign


def test_a_median_of_lower_bounds_has_no_upper_one() -> None:
    low, high = outliers.middle_of([figure(10, "over"), figure(20, "over"), figure(30, "over")])
    assert (low, high) == (20, math.inf)


def test_few_values_give_no_middle() -> None:
    assert outliers.middles_of({"indicator/x": [figure(1)] * (outliers.LEAST - 1)}, frozenset()) == {}


@pytest.mark.parametrize(
    ("before", "after", "way"),
    [
        (figure(10), figure(20), "up"),
        (figure(20), figure(10), "down"),
        (figure(10, "over"), figure(8), "down"),
        (figure(10, "over"), figure(20), "unclear"),
        (figure(10), figure(10.5), ""),
        (figure(98, unit="%"), figure(99, unit="%"), "up"),
        (figure(10, "over"), figure(10, "over"), ""),
    ],
)
def test_direction_is_told_only_where_bounds_allow(before: Figure, after: Figure, way: str) -> None:
    assert years.direction(before, after) == way


@given(st.integers(2, 9), st.integers(2, 9), st.randoms(use_true_random=False))
def test_expected_tables_keep_their_totals(rows: int, columns: int, random: object) -> None:
    held = np.array([[random.random() < 0.5 for _ in range(columns)] for _ in range(rows)])  # type: ignore[attr-defined]
    table = chance.expected(held, rounds=400)
    inner = (held.sum(1) > 0) & (held.sum(1) < columns)
    assert ((table > 0) & (table < 1)).all()
    if inner.all() and (held.sum(0) > 0).all() and (held.sum(0) < rows).all():
        assert np.allclose(table.sum(1), held.sum(1), atol=0.02)
        assert np.allclose(table.sum(0), held.sum(0), atol=0.02)


@given(st.lists(st.floats(0.01, 0.99), min_size=1, max_size=12), st.integers(0, 13))
def test_a_tail_is_what_counting_gives(chances: list[float], least: int) -> None:
    counts = np.array([1.0])
    for one in chances:
        counts = np.append(counts, 0) * (1 - one) + np.append(0, counts) * one
    assert chance.tail(np.array([chances]), np.array([least]))[0] == pytest.approx(counts[least:].sum(), abs=1e-9)


def test_discoveries_are_fewer_the_more_is_tried() -> None:
    assert chance.discoveries([0.04]).tolist() == [True]
    assert chance.discoveries([0.04] + [0.9] * 9).tolist() == [False] * 10
    assert chance.discoveries([]).tolist() == []


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("甲。加强普法宣传，办好讲座；乙", Place(4, 8), "加强普法宣传，办好讲座"),
        ("加强普法宣传", Place(2, 4), "加强普法宣传"),
        ("一、标题\n  加强普法宣传。", Place(9, 11), "加强普法宣传"),
    ],
)
def test_a_sentence_reaches_from_stop_to_stop(text: str, place: Place, words: str) -> None:
    found = sentence(text, place)
    assert text[found.start : found.end] == words


def test_rare_words_weigh_more() -> None:
    weigh = {"加强": 0.1, "强调": 0.1, "调解": 0.1, "驿站": 3.0}
    plan = frozenset(weigh)
    assert likeness(plan, grams("驿站"), weigh) > 0.9
    assert likeness(plan, grams("加强调解"), weigh) < 0.1
    assert likeness(frozenset(), plan, weigh) == 0
