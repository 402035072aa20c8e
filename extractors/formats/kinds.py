"""What a file is, told by its content; its name only decides between kinds that look alike."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePosixPath

HEAD = 8192  # bytes that ``kind`` wants to see
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAGIC: tuple[tuple[bytes, str], ...] = (
    (ZIP, "zip"),
    (b"PK\x05\x06", "zip"),
    (OLE, "doc"),
    (b"{\\rtf", "rtf"),
    (b"Rar!", "archive-kind"),
    (b"7z\xbc\xaf\x27\x1c", "archive-kind"),
    (b"\x1f\x8b", "archive-kind"),
    (b"\xdb\xa5", "doc"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BM", "picture?"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"%!PS", "unknown-kind"),
    (b"MZ", "unknown-kind?"),
    (b"\x7fELF", "unknown-kind"),
    (b"SQLite format 3", "unknown-kind"),
)
HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|title)[\s>]", re.IGNORECASE)
MHTML = re.compile(rb"\A(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:\s*multipart/related", re.IGNORECASE)
WORD_XML = re.compile(rb"<\?mso-application\s+progid=.Word|<w:wordDocument|<pkg:package")
SHEETS = (".xls", ".xlsx", ".et", ".csv", ".tsv", ".ppt", ".pptx", ".dps")
DATA = (
    ".json",
    ".xml",
    ".js",
    ".css",
    ".py",
    ".exe",
    ".dll",
    ".mp3",
    ".mp4",
    ".ttl",
    ".nt",
    ".nq",
    ".db",
    ".toml",
    ".log",
)
OTHER = frozenset(SHEETS + DATA)
MARKUP = frozenset((".htm", ".html", ".shtml", ".xhtml"))


def kind(head: bytes, name: str) -> str:
    """The kind of a file by its first bytes: a key of ``READERS``, ``"zip"``, or the reason for refusing it.

    >>> kind(b"%PDF-1.7", "report.docx"), kind("一、做法".encode(), "a.txt"), kind(b"\\x89PNG", "a.pdf")
    ('pdf', 'txt', 'picture')
    """
    ending = PurePosixPath(name).suffix.lower()
    for magic, found in MAGIC:
        if head.startswith(magic) and (not found.endswith("?") or b"\0" in head[:64]):
            return found.rstrip("?")
    if b"%PDF-" in head[:1024]:
        return "pdf"
    return _of_text(head, ending)


def _of_text(head: bytes, ending: str) -> str:
    plain = head.replace(b"\0", b"") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head
    if MHTML.search(plain):
        return "mhtml"
    if WORD_XML.search(plain):
        return "odt"  # flat XML: for LibreOffice
    if HTML.search(plain[:2048]) or ending in MARKUP:
        return "html"
    if ending in OTHER:
        return "not-a-report"
    return "md" if ending in (".md", ".markdown") else "txt"


def of_zip(data: bytes) -> str:
    """What a zip holds: ``"docx"``, ``"odt"``, ``"not-a-report"`` (a spreadsheet, slides), or ``"zip"``."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                return "odt" if b"text" in archive.read("mimetype") else "not-a-report"
    except Exception:  # whatever is wrong with it, the reader of archives says so
        return "docx" if b"word/" in data[:HEAD] else "zip"
    return next((found for prefix, found in _OFFICE if any(name.startswith(prefix) for name in names)), "zip")


_OFFICE = (("word/", "docx"), ("xl/", "not-a-report"), ("ppt/", "not-a-report"), ("epub", "not-a-report"))


def of_ole(data: bytes) -> str:
    """What a compound file holds: ``"doc"``, ``"encrypted"`` or ``"not-a-report"`` (a spreadsheet, slides, a mail)."""
    for stream, found in _STREAMS:
        if stream.encode("utf-16-le") in data:
            return found
    return "doc"


_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "not-a-report"),
    ("PowerPoint Document", "not-a-report"),
    ("__properties_version", "not-a-report"),
)


# Kinds whose first bytes tell only the container, with what tells the rest.
CONTAINERS = {"zip": of_zip, "doc": of_ole}
