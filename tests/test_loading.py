"""Folders, archives and bad input: every file gives a document or one refusal, whatever it is."""

from __future__ import annotations

import ast
import io
import os
import stat
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import psutil
import pytest

from extractors import archive
from extractors.loading import Limits, Refusal, documents
from extractors.shapes import Document
from graph.messages import LANGUAGES, known, say

SMALL = Limits(size=2 << 20, text=1 << 20, seconds=60, jobs=2)
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs links, rights and signals of POSIX")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "reports"
    path.mkdir()
    return path


def write(path: Path, data: bytes | str = "沙坡头乡2022年报告") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def word(text: str) -> bytes:
    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(out)
    return out.getvalue()


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, data in members:
            made.writestr(name, data, method)
    return out.getvalue()


def load(*paths: Path, limits: Limits = SMALL, **options: object) -> dict[str, str]:
    """Names with what came of them: a text, or a reason in angle brackets."""
    found = list(documents(paths, limits=limits, **options))  # type: ignore[arg-type]
    assert len({item.name for item in found}) == len(found), "every name once"
    return {item.name: item.text if isinstance(item, Document) else f"<{item.reason}>" for item in found}


# Names and order


def test_names_are_relative_and_sorted(folder: Path) -> None:
    for name in ("b.txt", "a/2023/x.txt", "a/2022/y.txt", "a.txt", "宝丰县/张八桥镇.txt"):
        write(folder / name, name)
    names = ["a/2022/y.txt", "a/2023/x.txt", "a.txt", "b.txt", "宝丰县/张八桥镇.txt"]
    assert list(load(folder)) == names
    assert list(load(folder / "b.txt", folder / "a.txt")) == ["a.txt", "b.txt"]


def test_order_does_not_depend_on_how_paths_are_given(folder: Path) -> None:
    paths = [write(folder / name, name) for name in ("c.txt", "a.txt", "b/d.txt")]
    assert load(*paths) == load(*reversed(paths)) == {"a.txt": "a.txt", "c.txt": "c.txt", "d.txt": "b/d.txt"}


def test_a_file_given_twice_is_loaded_once(folder: Path) -> None:
    write(folder / "a/x.txt")
    assert list(load(folder, folder / "a", folder / "a/x.txt")) == ["a/x.txt"]


def test_files_of_one_name_take_on_their_folders(folder: Path) -> None:
    write(folder / "2022/x.txt", "甲")
    write(folder / "2023/x.txt", "乙")
    assert load(folder / "2022", folder / "2023") == {"2022/x.txt": "甲", "2023/x.txt": "乙"}


def test_by_products_and_skipped_folders_are_left_out(folder: Path) -> None:
    for name in (".DS_Store", "~$x.docx", "Thumbs.db", ".git/x.txt", "out/graph.txt", "a.txt"):
        write(folder / name)
    assert list(load(folder, skip=[folder / "out"])) == ["a.txt"]


def test_what_a_browser_saves_beside_a_page_is_left_out(folder: Path) -> None:
    write(folder / "报告.html", "<html><body><p>甲</p></body></html>")
    write(folder / "报告_files/style.css", "p {}")
    write(folder / "other_files/a.txt", "乙")
    assert load(folder) == {"other_files/a.txt": "乙", "报告.html": "甲"}


def test_places_in_the_path_are_told(tmp_path: Path) -> None:
    write(tmp_path / "河南省/宝丰县2023/张八桥镇.txt")
    (found,) = documents([tmp_path / "河南省"])
    assert isinstance(found, Document)
    assert found.meta == {"folder": "河南省 宝丰县"}


# Archives


def test_an_archive_reads_like_a_folder(folder: Path) -> None:
    inner = zipped(("乙.txt", "乙".encode()))
    data = zipped(("目录/甲.txt", "甲".encode()), ("b.docx", word("丙")), ("c.zip", inner), ("__MACOSX/x", b"x"))
    write(folder / "全部.zip", data)
    assert load(folder) == {"全部.zip/b.docx": "丙", "全部.zip/c.zip/乙.txt": "乙", "全部.zip/目录/甲.txt": "甲"}


def test_chinese_names_of_windows_archives(folder: Path) -> None:
    data = zipped(("AAAA.txt", "甲".encode())).replace(b"AAAA.txt", "乡镇".encode("gbk") + b".txt")
    assert load(write(folder / "a.zip", data)) == {"a.zip/乡镇.txt": "甲"}


def link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../../etc/x.txt", "archive-escape"),
        ("/etc/x.txt", "archive-escape"),
        ("C:/x.txt", "archive-escape"),
        ("..\\x.txt", "archive-escape"),
        (link("x.txt"), "link"),
    ],
)
def test_members_that_lead_astray_are_refused(folder: Path, name: str | zipfile.ZipInfo, reason: str) -> None:
    found = load(write(folder / "a.zip", zipped((name, b"x"), ("b.txt", "乙".encode()))))
    assert sorted(found.values()) == sorted([f"<{reason}>", "乙"])
    assert not list(folder.parent.rglob("x.txt"))


def test_a_bomb_is_refused_and_the_rest_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "FLOOR", 1 << 16)
    data = zipped(("a.txt", b"\0" * (1 << 20)), ("b.txt", "乙".encode()))
    assert load(write(folder / "a.zip", data)) == {"a.zip/a.txt": "<archive-bomb>", "a.zip/b.txt": "乙"}


def test_an_archive_that_unpacks_to_too_much_in_all_is_given_up(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractors.loading.Budget", lambda: archive.Budget(2500))
    data = zipped(*((f"{n}.txt", b"x" * 1000) for n in range(9)))
    assert list(load(write(folder / "a.zip", data)).values()) == ["x" * 1000, "x" * 1000, "<archive-bomb>"]


def test_archives_within_archives_end(folder: Path) -> None:
    data = b"x"
    for depth in range(6):
        data = zipped((f"{depth}.zip" if depth else "x.txt", data))
    assert list(load(write(folder / "a.zip", data)).values()) == ["<archive-bomb>"]


def locked() -> bytes:
    data = bytearray(zipped(("a.txt", b"abc"), method=zipfile.ZIP_STORED))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    return bytes(data)


def test_a_locked_member_is_named_as_one(folder: Path) -> None:
    assert load(write(folder / "a.zip", locked())) == {"a.zip/a.txt": "<encrypted>"}


def test_a_size_that_lies_does_not_help(folder: Path) -> None:
    data = zipped(("a.txt", b"\0" * (8 << 20)))
    size = (8 << 20).to_bytes(4, "little")
    assert data.count(size) == 2
    found = load(write(folder / "a.zip", data.replace(size, (100).to_bytes(4, "little"))))
    assert found["a.zip/a.txt"].startswith("<")


# Bad files


BAD = [
    ("empty.txt", b"", "empty"),
    ("blank.txt", b" \r\n\t", "empty"),
    ("empty.docx", b"", "empty"),
    ("cut.docx", word("沙坡头乡")[:2000], "broken"),
    ("cut.zip", zipped(("a.txt", b"x" * 999))[:60], "broken"),
    ("cut.pdf", b"%PDF-1.4\n%\xe2\xe3", "broken"),
    (
        "locked.docx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
        "encrypted",
    ),
    ("sheet.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "Workbook".encode("utf-16-le"), "not-a-report"),
    ("photo.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 99, "picture"),
    ("photo.txt", b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "picture"),
    ("a.rar", b"Rar!\x1a\x07\x00" + b"\0" * 99, "archive-kind"),
    ("noise.txt", bytes(range(256)) * 40, "encoding"),
    ("big.txt", b"x" * ((1 << 20) + 1), "too-big"),
    ("bigger.docx", b"PK\x03\x04" + b"x" * (2 << 20), "too-big"),
]


@pytest.mark.parametrize(("name", "data", "reason"), BAD, ids=[name for name, _, _ in BAD])
def test_a_bad_file_is_told_and_the_rest_read(folder: Path, name: str, data: bytes, reason: str) -> None:
    write(folder / name, data)
    write(folder / "z.txt", "好")
    assert load(folder) == {name: f"<{reason}>", "z.txt": "好"}


def test_a_renamed_file_is_read_for_what_it_is(folder: Path) -> None:
    write(folder / "a.doc", word("甲"))
    write(folder / "b.docx", "乙")
    write(folder / "c.txt", "<html><body><p>丙</p></body></html>")
    assert load(folder) == {"a.doc": "甲", "b.docx": "乙", "c.txt": "丙"}


def test_a_file_that_is_not_there(folder: Path) -> None:
    assert load(folder / "none.txt") == {"none.txt": "<missing>"}


def test_a_file_that_vanishes_meanwhile(folder: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        write(folder / name)
    found = documents([folder])
    next(found)
    (folder / "b.txt").unlink()
    assert [getattr(item, "reason", "") for item in found] == ["missing", ""]


@posix
def test_links_in_circles_end(folder: Path) -> None:
    write(folder / "a/x.txt", "甲")
    (folder / "a/up").symlink_to(folder, target_is_directory=True)
    (folder / "nowhere.txt").symlink_to(folder / "none")
    (folder / "self").symlink_to(folder / "self")
    assert load(folder) == {"a/up": "<link>", "a/x.txt": "甲", "nowhere.txt": "<link>", "self": "<link>"}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a name be any bytes")
def test_names_written_in_gbk_are_read(folder: Path) -> None:
    (folder / os.fsdecode("乡镇.txt".encode("gbk"))).write_bytes("甲".encode())
    assert load(folder) == {"乡镇.txt": "甲"}


@posix
def test_a_pipe_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    assert load(folder) == {"pipe.txt": "<unreadable>"}


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read everything")
def test_a_folder_one_may_not_read(folder: Path) -> None:
    write(folder / "shut/x.txt")
    write(folder / "a.txt", "甲")
    (folder / "shut").chmod(0)
    try:
        assert load(folder) == {"a.txt": "甲", "shut": "<denied>"}
    finally:
        (folder / "shut").chmod(0o755)


def test_what_the_system_denies_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder / "shut/x.txt")
    write(folder / "a.txt", "甲")

    def scandir(path: Path) -> Iterator[os.DirEntry[str]]:
        if Path(path).name == "shut":
            raise PermissionError(13, "denied")
        return iter(list(real(path)))

    real = os.scandir
    monkeypatch.setattr("extractors.walking.os.scandir", scandir)
    assert load(folder) == {"a.txt": "甲", "shut": "<denied>"}


# Processes apart


def test_a_parser_that_takes_too_long_is_ended(folder: Path) -> None:
    write(folder / "a.docx", word("甲"))
    write(folder / "b.txt", "乙")
    found = load(folder, limits=Limits(seconds=0.001, jobs=1))
    assert found == {"a.docx": "<time>", "b.txt": "乙"}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the memory of a process so")
def test_a_parser_that_takes_too_much_memory_is_ended(folder: Path) -> None:
    xml = b"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>"
    big = xml + b"<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 2_000_000 + b"</w:body></w:document>"
    source = zipfile.ZipFile(io.BytesIO(word("甲")))
    parts = [(name, big if name == "word/document.xml" else source.read(name)) for name in source.namelist()]
    write(folder / "a.docx", zipped(*parts))
    write(folder / "b.docx", word("乙"))
    found = load(folder, limits=Limits(memory=300 << 20, jobs=1))
    assert found["a.docx"] in ("<memory>", "<broken>", "<crash>")
    assert found["b.docx"] == "乙"


def test_nothing_is_left_behind(folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    for number in range(8):
        write(folder / f"{number}.docx", word(str(number)))
    whole = load(folder)
    started = documents([folder], limits=SMALL)
    first = next(started)
    started.close()  # type: ignore[attr-defined]
    assert (len(whole), first.name) == (8, "0.docx")
    assert list(scratch.iterdir()) == []
    assert [
        child for child in psutil.Process().children(recursive=True) if "extractors.worker" in str(child.cmdline())
    ] == []


def test_results_keep_their_order_whichever_is_done_first(folder: Path) -> None:
    for number in range(12):
        name = f"{number:02}.docx" if number % 3 else f"{number:02}.txt"
        write(folder / name, word(str(number)) if number % 3 else str(number))
    assert list(load(folder).values()) == [str(number) for number in range(12)]


# Messages


PLACE_OF_REASON = {"Refused": 0, "Bad": 0, "Refusal": 1}


def reasons() -> set[str]:
    """Reasons that the code gives, as far as they stand there as plain strings."""
    root = Path(archive.__file__).parent
    found: set[str] = set()
    for path in [*root.glob("*.py"), *root.glob("formats/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            at = PLACE_OF_REASON.get(getattr(node.func, "id", ""), -1) if isinstance(node, ast.Call) else -1
            reason = node.args[at] if isinstance(node, ast.Call) and 0 <= at < len(node.args) else None
            if isinstance(reason, ast.Constant):
                found.add(reason.value)
    return found


OTHER_REASONS = {
    "time",
    "memory",
    "crash",
    "picture",
    "not-a-report",
    "unknown-kind",
    "archive-kind",
    "missing",
    "denied",
}


def test_every_reason_has_its_sentence_in_both_languages() -> None:
    found = reasons() | OTHER_REASONS
    assert len(found) > 20
    for reason in sorted(found):
        assert known(f"loading.{reason}"), reason
        for lang in LANGUAGES:
            assert "a.txt" in say(f"loading.{reason}", lang, name="a.txt", detail="7")


def test_refusals_are_plain_tuples() -> None:
    assert Refusal("a", "b", "c") == ("a", "b", "c")
