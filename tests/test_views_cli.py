"""``zhili view``: where pages go, and what is said when one cannot be drawn."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import pytest

from graph.cli import DONE, FAILED, run
from graph.cli.view import kinds

REPORTS = {
    "青石镇2022.txt": (
        "临川县青石镇2022年法治政府建设年度报告\n2022年，青石镇扎实推进法治政府建设。\n一、主要工作\n"
        "（一）化解矛盾纠纷。镇司法所联合派出所排查矛盾纠纷30余件，调解成功28件。\n"
    ),
    "白沙乡2023.txt": (
        "临川县白沙乡2023年法治政府建设年度报告\n2023年，白沙乡扎实推进法治政府建设。\n一、主要工作\n"
        "（一）开展普法宣传。面向群众开展普法宣传活动12场次，<script>alert(1)</script>发放资料300份。\n"
    ),
}


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("报告")
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    out = folder / "图谱"
    assert run(["build", str(folder), "--out", str(out), "--lang", "zh"]) == DONE
    return out


def test_a_build_leaves_its_picture(build: Path) -> None:
    page = (build / "graph.html").read_text(encoding="utf-8")
    assert "青石镇" in page and "白沙乡" in page and "排查矛盾纠纷30余件" in page


def test_a_reports_markup_reaches_the_picture_as_text(build: Path) -> None:
    page = (build / "graph.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "\\u003cscript\\u003ealert(1)" in page


def test_a_build_that_lost_all_its_reports_has_no_picture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report, out = tmp_path / "青石镇2022.txt", str(tmp_path / "out")
    report.write_text(REPORTS[report.name], encoding="utf-8")
    run(["build", str(report), "--out", out, "--lang", "zh"])
    assert (tmp_path / "out" / "graph.html").exists()
    run(["remove", report.name, "--out", out, "--lang", "zh"])
    assert not (tmp_path / "out" / "graph.html").exists()
    assert run(["view", "--out", out, "--lang", "zh"]) == FAILED
    assert "图谱里还没有报告" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "file"),
    [
        ([], "graph.html"),
        (["overview"], "graph.html"),
        (["township", "青石镇"], "view-township-青石镇.html"),
        (["actors"], "view-actors.html"),
        (["compare", "青石镇", "白沙乡"], "view-compare-青石镇-白沙乡.html"),
        (["year"], "view-year.html"),
        (["year", "白沙"], "view-year-白沙.html"),
    ],
)
def test_each_view_goes_to_a_file_of_its_own(
    arguments: list[str], file: str, build: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (build / file).unlink(missing_ok=True)
    assert run(["view", *arguments, "--out", str(build), "--lang", "zh"]) == DONE
    assert (build / file).read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert file in capsys.readouterr().err


def test_a_page_goes_where_it_is_told_and_speaks_english(build: Path, tmp_path: Path) -> None:
    to = tmp_path / "新 文件夹" / "page.html"
    assert run(["view", "actors", "--out", str(build), "--to", str(to), "--lang", "en"]) == DONE
    assert '<html lang="en">' in to.read_text(encoding="utf-8")


def test_open_hands_the_page_to_the_browser(build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    assert run(["view", "--out", str(build), "--open", "--lang", "zh"]) == DONE
    assert opened == [(build / "graph.html").resolve().as_uri()]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["圆饼图"], "不会画“圆饼图”。可以画：overview、township、actors、compare、year。"),
        (["township"], "zhili view township 需要 1 个乡镇名"),
        (["compare", "青石镇"], "zhili view compare 需要 2 个乡镇名"),
        (["overview", "青石镇"], "zhili view overview 画的是全部报告，不需要乡镇名。"),
        (["township", "青石乡"], "图谱里没有“青石乡”。是不是：青石镇？"),
        (["township", "某某某"], "图谱里没有“某某某”。用 zhili query reports 查看有哪些乡镇。"),
        (["compare", "青石镇", "青石"], "“青石镇”和“青石”是同一个乡镇"),
    ],
)
def test_what_cannot_be_drawn_is_said(
    arguments: list[str], told: str, build: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["view", *arguments, "--out", str(build), "--lang", "zh"]) == FAILED
    assert told in capsys.readouterr().err


def test_a_folder_without_a_build_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["view", "--out", str(tmp_path), "--lang", "zh"]) == FAILED
    assert str(tmp_path) in capsys.readouterr().err


def test_the_help_names_every_view(capsys: pytest.CaptureFixture[str]) -> None:
    for lang in ("zh", "en"):
        assert run(["view", "--help", "--lang", lang]) == DONE
        shown = capsys.readouterr().out
        assert all(name in shown for name in kinds())
