"""``zhili build``, ``zhili add`` and ``zhili remove``: reports in, what the build now holds out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph.change import BusyError
from graph.cli import DONE, FAILED, SKIPPED
from graph.cli.console import DEFAULT, BuildDir, note, progress, table
from graph.messages import language, say

if TYPE_CHECKING:
    from graph.build import Outcome
    from graph.folder import Entry

LONGEST_TABLE = 100
LARGE, LITTLE = 200, 0.1  # reports in a build, and the share of them, from and below which it is not drawn anew
LONGEST_LIST = 20
COLUMNS = ("township", "year", "done", "planned", "deficient", "measures", "unread")
Work = Callable[[float, Callable[[str], None]], "Outcome"]

Paths = Annotated[list[Path] | None, typer.Argument(metavar="PATH...")]
Manifest = Annotated[Path | None, typer.Option("--manifest", metavar="FILE")]
Unread = Annotated[bool, typer.Option("--unread")]
Strict = Annotated[bool, typer.Option("--strict")]
NoWait = Annotated[bool, typer.Option("--no-wait")]
Vocabulary = Annotated[Path | None, typer.Option("--vocabulary", metavar="FILE")]


def build(
    paths: Paths = None,
    out: BuildDir = DEFAULT,
    manifest: Manifest = None,
    vocabulary: Vocabulary = None,
    unread: Unread = False,
    strict: Strict = False,
    no_wait: NoWait = False,
) -> int:
    from graph import build as building
    from graph.sample import sample_paths

    chosen = paths or sample_paths()

    def work(wait: float, on: Callable[[str], None]) -> Outcome:
        return building.build(
            chosen, out, vocabulary=vocabulary, manifest=manifest, strict=strict, wait=wait, progress=on
        )

    return _run(work, out, unread, no_wait)


def add(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...")],
    out: BuildDir = DEFAULT,
    manifest: Manifest = None,
    unread: Unread = False,
    strict: Strict = False,
    no_wait: NoWait = False,
) -> int:
    from graph import build as building

    def work(wait: float, on: Callable[[str], None]) -> Outcome:
        return building.add(paths, out, manifest=manifest, strict=strict, wait=wait, progress=on)

    return _run(work, out, unread, no_wait)


def remove(
    names: Annotated[list[str], typer.Argument(metavar="NAME...")], out: BuildDir = DEFAULT, no_wait: NoWait = False
) -> int:
    from graph import build as building

    def work(wait: float, on: Callable[[str], None]) -> Outcome:
        return building.remove(names, out, wait=wait, progress=on)

    return _run(work, out, False, no_wait)


def _run(work: Work, out: Path, unread: bool, no_wait: bool) -> int:
    """Do the work, waiting for another command that is at the same folder unless told not to."""
    with progress("build.progress") as on:
        try:
            outcome = work(0, on)
        except BusyError:
            if no_wait:
                raise
            note(say("store.waiting", folder=out))
            outcome = work(-1, on)
    _draw(outcome, out)
    return _report(outcome, out, unread)


def _draw(outcome: Outcome, out: Path) -> None:
    """Draw the picture of what the build now holds, unless it is there and nothing changed.

    Where little changed in a large build, drawing would take many times as long as the change: the picture of before
    is taken away, and ``zhili view`` draws it when it is wanted.
    """
    picture = out / "graph.html"
    if outcome.state is None or (picture.exists() and not outcome.read and not outcome.removed):
        return
    from graph.store import open_build
    from graph.views import write_overview

    picture.unlink(missing_ok=True)
    held, changed = len(outcome.state.entries), len(outcome.read) + len(outcome.removed)
    if held > LARGE and changed < held * LITTLE:
        note(say("build.not-drawn", out=out))
    elif held:
        with open_build(out) as build:
            write_overview(build, picture, language())


def _report(outcome: Outcome, out: Path, unread: bool) -> int:
    """Say what came of it: what was refused, what the build holds, where to look; gives the exit code."""
    from graph.build import message_key

    for refusal in outcome.refusals:
        note(say(message_key(refusal), name=refusal.name, detail=refusal.detail))
    if outcome.state is None:
        note(say("build.nothing"))
        return FAILED
    entries = outcome.state.entries
    for entry in entries:
        if entry.summary["year"] is None:
            note(say("build.no-year", name=entry.name))
    if entries:
        print(table([say(f"build.column-{name}") for name in COLUMNS], [_row(one) for one in entries[:LONGEST_TABLE]]))
    if len(entries) > LONGEST_TABLE:
        print(say("build.more", n=len(entries) - LONGEST_TABLE))
    _list_unread(outcome, out) if unread else _count_unread(entries)
    _same_year(entries)
    _unlocated(entries)
    counts = {"read": len(outcome.read), "kept": len(outcome.kept), "removed": len(outcome.removed)}
    print(say("build.done", n=len(entries), out=out, **counts))
    return DONE if outcome.whole else SKIPPED


def _row(entry: Entry) -> list[object]:
    values = {**entry.summary, "unread": len(entry.summary["unread"]), "year": entry.summary["year"] or "?"}
    return [values[name] for name in COLUMNS]


def _count_unread(entries: tuple[Entry, ...]) -> None:
    if waiting := sum(len(entry.summary["unread"]) for entry in entries):
        print(say("build.unread", n=waiting))


def _list_unread(outcome: Outcome, out: Path) -> None:
    """List every quantity that no indicator took, with the clause it stands in."""
    from graph.folder import Folder

    assert outcome.state is not None
    for entry in outcome.state.entries:
        text = Folder(out).text(outcome.state, entry)
        for start, end, first, last in entry.summary["unread"]:
            print(say("build.unread-one", name=entry.name, at=start, quantity=text[start:end], clause=text[first:last]))


def _same_year(entries: tuple[Entry, ...]) -> None:
    """Point at two reports of one township and year: one is probably a correction of the other."""
    seen: dict[tuple[object, ...], str] = {}
    for entry in entries:
        key = (entry.summary["township"], entry.summary["seat"]["key"], entry.summary["year"])
        if key in seen:
            fields = {"township": entry.summary["township"], "year": entry.summary["year"]}
            note(say("build.same-year", one=seen[key], other=entry.name, **fields))
        seen[key] = entry.name


def _unlocated(entries: tuple[Entry, ...]) -> None:
    """Say why the county of townships is not known for certain, once for those of which the same is to be said."""
    open_ = {(entry.summary["township"], entry.summary["seat"]["key"]): entry.summary["seat"] for entry in entries}
    told: dict[tuple[str, str], list[str]] = {}
    for (township, _), seat in open_.items():
        if seat["why"]:
            told.setdefault((seat["why"], "、".join(seat["names"])), []).append(township)
    for (why, places), townships in told.items():
        note(say(f"places.{why}", name="、".join(townships[:LONGEST_LIST]), places=places))
    if more := sum(len(townships[LONGEST_LIST:]) for townships in told.values()):
        note(say("places.more", n=more))
