"""A build that is killed at any moment leaves the last complete state, and the next command goes on from there."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from store_reports import REPORTS, write

from graph import provenance
from graph.build import build
from graph.store import open_build

#: How many times a build is killed; more with ZHILI_ROUNDS.
ROUNDS = int(os.environ.get("ZHILI_ROUNDS", "6"))

#: Goes to and fro between two sets of reports until it is killed; says when it has begun.
CHILD = """
import sys
from pathlib import Path
from graph.build import add, build, remove
one, two, out = map(Path, sys.argv[1:])
build([one], out)
print("begun", flush=True)
while True:
    build([two], out)
    add([one], out)
    remove([path.name for path in two.iterdir() if not (one / path.name).exists()], out)
"""
Content = tuple[bytes, frozenset[str], tuple[tuple[str, str], ...]]


def content(out: Path) -> Content:
    with open_build(out) as opened:
        quads = frozenset(str(quad) for quad in opened.store if quad.graph_name != provenance.GRAPH)
        texts = tuple((entry.name, opened.text(entry.name)) for entry in opened.reports)
        return opened.turtle.read_bytes(), quads, texts


@pytest.fixture
def sides(tmp_path: Path) -> tuple[Path, Path]:
    names = sorted(REPORTS)
    corrected = {name: REPORTS[name] + "召开会议1次。\n" for name in names[:2]}
    one = write(tmp_path / "one", {name: REPORTS[name] for name in names[:3]})
    return one, write(tmp_path / "two", {**corrected, names[3]: REPORTS[names[3]]})


@pytest.fixture
def states(sides: tuple[Path, Path], tmp_path: Path) -> dict[Content, str]:
    """Every complete state that the child goes through."""
    one, two = sides
    both = write(
        tmp_path / "both", {p.name: p.read_text(encoding="utf-8") for side in (two, one) for p in side.iterdir()}
    )
    found = {}
    for name, folder in {"one": one, "two": two, "both": both}.items():
        build([folder], tmp_path / f"clean-{name}")
        found[content(tmp_path / f"clean-{name}")] = name
    return found


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is a thing of POSIX")
def test_a_killed_build_leaves_the_last_complete_state(
    sides: tuple[Path, Path], states: dict[Content, str], tmp_path: Path
) -> None:
    chance, out, seen = random.Random(20231204), tmp_path / "out", set()
    for _ in range(ROUNDS):
        command = [sys.executable, "-c", CHILD, *map(str, (*sides, out))]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
            assert child.stdout is not None and child.stdout.readline() == b"begun\n"
            time.sleep(chance.uniform(0.0, 0.8))
            child.send_signal(signal.SIGKILL)
        found = content(out)
        assert found in states
        seen.add(states[found])
    build([sides[0]], out)
    assert states[content(out)] == "one"
    assert not list((out / "store").glob("stage-*")) and len(list((out / "store").glob("db-*"))) == 1
    assert seen


WHEN = ["before anything", "texts and fragments", "database moved", "state written", "files moved"]


@pytest.mark.parametrize("moment", range(len(WHEN)), ids=WHEN)
def test_each_step_of_a_commit_can_be_the_last(
    moment: int, sides: tuple[Path, Path], states: dict[Content, str], tmp_path: Path
) -> None:
    """Kill at each step in turn: a step is a call that a wrapper replaces by the end of the process."""
    steps = [
        "graph.change.Change.put",
        "graph.change.Change._assemble",
        "graph.folder.Folder.write",
        "graph.folder.Folder.finish",
        "graph.folder.Folder.clear",
    ]
    out = tmp_path / "out"
    build([sides[0]], out)
    module, _, name = steps[moment].rpartition(".")
    path, _, kind = module.rpartition(".")
    code = f"""
import os, signal, sys
from pathlib import Path
from {path} import {kind}
from graph.build import build
kept, calls = {kind}.{name}, []
def last(self, *given, **named):
    calls.append(1)
    if len(calls) > int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
    return kept(self, *given, **named)
{kind}.{name} = last
build([Path(sys.argv[1])], Path(sys.argv[2]))
"""
    before = {"graph.folder.Folder.finish": 1, "graph.folder.Folder.clear": 2}.get(steps[moment], 0)
    done = subprocess.run([sys.executable, "-c", code, str(sides[1]), str(out), str(before)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert states[content(out)] == ("one" if moment < 3 else "two")
    build([sides[1]], out)
    assert states[content(out)] == "two"
    texts = {path.name for path in (out / "texts").iterdir()}
    assert texts == {path.name for path in sides[1].iterdir()}
    assert not list((out / "store").glob("stage-*"))
