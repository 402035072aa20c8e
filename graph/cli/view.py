"""``zhili view``: a build as a page to look at."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from graph.cli import DONE
from graph.cli.console import DEFAULT, BuildDir, note
from graph.messages import ToldError, language, say

if TYPE_CHECKING:
    from graph.reading import Reading
    from graph.store import Build
    from graph.views import View


class Kind(NamedTuple):
    """A view: how it is made from a reading and townships, and how many of these it takes at least and at most."""

    make: Callable[..., View]
    least: int
    most: int


def view(
    what: Annotated[str, typer.Argument(metavar="WHAT")] = "overview",
    names: Annotated[list[str] | None, typer.Argument(metavar="NAME...")] = None,
    out: BuildDir = DEFAULT,
    to: Annotated[Path | None, typer.Option("--to", metavar="FILE")] = None,
    open_: Annotated[bool, typer.Option("--open")] = False,
) -> int:
    from graph.store import open_build
    from graph.views import texts_of, write

    kind = _kind(what, names or [])
    with open_build(out) as build:
        reading = _reading(build)
        drawn = kind.make(reading, *_townships(reading, names or []))
        if not drawn.graph:
            raise ToldError("views.command.no-year" if what == "year" else "views.command.empty")
        path = write(drawn, reading, to or out / _file(what, names or []), language(), texts=texts_of(build, reading))
    note(say("cli.written", path=path))
    if open_:
        webbrowser.open(path.resolve().as_uri())
    return DONE


def kinds() -> Mapping[str, Kind]:
    """Every view by its name."""
    from graph import views

    return {
        "overview": Kind(views.overview, 0, 0),
        "township": Kind(views.township, 1, 1),
        "actors": Kind(views.actors, 0, 0),
        "compare": Kind(views.compare, 2, 2),
        "year": Kind(views.years, 0, 1),
    }


def find(reading: Reading, name: str) -> str:
    """The IRI of the one township called ``name``; ``ToldError`` where there is none, or more than one."""
    found = reading.named(name)
    if len(found) == 1:
        return found[0]
    if found:
        raise ToldError("views.command.several", name=name, names=_listed(map(reading.full_name, found)))
    near = get_close_matches(name, sorted({row.name for row in reading.townships.values()}), n=3, cutoff=0.4)
    hint = say("views.command.hint-near", names=_listed(near)) if near else say("views.command.hint-list")
    raise ToldError("views.command.unknown", name=name, hint=hint)


def _townships(reading: Reading, names: Sequence[str]) -> list[str]:
    found = [find(reading, name) for name in names]
    if len(set(found)) < len(found):
        raise ToldError("views.command.same", one=names[0], other=names[1])
    return found


def _kind(what: str, names: Sequence[str]) -> Kind:
    known = kinds()
    if what not in known:
        raise ToldError("views.command.what", given=what, known=_listed(known))
    if names and not known[what].most:
        raise ToldError("views.command.no-names", what=what)
    if not known[what].least <= len(names) <= known[what].most:
        example = " ".join(["槐堤镇", "荻湾镇"][: known[what].most])
        raise ToldError("views.command.names", what=what, n=known[what].most, example=example)
    return known[what]


def _reading(build: Build) -> Reading:
    from graph.reading import read

    reading = read(build)
    if not reading.reports:
        raise ToldError("views.command.empty")
    return reading


def _file(what: str, names: Sequence[str]) -> str:
    """A page's name inside the folder of the build: the overview is the build's ``graph.html``."""
    if what == "overview":
        return "graph.html"
    safe = ("".join(letter for letter in name if letter.isalnum()) for name in names)
    return "-".join(["view", what, *safe]) + ".html"


def _listed(names: Iterable[str]) -> str:
    separator = "、" if language() == "zh" else ", "
    return separator.join(names)
