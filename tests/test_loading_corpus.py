"""A folder of 200 files of all kinds, 30 of them bad: 170 built, 30 told, nothing left behind."""

from __future__ import annotations

import io
import random
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

import docx
import pytest
from test_loading import BAD

from extractors.loading import Refusal, documents
from extractors.shapes import Document
from graph.build import build

GOOD = 170
COUNTIES = ("云岭县", "沙坡县", "会原县", "汴阳县", "宝丰县", "西吉县")


def report(number: int) -> list[str]:
    """The paragraphs of one of many different short reports."""
    dice = random.Random(number)
    county, name = COUNTIES[number % len(COUNTIES)], "甲乙丙丁戊己庚辛壬癸"[number % 10] + "坪"
    year = 2015 + number // 60
    n = [dice.randint(2, 99) for _ in range(8)]
    return [
        f"{county}{name}{'一二三四五六'[number // 10 % 6]}乡{year}年度法治政府建设情况报告",
        f"{year}年，我乡在县委、县政府的坚强领导下，推进法治政府建设。现将有关情况报告如下：",
        "一、主要做法",
        f"（一）抓普法。开展法治宣传{n[0]}次，发放宣传资料{n[1]}00份，受教育群众{n[2]}00人次。",
        f"（二）抓调解。排查矛盾纠纷{n[3] + n[4]}件，调解成功{n[3]}件。乡党委召开专题会议{n[5]}次。",
        "二、下一步打算",
        f"{year + 1}年，计划开展执法培训{n[6]}期，新聘法律顾问{n[7]}名。",
    ]


def as_docx(lines: list[str]) -> bytes:
    document, out = docx.Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


def as_html(lines: list[str], charset: str) -> bytes:
    body = "".join(f"<p>{escape(line)}</p>" for line in lines)
    menu = "<ul><li><a href='/'>首页</a></li><li><a href='/a'>政务公开</a></li></ul>"
    page = f"<html><head><meta charset='{charset}'><title>{lines[0]}</title></head><body>{menu}"
    return f"{page}<div id='zoom'>{body}</div></body></html>".encode(charset)


MAKERS: tuple[tuple[str, Callable[[list[str]], bytes]], ...] = (
    ("txt", lambda lines: "\n".join(lines).encode()),
    ("txt", lambda lines: "\r\n".join(lines).encode("gb18030")),
    ("txt", lambda lines: "\n".join(lines).encode("utf-16")),
    ("docx", as_docx),
    ("html", lambda lines: as_html(lines, "utf-8")),
    ("htm", lambda lines: as_html(lines, "gbk")),
    ("md", lambda lines: ("# " + "\n\n".join(lines)).encode()),
    ("doc", as_docx),  # renamed
)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(GOOD):
            ending, make = MAKERS[number % len(MAKERS)]
            name = f"{number % 5}/{number % 7}/{number:03}.{ending}"
            if number % 17 == 0:
                archive.writestr(name, make(report(number)))
            else:
                path = folder / "reports" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(make(report(number)))
    (folder / "reports" / "packed.zip").write_bytes(packed.getvalue())
    for number, (name, data, _) in zip(range(30), endless(), strict=False):
        path = folder / "reports" / str(number % 5) / f"bad{number:02}-{name}"
        path.write_bytes(b"x" * (17 << 20) if name == "big.txt" else b"PK\x03\x04" if name == "bigger.docx" else data)
    return folder / "reports"


def endless() -> Iterator[tuple[str, bytes, str]]:
    while True:
        yield from BAD


@pytest.mark.slow
def test_all_good_files_are_built_and_all_bad_ones_told(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    outcome = build([corpus], tmp_path / "out")
    assert outcome.state is not None
    assert len(outcome.state.entries) == GOOD
    assert len(outcome.refusals) == 30
    assert all("bad" in refusal.name for refusal in outcome.refusals)
    assert list(scratch.iterdir()) == []


# A process's own ru_maxrss begins with that of the process that started it, here the whole test run; VmHWM does not.
MEASURED = """
import re, resource, sys
from pathlib import Path
from graph.cli import run
code = run(["build", sys.argv[1], "--out", sys.argv[2]])
own = int(re.search("VmHWM:\\\\s*([0-9]+)", Path("/proc/self/status").read_text())[1])
print(code, (own + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured by Linux's means, in kilobytes")
def test_the_command_ends_with_its_code_within_a_gigabyte(corpus: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", MEASURED, str(corpus), str(tmp_path / "out")]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8", cwd=Path(__file__).parents[1])
    code, megabytes = map(int, done.stdout.splitlines()[-1].split())
    assert code == 1, "done, but for some files"
    assert megabytes < 1024


def test_the_same_files_give_the_same_documents_each_time(corpus: Path) -> None:
    first, second = list(documents([corpus / "0"])), list(documents([corpus / "0"]))
    assert first == second
    assert {type(item) for item in first} == {Document, Refusal}
