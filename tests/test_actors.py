"""Who takes part and who is aimed at."""

from __future__ import annotations

import pytest

from tests.reading import read, roles

PARTICIPATES, TARGETS = "participates", "targets"
CASES = [
    ("司法所开展法治宣传12场。", ("justice-office", PARTICIPATES, "legal-publicity")),
    ("由司法所牵头开展法治宣传12场。", ("justice-office", PARTICIPATES, "legal-publicity")),
    ("联合派出所开展法治宣传12场。", ("police-station", PARTICIPATES, "legal-publicity")),
    ("组织网格员排查矛盾纠纷。", ("grid-worker", PARTICIPATES, "dispute-screening")),
    ("向学生宣传法律知识。", ("student", TARGETS, "campus-publicity")),
    ("面向企业开展法治宣传。", ("enterprise", TARGETS, "legal-publicity")),
    ("为老年人提供法律援助。", ("vulnerable-group", TARGETS, "public-legal-service")),
]


@pytest.mark.parametrize(("sentence", "expected"), CASES)
def test_roles(sentence: str, expected: tuple[str, str, str]) -> None:
    assert expected in roles(sentence)


def test_every_body_of_a_list_takes_part() -> None:
    said = roles("司法所、派出所、法庭联合开展矛盾纠纷排查。")
    assert {actor for actor, role, _ in said if role == PARTICIPATES} >= {"justice-office", "police-station", "court"}


def test_nobody_plays_both_parts_in_one_activity() -> None:
    said = roles("司法所向学生宣传法律知识，组织网格员排查矛盾纠纷。")
    assert len({(actor, activity) for actor, _, activity in said}) == len(said)


def test_the_name_is_the_one_written() -> None:
    facts = read("组织网格员排查矛盾纠纷。")
    assert {p.label for p in facts.participations} == {"网格员"}
