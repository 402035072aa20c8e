"""``zhili audit``: its table, page, workbook, JSON, settings, exit codes; and findings in a build."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from extractors.shapes import Document
from graph.audit import page, tables
from graph.audit.finding import KINDS
from graph.audit.session import Session, audited
from graph.audit.settings import Settings, load
from graph.build import build
from graph.cli import run
from graph.messages import LANGUAGES, ToldError, say
from graph.store import open_build
from ontology.vocabulary import load_vocabulary

HEAD = "云岭县溪口岭镇2023年法治政府建设情况报告\n一、主要工作\n"
SLIPS = HEAD + "全年调解纠纷46起，调解成功42起，成功率93%。带动群众遵法学法守法用法。<script>alert(1)</script>\n"
CLEAN = HEAD.replace("溪口岭镇", "白石坪乡") + "全年开展普法宣传12场次。\n"


@pytest.fixture(autouse=True)
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    """Speak Chinese, and leave the language as it was."""
    monkeypatch.setenv("ZHILI_LANG", "zh")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "报告"
    place.mkdir()
    (place / "溪口岭.txt").write_text(SLIPS, encoding="utf-8")
    (place / "白石坪.txt").write_text(CLEAN, encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def session() -> Session:
    return audited([Document("a.txt", SLIPS), Document("b.txt", CLEAN)], load_vocabulary())


def test_the_table_shows_passage_reason_and_id(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", str(folder), "--lang", "zh"]) == 0
    told = capsys.readouterr().out
    assert "42 ÷ 46 = 91.3%，报告写 93%" in told
    assert "“遵法学法”疑为“尊法学法”" in told
    assert "2 份报告，1 份有需要核对之处，共 2 处。" in told
    assert len(re.findall(r"\b[0-9a-f]{16}\b", told)) == 2


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], 0),
        (["--fail-on", "rate-mismatch"], 1),
        (["--fail-on", "numbering"], 0),
        (["--fail-on", "any"], 1),
        (["--fail-on", "any", "--kind", "numbering"], 0),
        (["--fail-on", "nonsense"], 2),
        (["--kind", "nonsense"], 2),
    ],
)
def test_the_exit_code_tells_what_was_found(folder: Path, arguments: list[str], code: int) -> None:
    assert run(["audit", str(folder), *arguments]) == code


def test_a_folder_without_reports_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", str(tmp_path), "--lang", "en"]) == 2
    assert "no report to audit" in capsys.readouterr().err


def test_a_file_that_cannot_be_read_is_told_and_the_rest_goes_on(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "空.txt").write_bytes(b"")
    assert run(["audit", str(folder), "--lang", "zh"]) == 1
    streams = capsys.readouterr()
    assert "空.txt" in streams.err and "共 2 处" in streams.out


def test_an_acknowledged_finding_stays_silent(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["audit", str(folder), "--lang", "zh", "--kind", "typo"])
    (known,) = re.findall(r"\b[0-9a-f]{16}\b", capsys.readouterr().out)
    (tmp_path / "known.txt").write_text(f"# 已核对\n{known} 原文如此\n", encoding="utf-8-sig")
    arguments = ["audit", str(folder), "--acknowledged", str(tmp_path / "known.txt"), "--lang", "zh"]
    assert run([*arguments, "--fail-on", "typo"]) == 0
    told = capsys.readouterr().out
    assert known not in told and "共 1 处" in told and "另有 1 处已确认" in told


def test_settings_switch_kinds_and_move_thresholds(tmp_path: Path) -> None:
    file = tmp_path / "设置.toml"
    file.write_text("[kinds]\ntypo = false\n[thresholds]\nrepeated = 60\nshared = 0.5\n", encoding="utf-8")
    settings = load(file)
    assert settings.kinds == frozenset(KINDS) - {"typo"}
    assert (settings.repeated, settings.shared) == (60, 0.5)
    assert load(file, kinds=["typo"]).kinds == {"typo"}


@pytest.mark.parametrize(
    "text",
    [
        "[kinds]\nspelling = false",
        "[kinds]\ntypo = 3",
        "[thresholds]\nrepeated = true",
        "[thresholds]\nshared = -1",
        "[other]",
        "kinds =",
    ],
)
def test_wrong_settings_are_told_with_the_file(tmp_path: Path, text: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ToldError, match=r"settings\.toml"):
        load(file)


def test_a_longer_threshold_leaves_a_short_repeat_alone() -> None:
    passage = "把法治建设成效列入对各站所各村的年度考评，推动形成上下联动左右协同的格局"
    text = HEAD + f"{passage}。\n二、2024年打算\n{passage}。\n"
    vocabulary = load_vocabulary()
    kinds = [audited([Document("a", text)], vocabulary, Settings(repeated=size)).kinds() for size in (30, 60)]
    assert kinds == [{"repeated-text"}, set()]


class Reading(HTMLParser):
    """Gathers what a browser would show, the tags, and the attributes that would fetch something."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.marked: list[str] = []
        self.tags: list[str] = []
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.fetched += [
            value or "" for name, value in attrs if name in ("src", "href") and not (value or "").startswith("#")
        ]

    def handle_endtag(self, tag: str) -> None:
        self.tags.append("/" + tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self.tags and self.tags[-1] == "mark":
            self.marked.append(data)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_marks_the_passages_and_lets_no_markup_through(session: Session, lang: str) -> None:
    reading = Reading()
    reading.feed(page.page(session, lang))
    assert "script" not in reading.tags and reading.fetched == []
    assert SLIPS.rstrip("\n") in "".join(reading.words).replace(say("audit.kind.rate-mismatch", lang), "").replace(
        say("audit.kind.typo", lang), ""
    )
    assert reading.marked == [session.reports[0].text[slice(*one.span)] for one in session.reports[0].findings]


def test_the_stretches_of_a_page_are_the_text(session: Session) -> None:
    for report in session.reports:
        assert "".join(stretch.words for stretch in page.stretches(report)) == report.text


def test_the_workbook_lists_every_finding(session: Session) -> None:
    book = load_workbook(BytesIO(tables.workbook(session, "zh")))
    rows = list(book["审读结果"].iter_rows(values_only=True))
    assert rows[0][:4] == ("报告", "乡镇", "年份", "类型")
    assert [row[3] for row in rows[1:]] == ["比率与数字不符", "疑似错字"]
    assert tables.workbook(session, "zh") == tables.workbook(session, "zh")


def test_json_gives_kinds_offsets_and_both_languages(session: Session) -> None:
    data = json.loads(tables.as_json(session))
    one = data["reports"][0]["findings"][0]
    start, end = one["passages"][0]
    assert one["kind"] == "rate-mismatch" and SLIPS[start:end] == one["words"]
    assert "91.3%" in one["zh"]["why"] and "91.3 %" in one["en"]["why"]


def test_files_are_written_where_asked(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "结果"
    arguments = [f"--{kind}={out / f'审读.{kind}'}" for kind in ("html", "xlsx", "json")]
    assert run(["audit", str(folder), *arguments]) == 0
    assert {path.name for path in out.iterdir()} == {"审读.html", "审读.xlsx", "审读.json"}


def test_a_build_holds_its_findings_and_can_be_audited(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    build([folder], out)
    question = """SELECT ?kind ?quote ?why { ?f a zl:Finding ; zl:findingKind ?kind ; zl:evidence/zl:quote ?quote ;
        rdfs:comment ?why . FILTER (LANG(?why) = "zh") } ORDER BY ?kind"""
    with open_build(out) as opened:
        rows = [[value.text for value in row] for row in opened.ask(question).rows]
    assert [row[0] for row in rows] == ["rate-mismatch", "typo"]
    assert rows[0][1:] == ["全年调解纠纷46起，调解成功42起，成功率93%", "42 ÷ 46 = 91.3%，报告写 93%"]
    assert run(["audit", str(out), "--fail-on", "typo", "--lang", "zh"]) == 1
    assert "共 2 处" in capsys.readouterr().out


def test_all_that_the_audit_says_exists() -> None:
    for lang in LANGUAGES:
        for name in (*tables.FINDINGS, *tables.SHARED, *tables.FIGURES):
            assert say(f"audit.column.{name}", lang)
        for kind in KINDS:
            assert say(f"audit.kind.{kind}", lang)
