"""What to look for and how strictly: a small TOML file, and files of findings that were acknowledged."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from graph.audit.finding import KINDS
from graph.messages import ToldError, say

_ID = re.compile(r"^[0-9a-f]{16}\b")
THRESHOLDS = ("repeated", "typo", "shared")


@dataclass(frozen=True, slots=True)
class Settings:
    """Which kinds are looked for, from what on something counts, and what stays silent.

    ``repeated``: characters that make a repeated passage. ``typo``: how many times likelier the right word must be, as
    a natural logarithm. ``shared``: the share of a report's own text from which on it counts as another's.
    """

    kinds: frozenset[str] = frozenset(KINDS)
    repeated: float = 30
    typo: float = 10.0
    shared: float = 0.05
    acknowledged: frozenset[str] = field(default=frozenset())


def load(path: Path | None, *, kinds: Iterable[str] = (), acknowledged: Iterable[Path] = ()) -> Settings:
    """Read settings; ``kinds`` given here go before the file's. ``ToldError`` for what no setting is."""
    settings = _read(path) if path else Settings()
    chosen = frozenset(_known(kind) for kind in kinds)
    ids = frozenset(one for file in acknowledged for one in _ids(file))
    return replace(settings, kinds=chosen or settings.kinds, acknowledged=ids)


def _read(path: Path) -> Settings:
    try:
        table = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
        return _settings(table)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, ValueError) as error:
        raise ToldError("audit.bad-settings", path=path, reason=error) from None


def _settings(table: Mapping[str, Any]) -> Settings:
    """Turn the file's two tables into settings.

    >>> sorted(set(KINDS) - _settings({"kinds": {"residue": False}}).kinds)
    ['residue']
    """
    _check(table, ("kinds", "thresholds"))
    kinds, thresholds = table.get("kinds", {}), table.get("thresholds", {})
    _check(kinds, KINDS)
    _check(thresholds, THRESHOLDS)
    for name, value in kinds.items():
        if not isinstance(value, bool):
            raise ValueError(say("audit.bad-value", name=name, wanted=say("audit.wanted.bool")))
    for name, value in thresholds.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            raise ValueError(say("audit.bad-value", name=name, wanted=say("audit.wanted.number")))
    off = {name for name, on in kinds.items() if not on}
    return Settings(kinds=frozenset(KINDS) - off, **thresholds)


def _check(table: Mapping[str, Any], known: Iterable[str]) -> None:
    for name in table:
        if name not in set(known):
            raise ValueError(say("audit.unknown-setting", name=name, known=" ".join(known)))


def _known(kind: str) -> str:
    if kind not in KINDS:
        raise ToldError("audit.no-kind", given=kind, known=" ".join(KINDS))
    return kind


def _ids(path: Path) -> list[str]:
    """The ids at the beginnings of a file's lines; whatever follows is a note."""
    lines = path.read_bytes().decode("utf-8-sig", "replace").splitlines()
    return [match[0] for line in lines if (match := _ID.match(line.strip()))]
