"""Several at one build: writers wait for each other or say so, readers see one state from beginning to end."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from store_reports import REPORTS, write

from graph import provenance
from graph.build import add, build
from graph.change import BusyError, locked
from graph.folder import Folder
from graph.store import open_build

#: How many times two writers meet; more with ZHILI_ROUNDS.
ROUNDS = int(os.environ.get("ZHILI_ROUNDS", "3"))
WRITER = (
    "import sys; from pathlib import Path; from graph.build import add; add([Path(sys.argv[1])], Path(sys.argv[2]))"
)


def start(report: Path, out: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", WRITER, str(report), str(out)])


def test_two_writers_both_get_their_reports_in(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", REPORTS)
    names = sorted(REPORTS)
    build([folder], tmp_path / "all")
    for number in range(ROUNDS):
        out = tmp_path / f"out-{number}"
        build([folder / names[0]], out)
        writers = [start(folder / name, out) for name in names[1:]]
        assert [writer.wait(120) for writer in writers] == [0] * len(writers)
        assert (out / "graph.ttl").read_bytes() == (tmp_path / "all" / "graph.ttl").read_bytes()
        with open_build(out) as one, open_build(tmp_path / "all") as other:
            quads = [{str(q) for q in opened.store if q.graph_name != provenance.GRAPH} for opened in (one, other)]
        assert quads[0] == quads[1]


def test_who_does_not_want_to_wait_is_told(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", REPORTS)
    build([folder], tmp_path / "out")
    before = (tmp_path / "out" / "store" / "state.json").read_bytes()
    with locked(Folder(tmp_path / "out")), pytest.raises(BusyError):
        add([folder], tmp_path / "out", wait=0)
    assert (tmp_path / "out" / "store" / "state.json").read_bytes() == before


def test_a_reader_keeps_what_it_opened_while_others_write(tmp_path: Path) -> None:
    names = sorted(REPORTS)
    out = tmp_path / "out"
    build([write(tmp_path / "one", {names[0]: REPORTS[names[0]]})], out)
    count = "SELECT (COUNT(?r) AS ?n) { ?r a zl:Report }"
    with open_build(out) as old:
        for name in names[1:]:
            add([write(tmp_path / "more", {name: REPORTS[name]})], out)
        assert old.ask(count).rows[0][0].text == "1"
        with open_build(out) as new:
            assert new.ask(count).rows[0][0].text == str(len(names))
    add([write(tmp_path / "more", {names[0]: REPORTS[names[0]] + "召开会议1次。\n"})], out)
    assert len(list((out / "store").glob("db-*"))) == 1, "databases that nobody reads are removed"
