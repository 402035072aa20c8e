"""The table of what is known beside the texts, as Excel and people write it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors import manifest
from extractors.loading import Refusal, documents
from extractors.shapes import Document
from graph.cli import run

HEAD = "file,township,county,city,province,year,url,title\n"


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        ("file,year\na.txt,2023\n", {"a.txt": {"year": "2023"}}),
        ("文件名,年度,县区\r\na.txt,2023年度,宝丰县\r\n", {"a.txt": {"year": "2023", "county": "宝丰县"}}),
        ("file;year;note\nb/a.txt;２０２３;x\n", {"b/a.txt": {"year": "2023"}}),
        ("file\tcounty\n.\\b\\a.txt\t 宝丰县 \n", {"b/a.txt": {"county": "宝丰县"}}),
        ("FILE , Title\n'-a.txt,'=1+1\n", {"-a.txt": {"title": "=1+1"}}),
        ("file,issued\na.txt,2023/1/5\n", {"a.txt": {"issued": "2023-01-05"}}),
        ("file,year\n,2023\n\na.txt\n", {"a.txt": {}}),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_tables_as_people_save_them(data: str, rows: object, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_bytes(data.encode(encoding))
    assert manifest.read(path).rows == rows


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("name,year\na.txt,2023\n", "manifest-header"),
        ("", "manifest-header"),
        ("file,year\na.txt,去年\n", "manifest-year"),
        ("file,year\na.txt,20233\n", "manifest-year"),
        ("file,issued\na.txt,2023-02-31\n", "manifest-issued"),
        ("file\na.txt\n", "manifest-unmatched"),
    ],
)
def test_what_is_wrong_is_told(data: str, reason: str) -> None:
    assert [problem.reason for problem in manifest.parse(data, "m.csv").problems()][:1] == [reason]


def test_a_table_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert [p.reason for p in manifest.read(tmp_path / "none.csv").problems()] == ["manifest-unreadable"]


cells = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20).map(str.strip)


@given(st.dictionaries(st.sampled_from(["township", "county", "city", "province", "title", "url"]), cells), cells)
def test_what_is_written_reads_back(row: dict[str, str], name: str) -> None:
    if name and manifest._key(name):
        back = manifest.parse(manifest.write([{"file": name, **row}]), "m.csv").rows
        written = {key: manifest._plain(value) for key, value in row.items() if manifest._plain(value)}
        assert back == {manifest._key(manifest._plain(manifest._safe(name))): written}


def test_the_manifest_goes_before_page_and_path(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text("硖石乡2023年度报告", encoding="utf-8")
    (folder / "b.html").write_text("<html><head><title>页面的标题文字</title></head><p>内容</p>", encoding="utf-8")
    table = folder / "reports.csv"
    table.write_text(HEAD + "a.txt,,陕州区,,,2022,,\nb.html,,,,,,,更好的标题\nc.txt,,,,,,,\n", encoding="utf-8-sig")
    found = list(documents([folder], manifest=table))
    assert found[2:] == [Refusal("c.txt", "manifest-unmatched", "")]
    assert [item.meta for item in found[:2] if isinstance(item, Document)] == [
        {"county": "陕州区", "year": "2022"},
        {"title": "更好的标题"},
    ]


def test_the_command_writes_reads_back_and_keeps(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, table = tmp_path / "reports", tmp_path / "reports.csv"
    folder.mkdir()
    text = "一、主要做法\n2023年，硖石乡开展法治宣传20次。\n"
    (folder / "a.txt").write_text(f"硖石乡2023年度法治政府建设工作报告\n{text}", encoding="utf-8")
    (folder / "b.txt").write_text(f"宝丰县张八桥镇2023年度法治政府建设工作报告\n{text}", encoding="utf-8")
    assert run(["manifest", str(folder), "--to", str(table)]) == 0
    assert table.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = manifest.read(table).rows
    assert rows["a.txt"] == {"township": "硖石乡", "year": "2023", "title": "硖石乡2023年度法治政府建设工作报告"}
    assert (rows["b.txt"]["county"], rows["b.txt"]["city"], rows["b.txt"]["province"]) == (
        "宝丰县",
        "平顶山市",
        "河南省",
    )

    table.write_text(table.read_text(encoding="utf-8-sig").replace("硖石乡,,,", "硖石乡,陕州区,,"), encoding="gb18030")
    (folder / "c.docx").write_bytes(b"")
    assert run(["manifest", str(folder), "--to", str(table)]) == 1
    assert "c.docx" in capsys.readouterr().err
    kept = manifest.read(table).rows["a.txt"]
    assert (kept["county"], kept["year"]) == ("陕州区", "2023")
