"""Whatever is done to a build, in whatever order, leaves what a clean build of the same reports would be."""

from __future__ import annotations

import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from store_reports import REPORTS, write

from graph import provenance
from graph.build import add, build, remove
from graph.store import open_build

#: How many sequences of steps are tried; more with ZHILI_ROUNDS.
ROUNDS = int(os.environ.get("ZHILI_ROUNDS", "8"))

CHANGES = (
    "",
    "镇党委召开专题会议1次。",
    "县司法局到场指导普法宣传2场。",
    "制定《平安建设方案》，镇长陶望山主持会议3次。",
)
VERSIONS = {name: [text.rstrip("\n") + more + "\n" for more in CHANGES] for name, text in REPORTS.items()}
NAMES = st.sets(st.sampled_from(sorted(REPORTS)), min_size=1)
Held = tuple[tuple[str, int], ...]  # name and version of each report


@cache
def clean(held: Held) -> tuple[bytes, frozenset[str], dict[str, str]]:
    """What a clean build of these reports is."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build([write(folder / "in", {one: VERSIONS[one][version] for one, version in held})], folder / "out")
        return content(folder / "out")


def content(out: Path) -> tuple[bytes, frozenset[str], dict[str, str]]:
    with open_build(out) as opened:
        quads = frozenset(str(quad) for quad in opened.store if quad.graph_name != provenance.GRAPH)
        texts = {entry.name: opened.text(entry.name) for entry in opened.reports}
        return opened.turtle.read_bytes(), quads, texts


class Builds(RuleBasedStateMachine):
    """Builds, adds and removes at random, and keeps count of what must be there."""

    @initialize(names=NAMES)
    def begin(self, names: set[str]) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.out = self.folder / "out"
        self.held: dict[str, int] = {}
        self.build(names, 0)

    def given(self, names: set[str], version: int) -> Path:
        return write(self.folder / "in", {name: VERSIONS[name][version] for name in names})

    @rule(names=NAMES, version=st.integers(0, len(CHANGES) - 1))
    def build(self, names: set[str], version: int) -> None:
        build([self.given(names, version)], self.out)
        self.held = dict.fromkeys(names, version)

    @rule(names=NAMES, version=st.integers(0, len(CHANGES) - 1))
    def add(self, names: set[str], version: int) -> None:
        add([self.given(names, version)], self.out)
        self.held |= dict.fromkeys(names, version)

    @rule(names=NAMES)
    def remove(self, names: set[str]) -> None:
        remove(names, self.out)
        self.held = {name: version for name, version in self.held.items() if name not in names}

    @precondition(lambda self: self.held)
    @rule(touched=st.sampled_from(["graph.ttl", "store/state.json"]))
    def lose_a_file(self, touched: str) -> None:
        (self.out / touched).unlink()
        build([write(self.folder / "in", {name: VERSIONS[name][v] for name, v in self.held.items()})], self.out)

    @invariant()
    def is_what_a_clean_build_is(self) -> None:
        if self.held:
            assert content(self.out) == clean(tuple(sorted(self.held.items())))
        elif (self.out / "store" / "state.json").exists():
            with open_build(self.out) as opened:
                shared = opened.ask("ASK { GRAPH <https://w3id.org/zhili/graph/shared> { ?s ?p ?o } }")
                assert not opened.reports and not shared.truth

    def teardown(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


TestBuilds = Builds.TestCase
TestBuilds.settings = settings(
    max_examples=ROUNDS, stateful_step_count=8, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
