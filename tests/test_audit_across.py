"""Text that reports share with each other and with the year before: invented reports, each of words of its own."""

from __future__ import annotations

import random

import pytest

from extractors.shapes import Document
from graph.audit.across import LEAST, Across, Everybodys
from graph.audit.fingerprints import WIDTH, WINDOW, fingerprints
from graph.audit.session import Session, audited
from ontology.vocabulary import load_vocabulary

CHARACTERS = "".join(chr(code) for code in range(0x5000, 0x5400))


def sentences(seed: int, number: int) -> list[str]:
    """Sentences of random characters, the same for the same seed."""
    chance = random.Random(seed)
    return ["".join(chance.choices(CHARACTERS, k=40)) for _ in range(number)]


EVERYBODYS = sentences(0, 5)
COPIED = sentences(999, 3)


def text(seed: int, *more: str) -> str:
    return "。\n".join([*EVERYBODYS, *sentences(seed, 20), *more]) + "。"


@pytest.fixture
def corpus() -> Everybodys:
    """Twelve townships' reports; the third has three sentences of the ninth with its own name and other figures."""
    across = Across()
    for number in range(12):
        name = f"{'甲乙丙丁戊己庚辛壬癸子丑'[number]}山镇"
        copied = [f"{name}{sentence}{number * 7}次" for sentence in COPIED] if number in (2, 8) else []
        across.add(text(number + 1, *copied), name, name)
    return across.everybodys()


def test_text_of_one_other_report_is_found_with_names_and_figures_changed(corpus: Everybodys) -> None:
    found = [one for one in corpus.shared() if one.report == 2]
    assert [one.other for one in found] == [8]
    assert sum(passage.length for passage in found[0].passages) >= 3 * 40


def test_what_everybody_says_is_nobodys_text(corpus: Everybodys) -> None:
    assert {one.report for one in corpus.shared()} == {2, 8}
    alone = Across()
    for name in "甲乙":
        alone.add(text(1 if name == "甲" else 2), name, name)
    (one, other) = alone.everybodys().shared()
    assert (one.report, other.report) == (0, 1), "two townships alone tell nothing of what everybody says"


def test_the_share_is_that_of_the_report_s_own_letters(corpus: Everybodys) -> None:
    (one,) = [one for one in corpus.shared() if one.report == 2]
    own = 20 * 40 + 3 * 42
    assert one.share == pytest.approx(3 * 42 / own, rel=0.12)
    assert corpus.own(2) == pytest.approx(own, rel=0.05)


def test_passages_are_the_words_of_both_reports() -> None:
    across = Across()
    texts = [text(1, *COPIED), text(2, "前头还有一句" + COPIED[0], *COPIED[1:])]
    for number, words in enumerate(texts):
        across.add(words, "", str(number))
    for number in range(4):
        across.add(text(30 + number), "", str(10 + number))
    found = across.everybodys().between(0, 1)
    passages = [(texts[0][slice(*p.span)], texts[1][slice(*p.other)]) for p in found.passages]
    assert passages
    for mine, theirs in passages:
        assert mine == theirs
        assert len(mine) >= LEAST


def test_reports_of_one_township_are_not_held_against_each_other() -> None:
    across = Across()
    for year in range(3):
        across.add(text(1) + str(year), "甲山镇", "甲山镇")
    across.add(text(2), "乙山镇", "乙山镇")
    assert {(one.report, one.other) for one in across.everybodys().shared()} <= {
        (0, 3),
        (1, 3),
        (2, 3),
        (3, 0),
        (3, 1),
        (3, 2),
    }


@pytest.mark.parametrize("words", ["", "短", "短" * (WIDTH - 1), "短" * WIDTH, "短" * (WIDTH + WINDOW)])
def test_short_texts_have_few_fingerprints(words: str) -> None:
    prints = fingerprints(words)
    assert len(prints.hashes) == (0 if len(words) < WIDTH else len(prints.begins))
    across = Across()
    across.add(words, "", "a")
    across.add(words, "", "b")
    assert list(across.everybodys().shared()) == []


def test_no_report_at_all_shares_nothing() -> None:
    assert list(Across().everybodys().shared()) == []


def test_whatever_is_common_for_long_enough_leaves_a_fingerprint() -> None:
    chance = random.Random(5)
    for _ in range(50):
        common = "".join(chance.choices(CHARACTERS, k=WIDTH + WINDOW - 1))
        one, other = (
            fingerprints("".join(chance.choices(CHARACTERS, k=60)) + common + "".join(chance.choices(CHARACTERS, k=60)))
            for _ in range(2)
        )
        assert set(one.hashes.tolist()) & set(other.hashes.tolist())


def report(year: int, events: int, papers: int) -> Document:
    text = (
        f"云岭县溪口岭镇{year}年法治政府建设情况报告\n一、主要工作\n"
        f"开展普法宣传活动{events}场次，发放宣传资料{papers}份。合法性审查合同{year - 2000}份，审查率100%。\n"
    )
    return Document(f"{year}.txt", text)


@pytest.fixture(scope="module")
def session() -> Session:
    vocabulary = load_vocabulary()
    return audited([report(2022, 31, 4600), report(2023, 31, 5200), report(2024, 33, 5200)], vocabulary)


def test_figures_that_are_exactly_last_year_s_are_told(session: Session) -> None:
    found = {(a.before, f.value) for a in session.again for f, _ in a.figures}
    assert found == {(0, 31.0), (1, 5200.0)}


def test_the_same_audit_gives_the_same_findings(session: Session) -> None:
    other = audited([report(2022, 31, 4600), report(2023, 31, 5200), report(2024, 33, 5200)], load_vocabulary())
    assert (other.reports, other.shared, other.again) == (session.reports, session.shared, session.again)
