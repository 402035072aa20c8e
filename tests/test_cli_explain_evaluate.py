"""``zhili explain`` and ``zhili evaluate`` as they are used."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from graph.cli import DONE, FAILED, SKIPPED, run

TEXT = "白坪乡2023年度法治政府建设情况报告\n一、主要工作\n司法所开展法治宣传12场。\n"
GOLD = {
    "report": {"township": "白坪乡", "division_type": "乡", "year": 2023, "parents": []},
    "measures": [{"indicator": "publicity-events", "value": 12, "qualifier": "exact", "quote": "开展法治宣传12场"}],
    "activities": [{"type": "mediation", "status": "done", "quote": "开展法治宣传12场"}],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "texts").mkdir()
    (tmp_path / "gold").mkdir()
    (tmp_path / "texts" / "白坪.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "gold" / "白坪.json").write_text(json.dumps(GOLD, ensure_ascii=False), encoding="utf-8")
    return tmp_path


def evaluate(folder: Path, *options: str) -> int:
    return run(["evaluate", str(folder / "texts"), str(folder / "gold"), *options, "--lang", "en"])


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh", ("法治宣传", "司法所", "12 场", "开展法治宣传12场")),
        ("en", ("legal-publicity", "takes part", "12 场", "done")),
    ],
)
def test_explain_shows_each_fact_with_its_words(
    lang: str, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["explain", "司法所开展法治宣传12场。", "--lang", lang]) == DONE
    told = capsys.readouterr().out
    assert all(word in told for word in words)
    assert len(told.strip().splitlines()) >= 5


def test_explain_takes_the_heading_into_account(capsys: pytest.CaptureFixture[str]) -> None:
    run(["explain", "开展法治宣传12场。", "--heading", "三、下一步打算", "--lang", "en"])
    assert "planned" in capsys.readouterr().out


@pytest.mark.parametrize(("sentence", "code"), [("", FAILED), ("  ", FAILED), ("今天天气不错。", DONE)])
def test_explain_says_where_there_is_nothing(sentence: str, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", sentence, "--lang", "en"]) == code
    told = capsys.readouterr()
    assert (told.err if code else told.out).strip()


def test_evaluate_gives_a_line_for_each_kind(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate(folder) == DONE
    rows = {line.split()[0]: line.split()[1:] for line in capsys.readouterr().out.splitlines() if line[:1].isalpha()}
    assert rows["measures"] == ["1", "1", "1.000", "1.000", "1.000"]
    assert rows["activities"][-1] == "0.000"
    assert rows["report"][-1] == "1.000"


def test_evaluate_lists_errors_or_counts_them_by_rule(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    evaluate(folder, "--errors", "activities")
    told = capsys.readouterr().out
    assert re.search("missed activities.*mediation done", told)
    assert re.search("wrong +activities.*legal-publicity done", told)
    evaluate(folder, "--errors", "all", "--by-rule")
    assert re.search(r"1 +legal-publicity", capsys.readouterr().out)


@pytest.mark.parametrize(("floor", "code"), [("measures=1", DONE), ("activities=0.5", SKIPPED)])
def test_evaluate_holds_a_floor(folder: Path, floor: str, code: int) -> None:
    assert evaluate(folder, "--floor", floor) == code


@pytest.mark.parametrize("options", [("--floor", "measures"), ("--floor", "colour=1"), ("--errors", "colour")])
def test_evaluate_refuses_what_it_does_not_know(
    folder: Path, options: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaluate(folder, *options) == FAILED
    assert options[1].partition("=")[0] in capsys.readouterr().err


def test_reports_without_gold_are_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "texts" / "别的.txt").write_text(TEXT, encoding="utf-8")
    assert evaluate(folder) == DONE
    assert "别的.txt" in capsys.readouterr().err
    (folder / "gold" / "白坪.json").unlink()
    assert evaluate(folder) == FAILED


@pytest.mark.parametrize(
    ("fact", "told"),
    [
        ({"type": "mediation", "status": "done", "quote": "没有这句话"}, "没有这句话"),
        ({"status": "done"}, "type"),
        ("调解", "白坪.json"),
    ],
)
def test_gold_that_cannot_be_used_is_told(
    folder: Path, fact: object, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = {**GOLD, "activities": [fact]}
    (folder / "gold" / "白坪.json").write_text(json.dumps(broken, ensure_ascii=False), encoding="utf-8")
    assert evaluate(folder) == FAILED
    assert told in capsys.readouterr().err
