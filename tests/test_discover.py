"""What the vocabulary does not know is found, ranked, and written as a vocabulary that makes it known."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.discover import Discoverer, Findings, clause_at
from extractors.reader import Reader
from extractors.shapes import Document
from graph.cli import DONE, FAILED, run
from graph.sample import sample_paths
from graph.skeleton import skeleton
from ontology.vocabulary import load_vocabulary

TITLE = "沙棘沟乡2023年度法治政府建设情况报告\n2023年，我乡扎实工作。\n一、主要工作\n"
TEXTS = [
    TITLE + "沙漏会晾晒绿豆糕30个。编织箩筐，晾晒箩筐。枣花联谊会登台献艺。",
    TITLE + "集市上晾晒绿豆糕45个。搬运箩筐。枣花联谊会登台献艺。熬制蜂蜜2份。",
]
VOCABULARY = load_vocabulary()


def found(texts: list[str], least: int = 2) -> Findings:
    reader, discoverer = Reader(VOCABULARY), Discoverer(VOCABULARY)
    for number, text in enumerate(texts):
        discoverer.add(reader.read(Document(f"{number}.txt", text)))
    return discoverer.findings(least=least)


def test_figures_are_grouped_by_what_they_count_and_ranked() -> None:
    figures = found(TEXTS).figures
    assert (figures[0].pattern, figures[0].count, figures[0].reports) == ("绿豆糕 … #个", 2, {"0.txt", "1.txt"})
    assert [f.pattern for f in figures[1:]] == ["蜂蜜 … #份"]
    assert figures[0].examples == ["沙漏会晾晒绿豆糕30个", "集市上晾晒绿豆糕45个"]


def test_words_that_nothing_was_read_from_are_found_but_not_known_ones() -> None:
    words = {f.words: f.count for f in found(TEXTS).words}
    assert words["箩筐"] == 3
    assert not words.keys() & {"主要", "工作", "扎实", "法治", "集市"}


def test_bodies_without_a_type_are_found() -> None:
    texts = [TITLE + "枣花合作社到场助威。司法所到场助威。", TITLE + "枣花合作社到场助威。"]
    bodies = found(texts).bodies
    assert {f.words: f.count for f in bodies} in ({"枣花合作社": 2}, {})
    assert "司法所" not in {f.words for f in bodies}


def test_what_stands_once_is_left_out_unless_asked_for() -> None:
    assert "联谊会" not in {f.words for f in found(TEXTS[:1]).words}
    assert len(found(TEXTS[:1], least=1).words) > len(found(TEXTS[:1]).words)


def test_the_skeleton_loads_as_it_stands_and_makes_the_figures_known(tmp_path: Path) -> None:
    path = tmp_path / "词表.ttl"
    path.write_text(skeleton(found(TEXTS)), encoding="utf-8")
    facts = Reader(load_vocabulary(path)).read(Document("0.txt", TEXTS[0]))
    assert [m.indicator for m in facts.measures] == ["todo-figure-01"]
    assert facts.unread == ()


def test_the_skeleton_gives_words_no_trigger(tmp_path: Path) -> None:
    path = tmp_path / "词表.ttl"
    path.write_text(skeleton(found(TEXTS)), encoding="utf-8")
    words = [c for c in load_vocabulary(path).concepts.values() if c.notation.startswith("todo-word")]
    assert words
    assert not any(c.phrases or c.patterns for c in words)


def test_all_figures_of_the_sample_that_nothing_took_are_listed() -> None:
    reader, discoverer = Reader(VOCABULARY), Discoverer(VOCABULARY)
    read = [reader.read(Document(p.name, p.read_text(encoding="utf-8"))) for p in sample_paths()]
    for facts in read:
        discoverer.add(facts)
    listed = sum(f.count for f in discoverer.findings().figures)
    waiting = sum(len(facts.unread) for facts in read)
    assert 0.9 * waiting < listed <= waiting


@pytest.mark.parametrize(("at", "clause"), [(0, "开展普法"), (5, "种植油菜"), (10, ""), (11, "完成")])
def test_the_clause_around_a_place(at: int, clause: str) -> None:
    assert clause_at("开展普法，种植油菜；\n完成", at) == clause


def test_the_command_lists_and_writes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number, text in enumerate(TEXTS):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    assert run(["discover", str(tmp_path), "--turtle", str(tmp_path / "x" / "my.ttl"), "--lang", "en"]) == DONE
    assert "绿豆糕 … #个" in capsys.readouterr().out
    assert "绿豆糕" in (tmp_path / "x" / "my.ttl").read_text(encoding="utf-8")


def test_without_a_report_the_command_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["discover", str(tmp_path), "--lang", "en"]) == FAILED
    assert "no report was found" in capsys.readouterr().err
