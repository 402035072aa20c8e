"""The vocabulary: a user's own Turtle takes effect without touching the package, and its errors name file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.reader import Reader
from extractors.shapes import Document, Facts
from graph import build as building
from graph.cli import FAILED, run
from graph.messages import ToldError
from ontology.vocabulary import VocabularyError, load_vocabulary

PREFIXES = """@prefix zl: <https://w3id.org/zhili/ns#> .
@prefix act: <https://w3id.org/zhili/activity/> .
@prefix ind: <https://w3id.org/zhili/indicator/> .
@prefix actor: <https://w3id.org/zhili/actor/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
CONCEPT = """act:saddle-court a skos:Concept ;
    skos:inScheme <https://w3id.org/zhili/activity> ; skos:notation "saddle-court" ; skos:broader act:mediation ;
    skos:prefLabel "马背法庭"@zh , "court on horseback"@en ;
    skos:altLabel "马背法庭"@zh .
"""
SENTENCE = "一、主要工作\n马背法庭走进夏牧场开庭6次。"
TEXT = "沙棘沟乡2023年度法治政府建设情况报告\n" + SENTENCE


def own(folder: Path, turtle: str, *, encoding: str = "utf-8") -> Path:
    path = folder / "我的词表.ttl"
    path.write_text(PREFIXES + turtle, encoding=encoding)
    return path


def read(text: str, extra: Path | None = None) -> Facts:
    return Reader(load_vocabulary(extra)).read(Document("a.txt", text))


def types(facts: Facts) -> set[str]:
    return {activity.type for activity in facts.activities}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_concept_added_by_turtle_alone_is_found(tmp_path: Path, encoding: str) -> None:
    assert "saddle-court" not in types(read(SENTENCE))
    assert "saddle-court" in types(read(SENTENCE, own(tmp_path, CONCEPT, encoding=encoding)))


@pytest.mark.parametrize(
    ("turtle", "sentence", "indicator"),
    [
        ('ind:mediated zl:pattern "围炉夜话 … #回" .', "围炉夜话说开疙瘩31回。", "mediated"),
        ('ind:patrols skos:altLabel "巡河步数"@zh .', "巡河步数40次。", "patrols"),
    ],
)
def test_a_phrase_added_to_a_concept_takes_effect(tmp_path: Path, turtle: str, sentence: str, indicator: str) -> None:
    text = "一、主要工作\n" + sentence
    before, after = read(text), read(text, own(tmp_path, turtle))
    assert indicator not in {m.indicator for m in before.measures}
    assert {m.indicator for m in after.measures} == {indicator}


def test_a_build_holds_the_added_concept_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    building.build([tmp_path / "a.txt"], tmp_path / "out", vocabulary=own(tmp_path, CONCEPT))
    turtle = (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8")
    assert "court on horseback" in turtle
    assert "act:saddle-court" in turtle or "/activity/saddle-court>" in turtle


BROKEN = [
    ("act:a skos:altLabel ", 6, "Unexpected end"),
    ("act:a skos:broader act:nowhere .", 6, "act.*/a> skos:broader <.*/nowhere>: there is no such concept"),
    ("ind:other zl:indicatorOf act:nowhere .", 6, "/other> zl:indicatorOf <.*/nowhere>: there is no such concept"),
    ("\nact:a skos:inScheme <https://w3id.org/zhili/activty> .", 7, "is to begin with https://w3id.org/zhili/activty/"),
    ("<https://example.org/a> skos:inScheme <https://w3id.org/zhili/actor> .", 6, "is to begin with .*/actor/"),
    ("<https://w3id.org/zhili/actr/a> skos:altLabel '甲' .", 6, "there is no scheme .*/actr"),
    ("act:learning zl:pattern '{nowhere} … 学' .", 6, r"\{nowhere\}: there is no such class of words"),
    ("ind:other zl:pattern '[nowhere] #场' .", 6, r"\[nowhere\]: there is no such activity"),
    ("act:learning zl:pattern '学 … 习 & 法' .", 6, "do not mix"),
]


@pytest.mark.parametrize(("turtle", "line", "reason"), BROKEN)
def test_what_is_wrong_is_told_with_file_and_line(tmp_path: Path, turtle: str, line: int, reason: str) -> None:
    with pytest.raises(VocabularyError, match=rf"我的词表\.ttl, line {line}\b.*{reason}"):
        read(SENTENCE, own(tmp_path, turtle))


def test_a_broken_vocabulary_leaves_the_build_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    building.build([tmp_path / "a.txt"], tmp_path / "out")
    before = (tmp_path / "out" / "graph.ttl").read_bytes()
    with pytest.raises(ToldError, match=r"我的词表\.ttl, line 6"):
        building.build([tmp_path / "a.txt"], tmp_path / "out", vocabulary=own(tmp_path, BROKEN[-1][0]))
    assert (tmp_path / "out" / "graph.ttl").read_bytes() == before


@pytest.mark.parametrize("command", [["explain", "开展调解3次。"], ["build"]])
def test_commands_say_it_in_a_sentence(tmp_path: Path, command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    path = own(tmp_path, BROKEN[0][0])
    out = [] if command[0] == "explain" else ["--out", str(tmp_path / "out")]
    assert run([*command, *out, "--vocabulary", str(path)]) == FAILED
    told = capsys.readouterr().err
    assert str(path) in told
    assert "Traceback" not in told


def test_ancestors_come_nearest_first_even_in_a_circle(tmp_path: Path) -> None:
    circle = "act:learning skos:broader act:leaders-study .\nact:leaders-study skos:broader act:learning ."
    words = load_vocabulary(own(tmp_path, circle))
    names = [c.notation for c in words.ancestors(words.scheme("activity")["leaders-study"])]
    assert names[0] == "learning"
    assert len(names) == len(set(names))
