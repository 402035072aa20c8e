"""``zhili audit``: what a careful reader would send reports back for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph.cli import DONE, FAILED, SKIPPED
from graph.cli.console import DEFAULT, note, progress, show, table
from graph.messages import ToldError, language, say

if TYPE_CHECKING:
    from extractors.shapes import Document
    from graph.audit.session import Session

LONGEST = 60  # findings that the terminal lists
WIDEST = 44  # characters of a passage that it shows
ANY = "any"

Writer = Callable[["Session", str], bytes]


def audit(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="PATH...")] = None,
    kind: Annotated[list[str] | None, typer.Option("--kind", metavar="KIND")] = None,
    fail_on: Annotated[list[str] | None, typer.Option("--fail-on", metavar="KIND")] = None,
    settings: Annotated[Path | None, typer.Option("--settings", metavar="FILE")] = None,
    acknowledged: Annotated[list[Path] | None, typer.Option("--acknowledged", metavar="FILE")] = None,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE")] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", metavar="FILE")] = None,
    json: Annotated[Path | None, typer.Option("--json", metavar="FILE")] = None,
    across: Annotated[bool, typer.Option("--across/--no-across")] = True,
    manifest: Annotated[Path | None, typer.Option("--manifest", metavar="FILE")] = None,
) -> int:
    from graph.audit.settings import load

    failing = _failing(fail_on or [])
    chosen = load(settings, kinds=kind or (), acknowledged=acknowledged or ())
    skipped: list[str] = []
    from graph.audit.session import Session
    from ontology.vocabulary import load_vocabulary

    session = Session(load_vocabulary(), chosen)
    with progress("audit.title") as done:
        for document in _documents(paths or [DEFAULT], manifest, skipped):
            session.add(document)
            done(document.name)
        if across:
            session.compare()
    if not session.reports:
        note(say("audit.nothing"))
        return FAILED
    _print(session)
    _write(session, {html: _html, xlsx: _xlsx, json: _json})
    return SKIPPED if skipped or session.kinds() & failing else DONE


def _failing(names: Iterable[str]) -> set[str]:
    """The kinds for which the command is to fail."""
    from graph.audit.finding import KINDS

    for name in names:
        if name not in (*KINDS, ANY):
            raise ToldError("audit.no-kind", given=name, known=" ".join((*KINDS, ANY)))
    return set(KINDS) if ANY in set(names) else set(names)


def _documents(paths: Sequence[Path], manifest: Path | None, skipped: list[str]) -> Iterator[Document]:
    """The documents of a build or of files; those refused are told and noted."""
    from extractors.loading import Refusal, documents
    from graph.build import message_key

    if len(paths) == 1 and _is_build(paths[0]):
        yield from _held(paths[0])
        return
    for item in documents(paths, manifest=manifest):
        if isinstance(item, Refusal):
            note(say(message_key(item), name=item.name, detail=item.detail))
            skipped.append(item.name)
        else:
            yield item


def _is_build(path: Path) -> bool:
    return path == DEFAULT or (path / "store" / "state.json").is_file()


def _held(path: Path) -> Iterator[Document]:
    from extractors.shapes import Document
    from graph.store import open_build

    with open_build(path) as build:
        for entry in build.reports:
            yield Document(entry.name, build.text(entry.name), entry.meta)


def _print(session: Session) -> None:
    """Print what was found as tables, one for each report, then what reports share, then the count."""
    from graph.audit.tables import across_lines

    left = LONGEST
    for report in session.reports:
        rows = [
            [say(f"audit.kind.{one.kind}"), _short(report.words(one.span)), one.why(), one.id]
            for one in report.findings[: max(left, 0)]
        ]
        left -= len(report.findings)
        if rows:
            print(f"\n{report.township} {report.year or ''}  {report.name}")
            print(table([say(f"audit.column.{name}") for name in ("kind", "words", "why", "id")], rows))
    for title, lines in across_lines(session, language()):
        if lines:
            print("\n".join(["", title, *lines[:LONGEST]]))
    found = sum(len(report.findings) for report in session.reports)
    print("\n" + say("audit.more", n=-left) if left < 0 else "")
    bad = sum(bool(report.findings) for report in session.reports)
    print(say("audit.summary", n=len(session.reports), with_findings=bad, found=found))
    if session.silent:
        print(say("audit.acknowledged", n=session.silent))


def _short(words: str) -> str:
    return words if len(words) <= WIDEST else words[: WIDEST - 1] + "…"


def _write(session: Session, wanted: dict[Path | None, Writer]) -> None:
    for path, writer in wanted.items():
        if path is not None:
            show(writer(session, language()), path)


def _html(session: Session, lang: str) -> bytes:
    from graph.audit.page import page

    return page(session, lang).encode("utf-8")


def _xlsx(session: Session, lang: str) -> bytes:
    from graph.audit.tables import workbook

    return workbook(session, lang)


def _json(session: Session, _: str) -> bytes:
    from graph.audit.tables import as_json

    return as_json(session)
