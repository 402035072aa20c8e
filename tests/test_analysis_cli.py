"""``zhili analyze``: tables on the screen, CSV and workbook for Excel."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from graph.analysis.questions import NAMES, QUESTIONS
from graph.analysis.shown import COLUMNS
from graph.build import build
from graph.cli import FAILED, run
from graph.messages import LANGUAGES, known

CORPUS = Path(__file__).parent / "corpus"


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("exports")
    build(sorted(CORPUS.glob("*/texts/*.txt")), out)
    return out


@pytest.fixture(autouse=True)
def _language(monkeypatch: pytest.MonkeyPatch) -> None:
    """``--lang`` sets the environment, which is put back after each test."""
    monkeypatch.setenv("ZHILI_LANG", "zh")


@pytest.fixture
def told(capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., tuple[int, str, str]]:
    def tell(*arguments: str) -> tuple[int, str, str]:
        code = run(list(arguments))
        out, err = capfdbinary.readouterr()
        return code, out.decode(), err.decode()

    return tell


@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_is_printed(exports: Path, told: Callable[..., tuple[int, str, str]], lang: str) -> None:
    code, out, _ = told("analyze", "--out", str(exports), "--lang", lang)
    assert code == 0
    assert ("【乡镇与活动】" in out) == (lang == "zh")
    assert ("COMMUNITIES OF TOWNSHIPS" in out) == (lang == "en")
    assert "activity/" not in out


def test_one_township_is_set_beside_its_peers(exports: Path, told: Callable[..., tuple[int, str, str]]) -> None:
    arguments = ("analyze", "--out", str(exports), "--township", "汀兰路街道", "--lang", "zh")
    code, out, _ = told(*arguments, "--what", "profile", "--what", "gaps", "--all")
    assert code == 0
    assert "【与同类对照】" in out
    gaps = out.split("【与同类对照】")[0]
    assert "蚬涌镇" not in gaps


def test_a_folder_gets_a_table_for_each_question(exports: Path, tmp_path: Path) -> None:
    assert run(["analyze", "--out", str(exports), "--lang", "zh", "--to", str(tmp_path / "tables")]) == 0
    files = {path.stem: path for path in (tmp_path / "tables").glob("*.csv")}
    assert set(files) == set(QUESTIONS)
    assert files["matrix"].read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(files["matrix"].read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0][0] == "乡镇"
    assert len({len(row) for row in rows}) == 1
    assert "" in rows[1]  # what is not reported is empty, not 0
    assert "0" not in {cell for row in rows[1:] for cell in row[1:]}


def test_a_workbook_gets_a_page_for_each_question(exports: Path, tmp_path: Path) -> None:
    path = tmp_path / "patterns.xlsx"
    assert run(["analyze", "--out", str(exports), "--lang", "en", "--to", str(path)]) == 0
    book = load_workbook(path)
    assert len(book.sheetnames) == len(QUESTIONS) + 1
    first = path.read_bytes()
    assert run(["analyze", "--out", str(exports), "--lang", "en", "--to", str(path)]) == 0
    assert path.read_bytes() == first


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--what", "luck"], "没有“luck”这项分析"),
        (["--what", "profile"], "--township"),
        (["--township", "没有镇"], "没有“没有镇”"),
    ],
)
def test_what_cannot_be_done_is_told(
    exports: Path, told: Callable[..., tuple[int, str, str]], arguments: list[str], words: str
) -> None:
    code, out, err = told("analyze", "--out", str(exports), "--lang", "zh", *arguments)
    assert code == FAILED
    assert out == ""
    assert words in err


@pytest.mark.parametrize("name", NAMES)
def test_every_question_has_its_words(name: str) -> None:
    assert known(f"analysis.title.{name}")
    assert known(f"analysis.about.{name}")
    assert all(known(f"analysis.column.{column}") for column in COLUMNS[name])
