"""Mutated files of every kind: each gives a document or a refusal, none a crash, a hang or a file left behind.

``ZHILI_FUZZ_ROUNDS`` sets how many files of each kind are made (a thousand before a release).
"""

from __future__ import annotations

import io
import os
import random
import re
import subprocess
import tempfile
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest
from test_formats import BODY, TITLE, page
from test_loading import word, zipped

from extractors import manifest
from extractors.formats.word import soffice
from extractors.loading import Limits, Refusal, documents
from graph.messages import known

ROUNDS = int(os.environ.get("ZHILI_FUZZ_ROUNDS", "12"))
TEXT = "\n".join([TITLE, *BODY])
TOKENS = (
    b"\0" * 9,
    b"\xff\xfe",
    b"\xff" * 4,
    b"<",
    b"PK\x03\x04",
    b"%%EOF",
    b"<table>" * 50,
    b"[" * 99,
    "县".encode() * 9,
)


def pdf() -> bytes:
    """A small PDF with a text layer in a font of its own encoding."""
    stream = b"BT /F 12 Tf 72 700 Td (" + b"report of the township " * 4 + b") Tj 0 -14 Td (20 times) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(out),
    )


def mhtml() -> bytes:
    message, part = EmailMessage(), EmailMessage()
    message.make_related()
    part.set_content(page().encode(), "text", "html", cte="base64")
    message.attach(part)
    return message.as_bytes()


SEEDS: dict[str, bytes] = {
    "txt": TEXT.encode("gb18030"),
    "docx": word(TEXT),
    "html": page().encode(),
    "htm": page(charset="gbk", where="class='unheard-of'").encode("gbk"),
    "mht": mhtml(),
    "pdf": pdf(),
    "md": f"# {TITLE}\n\n1. {BODY[0]}\n\n| a | b |\n|--|--|\n| 1 | 2 |\n".encode(),
    "zip": zipped(("甲/a.txt", TEXT.encode()), ("b.docx", word(TEXT)), ("c.zip", zipped(("d.txt", TEXT.encode())))),
}
OLD = ("doc", "rtf")


def mutated(seed: bytes, dice: random.Random) -> bytes:
    """The bytes with one to eight things done to them."""
    data = bytearray(seed)
    for _ in range(dice.randint(1, 8)):
        at, size = dice.randrange(len(data) + 1), dice.choice((1, 2, 8, 64, 512))
        deed = dice.randrange(6)
        if deed == 0:
            data[at : at + size] = dice.randbytes(size)
        elif deed == 1:
            del data[at : at + size]
        elif deed == 2:
            data[at:at] = data[at : at + size] * dice.randint(1, 20)
        elif deed == 3:
            data[at:at] = dice.choice(TOKENS)
        elif deed == 4 and at < len(data):
            data[at] ^= 1 << dice.randrange(8)
        elif deed == 5:
            del data[max(at, len(data) // 2) :]
    return bytes(data)


VALUES = ("-1", "0", "9999999999", "x", "", "%1%2%9", "decimal", "chineseCounting", "bullet")
ATTRIBUTE = re.compile(rb'w:(?:val|ilvl|numId|abstractNumId)="([^"]*)"')
ELEMENT = re.compile(rb"<w:(\w+)(?: [^<>]*)?(?:/>|>[^<]*</w:\1>)")


def mutated_inside(seed: bytes, dice: random.Random) -> bytes:
    """The document with values and elements of its parts changed, dropped and doubled, still well-formed for the most."""
    with zipfile.ZipFile(io.BytesIO(seed)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(dice.randint(1, 12)):
        name = dice.choice(["word/document.xml", "word/numbering.xml", "word/styles.xml"])
        found = list(dice.choice((ATTRIBUTE, ELEMENT)).finditer(parts[name]))
        if found:
            chosen = dice.choice(found)
            start, end = chosen.span(1) if chosen.re is ATTRIBUTE else chosen.span()
            new = dice.choice(VALUES).encode() if chosen.re is ATTRIBUTE else chosen[0] * dice.choice((0, 0, 2, 50))
            parts[name] = parts[name][:start] + new + parts[name][end:]
    return zipped(*parts.items())


def numbered() -> bytes:
    """A document with automatic lists, a table and headings."""
    document, out = docx.Document(), io.BytesIO()
    for line in BODY:
        document.add_paragraph(line, style="List Number")
    document.add_heading(TITLE, 1)
    document.add_table(2, 2).cell(1, 1).text = BODY[0]
    document.save(out)
    return out.getvalue()


def test_documents_with_mutated_parts_are_read_or_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check("docx", numbered(), ROUNDS, tmp_path, monkeypatch, mutate=mutated_inside)


def check(
    kind: str,
    seed: bytes,
    rounds: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    mutate: Callable[[bytes, random.Random], bytes] = mutated,
) -> None:
    folder, scratch = tmp_path / "files", tmp_path / "scratch"
    folder.mkdir()
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    dice = random.Random(f"{kind}{rounds}")
    for number in range(rounds):
        (folder / f"{number:04}.{kind}").write_bytes(mutate(seed, dice))
    found = list(documents([folder], limits=Limits(seconds=60, jobs=2)))
    assert len({item.name.split("/")[0] for item in found}) == rounds
    reasons = {item.reason for item in found if isinstance(item, Refusal)}
    assert all(known(f"loading.{reason}") for reason in reasons)
    assert reasons.isdisjoint({"crash", "time", "memory"}), reasons
    assert list(scratch.iterdir()) == []
    assert len(list(folder.iterdir())) == rounds


@pytest.mark.parametrize("kind", SEEDS)
def test_mutated_files_are_read_or_refused(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check(kind, SEEDS[kind], ROUNDS, tmp_path, monkeypatch)


@pytest.mark.slow
@pytest.mark.skipif(soffice() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", OLD)
def test_mutated_old_documents_are_read_or_refused(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "seed.docx"
    source.write_bytes(word(TEXT))
    command = [str(soffice()), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", kind, "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    check(kind, (tmp_path / f"seed.{kind}").read_bytes(), max(2, ROUNDS // 4), tmp_path, monkeypatch)


def test_mutated_manifests_are_read_or_told() -> None:
    dice = random.Random(7)
    seed = '文件,乡镇,县,市,省,年份,网址,标题\n"a,b.txt",石门镇,云岭县,,,2022年,,\n'.encode()
    for _ in range(ROUNDS * 10):
        table = manifest.parse(mutated(seed, dice).decode("utf-8", "replace"), "m.csv")
        assert all(known(f"loading.{problem.reason}") for problem in table.problems())
        assert all(row.get("year", "2022").isdecimal() for row in table.rows.values())
