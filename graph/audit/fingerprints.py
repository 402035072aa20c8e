"""Texts as rows of fingerprints, so that what two of ten thousand share is found without comparing them.

A text is brought to its letters (white space, stops and leftovers out, every number one sign, the township's own name
another), each run of ``WIDTH`` letters is hashed, and of every ``WINDOW`` neighbouring hashes the least is kept
(Schleimer, Wilkerson, Aiken: Winnowing, 2003). Whatever two texts share for ``WIDTH + WINDOW - 1`` letters or more is
sure to leave a common fingerprint.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from extractors.residue import RESIDUE

WIDTH = 13
WINDOW = 8
_BASE = np.uint64(0x9E3779B97F4A7C15)
_NUMBER, _NAME = "\ue000", "\ue001"
_DIGITS = str.maketrans(dict.fromkeys("0123456789０１２３４５６７８９〇", _NUMBER))

Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int32]


class Fingerprints(NamedTuple):
    """The fingerprints of a text in its order, where among the letters each begins, and where each letter stands."""

    hashes: Hashes
    begins: Places
    places: Places

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The stretch of the text from the beginning of one fingerprint to the end of another."""
        end = min(int(self.begins[last]) + WIDTH, len(self.places)) - 1
        return int(self.places[self.begins[first]]), int(self.places[end]) + 1


def fingerprints(text: str, name: str = "") -> Fingerprints:
    """Fingerprint a text; ``name`` is the township's, which counts as one sign whatever it is.

    >>> one, other = fingerprints("白坪乡" * 9, "白坪乡"), fingerprints("红坪乡" * 9, "红坪乡")
    >>> bool((one.hashes == other.hashes).all())
    True
    """
    codes, places = _letters(text, name)
    if len(codes) < WIDTH:
        return Fingerprints(np.zeros(0, np.uint64), np.zeros(0, np.int32), places)
    hashes = _hashed(codes)
    begins = _least(hashes)
    return Fingerprints(hashes[begins], begins.astype(np.int32), places)


def _letters(text: str, name: str) -> tuple[npt.NDArray[np.uint32], Places]:
    """The letters of a text as numbers, runs of one sign as one, and the offset of each."""
    plain = RESIDUE.sub(lambda found: " " * len(found[0]), text).translate(_DIGITS)
    if name:
        stem = name[:-1] if len(name) > 2 else name
        plain = plain.replace(name, _NAME * len(name)).replace(stem, _NAME * len(stem))
    codes = np.frombuffer(plain.encode("utf-32-le", "replace"), np.uint32)
    keep = _counted(codes)
    sign = (codes == ord(_NUMBER)) | (codes == ord(_NAME))
    keep[1:] &= ~(sign[1:] & (codes[1:] == codes[:-1]))
    places = np.flatnonzero(keep).astype(np.int32)
    return codes[places], places


def _counted(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
    """Which characters count as letters: Chinese, Latin, and the two signs."""
    latin = ((codes >= 0x41) & (codes <= 0x5A)) | ((codes >= 0x61) & (codes <= 0x7A))
    return np.asarray(((codes >= 0x3400) & (codes <= 0x9FFF)) | latin | (codes == ord(_NUMBER)) | (codes == ord(_NAME)))


def _hashed(codes: npt.NDArray[np.uint32]) -> Hashes:
    """A hash for each run of ``WIDTH`` letters."""
    count = len(codes) - WIDTH + 1
    total = np.zeros(count, np.uint64)
    for at in range(WIDTH):
        total = total * _BASE + codes[at : at + count].astype(np.uint64)
    total ^= total >> np.uint64(29)
    return np.asarray(total * _BASE)


def _least(hashes: Hashes) -> npt.NDArray[np.intp]:
    """Where the least hash of each window stands, each place once."""
    if len(hashes) <= WINDOW:
        return np.asarray([int(hashes.argmin())])
    windows = np.lib.stride_tricks.sliding_window_view(hashes, WINDOW)
    return np.unique(windows.argmin(axis=1) + np.arange(len(windows)))
