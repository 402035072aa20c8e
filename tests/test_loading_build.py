"""What loading makes of a build: places, namesakes, copies, sources, and stopping at the first bad file."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from rdflib import Graph, Literal
from rdflib.namespace import DCTERMS, RDF, RDFS, XSD

from graph.cli import run
from ontology.namespaces import ZL

BODY = "一、主要做法\n{year}年，{name}开展法治宣传{n}次，调解矛盾纠纷{n}件。\n二、下一步打算\n继续开展法治宣传。\n"


def report(folder: Path, name: str, head: str, *, year: int = 2023, n: int = 20, township: str = "太平镇") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    text = f"{head}{year}年度法治政府建设工作报告\n" + BODY.format(year=year, name=township, n=n)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "reports"
    path.mkdir()
    return path


def built(folder: Path, *options: str) -> Graph:
    out = folder.parent / "out"
    assert run(["build", str(folder), "--out", str(out), *options]) in (0, 1)
    return Graph().parse(out / "graph.ttl")


def townships(graph: Graph) -> dict[str, int]:
    """Each township's county (or what it lies in) with the number of its reports."""
    found = {}
    for township in graph.subjects(RDF.type, ZL.Township):
        places = sorted(str(graph.value(place, RDFS.label)) for place in graph.objects(township, ZL.partOf))
        found["/".join(places)] = len(set(graph.subjects(ZL.township, township)))
    return found


def test_namesakes_in_two_counties_are_two(folder: Path) -> None:
    report(folder, "a.txt", "宝丰县太平镇")
    report(folder, "b.txt", "西吉县太平镇", n=21)
    assert townships(built(folder)) == {"宝丰县": 1, "西吉县": 1}


def test_one_township_in_three_years_is_one(folder: Path) -> None:
    for year in (2021, 2022, 2023):
        report(folder, f"{year}.txt", "宝丰县太平镇", year=year)
    report(folder, "河南省/宝丰县/2020.txt", "太平镇", year=2020)
    assert townships(built(folder)) == {"宝丰县": 4}


def test_namesakes_in_counties_that_share_a_name_are_two(folder: Path) -> None:
    report(folder, "福州市/a.txt", "鼓楼区太平街道", township="太平街道")
    report(folder, "南京市/b.txt", "鼓楼区太平街道", n=21, township="太平街道")
    graph = built(folder)
    codes = {str(code) for code in graph.objects(None, ZL.divisionCode)}
    assert len(set(graph.subjects(RDF.type, ZL.Township))) == 2
    assert {"350102", "320106"} <= codes


def test_divisions_lie_in_one_another(folder: Path) -> None:
    report(folder, "a.txt", "宝丰县太平镇")
    graph = built(folder)
    (township,) = graph.subjects(RDF.type, ZL.Township)
    assert [str(graph.value(place, ZL.divisionCode)) for place in graph.objects(township, ZL.partOf)] == ["410421"]
    above = [str(graph.value(place, ZL.divisionCode)) for place in graph.objects(township, ZL.within * "+")]  # type: ignore[operator]
    assert sorted(above) == ["410000", "410400", "410421"]


def test_a_county_that_is_not_told_is_said_and_mended(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report(folder, "a.txt", "硖石乡", township="硖石乡")
    assert townships(built(folder, "--lang", "en")) == {"": 1}
    assert "硖石乡: the report does not tell its county" in capsys.readouterr().err
    table = folder.parent / "m.csv"
    table.write_text("file,county,url,issued\na.txt,陕州区,http://x.example/a b,2024-01-05\n", encoding="utf-8-sig")
    graph = built(folder, "--manifest", str(table), "--lang", "en")
    assert townships(graph) == {"陕州区": 1}
    assert "硖石乡" not in capsys.readouterr().err
    (one,) = graph.subjects(RDF.type, ZL.Report)
    assert str(graph.value(one, DCTERMS.source)) == "http://x.example/a%20b"
    assert graph.value(one, DCTERMS.issued) == Literal("2024-01-05", datatype=XSD.date)


def test_a_copy_is_built_once_and_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = report(folder, "a.txt", "宝丰县太平镇")
    (folder / "b.txt").write_bytes(first.read_text(encoding="utf-8").replace("\n", "\r\n\r\n").encode("gb18030"))
    assert townships(built(folder, "--lang", "en")) == {"宝丰县": 1}
    assert "b.txt: the same report as a.txt" in capsys.readouterr().err


def test_a_copy_in_another_format_is_a_copy(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = report(folder, "a.txt", "宝丰县太平镇")
    lines = first.read_text(encoding="utf-8").splitlines()
    document, body = docx.Document(), "".join(f"<p>　　{line}</p>" for line in lines[1:])
    for line in lines:
        document.add_paragraph(line)
    document.save(str(folder / "b.docx"))
    page = f"<html><head><title>{lines[0]}</title></head><body><ul><li>首页</li></ul><div id='zoom'>{body}</div>"
    (folder / "c.html").write_bytes(page.encode("gbk"))
    assert townships(built(folder, "--lang", "en")) == {"宝丰县": 1}
    told = capsys.readouterr().err
    assert "b.docx: the same report as a.txt" in told
    assert "c.html: the same report as a.txt" in told


def test_two_texts_of_one_year_both_stand_and_are_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report(folder, "a.txt", "宝丰县太平镇")
    report(folder, "b.txt", "宝丰县太平镇", n=30)
    assert townships(built(folder, "--lang", "en")) == {"宝丰县": 2}
    told = capsys.readouterr().err
    assert "a.txt" in told
    assert "b.txt" in told


def test_strict_stops_at_the_first_bad_file_and_changes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report(folder, "a.txt", "宝丰县太平镇")
    before = built(folder)
    report(folder, "c.txt", "西吉县太平镇")
    (folder / "b.docx").write_bytes(b"PK\x03\x04")
    out = folder.parent / "out"
    assert run(["build", str(folder), "--out", str(out), "--strict", "--lang", "en"]) == 2
    assert "b.docx" in capsys.readouterr().err
    assert set(Graph().parse(out / "graph.ttl")) == set(before)
    assert townships(built(folder)) == {"宝丰县": 1, "西吉县": 1}


@pytest.mark.parametrize("table", [None, b"\xff\x00\x9d" * 9, "乡镇,县\n太平镇,宝丰县\n".encode()])
def test_a_manifest_that_cannot_be_used_changes_nothing(
    folder: Path, table: bytes | None, capsys: pytest.CaptureFixture[str]
) -> None:
    report(folder, "a.txt", "宝丰县太平镇")
    before = set(built(folder))
    report(folder, "b.txt", "宝丰县安良镇")
    path = folder.parent / "表.csv"
    if table is not None:
        path.write_bytes(table)
    out = folder.parent / "out"
    assert run(["build", str(folder), "--out", str(out), "--manifest", str(path)]) == 2
    assert "表.csv" in capsys.readouterr().err
    assert set(Graph().parse(out / "graph.ttl")) == before
