"""Zip archives: their members as bytes, never written to disk, within bounds."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

MEMBERS = 20_000
TOTAL = 1 << 30  # bytes that one archive may unpack to, with the archives in it
RATIO = 300  # how many times its packed size a member may unpack to, beyond the first 8 MiB
FLOOR = 8 << 20
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
LITTER = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini", "~$", "._")


class Bad(Exception):  # noqa: N818 (an outcome that is told)
    """A member, or a whole archive, that is refused; ``reason`` is a key of ``graph/messages/loading.toml``."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


@dataclass
class Budget:
    """Bytes that may still be unpacked."""

    left: int = TOTAL

    def spend(self, size: int) -> None:
        """Take ``size`` bytes; raises ``Bad`` where there are not as many left."""
        self.left -= size
        if self.left < 0:
            raise Bad("archive-bomb")


def litter(name: str) -> bool:
    """Whether a file is a by-product that no one means to hand over: lock files, thumbnails, hidden files."""
    return any(part.startswith((*LITTER, ".")) and part not in (".", "..") for part in PurePosixPath(name).parts)


def members(data: bytes, budget: Budget, *, limit: int) -> Iterator[tuple[str, bytes | Bad]]:
    """Names and bytes of an archive's files in the order of their names; ``limit`` bounds one file's bytes.

    A name that leads out of the archive, a link, a locked or oversized member comes with ``Bad`` in place of its
    bytes; raises ``Bad`` where the archive as a whole cannot be read.
    """
    with _opened(data) as archive:
        infos = [(_name(info), info) for info in archive.infolist() if not info.is_dir()]
        if len(infos) > MEMBERS:
            raise Bad("archive-bomb", str(len(infos)))
        for name, info in sorted(infos, key=lambda pair: (pair[0].split("/"), pair[1].header_offset)):
            if not litter(name):
                yield name, _member(archive, name, info, budget, limit)
            if budget.left < 0:
                return


def _opened(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except Exception as error:  # the standard library raises many kinds on broken archives
        raise Bad("broken", type(error).__name__) from None


def _name(info: zipfile.ZipInfo) -> str:
    """The member's name; archivers on Chinese Windows write GBK without saying so."""
    if info.flag_bits & 0x800:
        return info.filename.replace("\\", "/")
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename.replace("\\", "/")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).replace("\\", "/")
        except UnicodeDecodeError:
            continue
    return info.filename


def _member(archive: zipfile.ZipFile, name: str, info: zipfile.ZipInfo, budget: Budget, limit: int) -> bytes | Bad:
    try:
        _check(name, info, limit)
        return _unpacked(archive, info, budget, limit)
    except Bad as bad:
        return bad
    except (zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError, zipfile.BadZipFile) as error:
        return Bad("broken", type(error).__name__)


def _check(name: str, info: zipfile.ZipInfo, limit: int) -> None:
    parts = PurePosixPath(name)
    if parts.is_absolute() or ".." in parts.parts or name[1:2] == ":":
        raise Bad("archive-escape")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise Bad("link")
    if info.flag_bits & 1:
        raise Bad("encrypted")
    if info.compress_type not in METHODS:
        raise Bad("archive-kind", str(info.compress_type))
    if info.file_size > limit:
        raise Bad("too-big", str(info.file_size))


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget, limit: int) -> bytes:
    """The member's bytes, counted while they unpack, since the sizes that an archive states may lie."""
    most = min(limit, FLOOR + RATIO * max(info.compress_size, 1))
    with archive.open(info) as stream:
        data = stream.read(most + 1)
    budget.spend(len(data))
    if len(data) > most:
        raise Bad("archive-bomb")
    return data
