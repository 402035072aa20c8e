"""``zhili manifest``: a table of what was read of each report, for a person to correct and hand back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractors.divisions import COUNTY, PREFECTURE, PROVINCE, level
from graph.cli import DONE, FAILED, SKIPPED
from graph.cli.console import note, progress
from graph.messages import known, say

if TYPE_CHECKING:
    from extractors.manifest import Problem
    from extractors.reader import Reader
    from extractors.shapes import Document

LEVELS = {COUNTY: "county", PREFECTURE: "city", PROVINCE: "province", "": "county"}


def manifest(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...")],
    to: Annotated[Path, typer.Option("--to", metavar="FILE")] = Path("reports.csv"),
) -> int:
    from extractors import manifest as manifests
    from extractors.loading import Refusal, documents
    from extractors.reader import Reader
    from ontology.vocabulary import load_vocabulary

    before = manifests.read(to) if to.exists() else manifests.Manifest({}, ())
    rows: list[Mapping[str, str]] = []
    told = list(before.wrong)
    reader = Reader(load_vocabulary(None))
    with progress("build.progress") as on:
        for item in documents(paths, skip=[to]):
            if isinstance(item, Refusal):
                told.append(manifests.Problem(*item))
            else:
                rows.append({**row(reader, item), **before.meta(item.name, {})})
            on(item.name)
    rows += [{"file": name, **cells} for name, cells in before.rows.items() if name in before.unmatched()]
    return _finish(rows, told, to)


def row(reader: Reader, document: Document) -> dict[str, str]:
    """What was read of a report, by the columns of a manifest."""
    from extractors.places import locate

    report = reader.read(document).report
    location = locate(report.parents, document.meta, year=report.year)
    places = {LEVELS[level(name)]: name for name in reversed(location.names)}
    places |= {LEVELS[step.level]: step.name for step in location.chain}
    year = "" if report.year is None else str(report.year)
    cells = {"file": document.name, "township": report.township, "year": year, "title": report.title, **places}
    return cells | {key: value for key, value in document.meta.items() if key in ("url", "issued")}


def _finish(rows: list[Mapping[str, str]], told: list[Problem], to: Path) -> int:
    from extractors.manifest import write

    for name, reason, detail in told:
        key = f"loading.{reason}"
        note(say(key, name=name, detail=detail) if known(key) else f"{name}: {reason}")
    if not rows:
        note(say("build.nothing"))
        return FAILED
    to.parent.mkdir(parents=True, exist_ok=True)
    beside = to.with_name(to.name + ".part")
    beside.write_text(write(rows), encoding="utf-8-sig", newline="")  # the mark makes Excel read it as UTF-8
    beside.replace(to)
    print(say("manifest.written", path=to, n=len(rows)))
    return SKIPPED if told else DONE
