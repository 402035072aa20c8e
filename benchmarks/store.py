"""Our store beside rdflib's own memory store: load, Turtle out, five typical queries, memory; ratios printed.

    python -m benchmarks.store [--triples 100000 1000000] [--folder FOLDER] [--cpu]

Varied reports are built until they make so many triples; every store is then measured in a process of its own, one
after the other in the same run. ``disk`` is the build as it is kept (Oxigraph on disk and graph.ttl beside it), ``memory`` the same
build opened in memory, ``rdflib`` an ``rdflib.Graph`` that parsed the same graph.ttl.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.varied import reports

QUERIES = {
    "one township": """SELECT ?type ?status (COUNT(?a) AS ?n) { ?town rdfs:label "%s"@zh ; zl:held ?a .
        ?a zl:activityType ?type ; zl:status ?status } GROUP BY ?type ?status""",
    "count by township and type": """SELECT ?town ?type (COUNT(?a) AS ?n) { ?town zl:held ?a . ?a zl:activityType ?type }
        GROUP BY ?town ?type""",
    "sums by indicator": """SELECT ?indicator (SUM(?v) AS ?sum) (COUNT(?m) AS ?n) { ?m zl:indicator ?indicator ;
        zl:value ?v } GROUP BY ?indicator""",
    "roll-up by broader*": """SELECT ?type (COUNT(?a) AS ?n) { ?type skos:broader* act:disputes .
        ?a zl:activityType ?type } GROUP BY ?type""",
    "actors sharing activities": """SELECT ?one ?other (COUNT(?a) AS ?n) { ?x zl:participatesIn ?a ; zl:actorType ?one .
        ?y zl:participatesIn ?a ; zl:actorType ?other FILTER (STR(?one) < STR(?other)) } GROUP BY ?one ?other""",
}
#: How many times faster each must be, as kept on disk and opened in memory.
WANTED = {
    "disk": dict.fromkeys(["load", "turtle out", *QUERIES], 5.0),
    "memory": {"load": 10.0, "turtle out": 10.0, "count by township and type": 20.0, "sums by indicator": 20.0},
}
PARTS = 400  # graphs loaded at a time, two for each report
MEMORY = 2 / 3  # of what rdflib takes


def timed(work: Callable[[], Any], times: int = 1) -> tuple[float, Any]:
    """Give the best of so many times in seconds, and the result.

    Under ``--cpu`` the seconds are those that the process computed, all threads together: what to go by on a machine
    that has other work to do.
    """
    clock = time.process_time if "--cpu" in sys.argv else time.perf_counter
    best, result = float("inf"), None
    for _ in range(times):
        start = clock()
        result = work()
        best = min(best, clock() - start)
    return best, result


def peak() -> float:
    """Give the most memory that this process ever held, in MB (Linux passes ``ru_maxrss`` on to child processes)."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << (20 if sys.platform == "darwin" else 10))


def rdflib_store(out: Path) -> dict[str, Any]:
    """Measure rdflib."""
    from rdflib import Graph

    from graph.query import PREFIXES

    graph = Graph()
    found: dict[str, Any] = {"load": timed(lambda: graph.parse(out / "graph.ttl"))[0]}
    found["turtle out"] = timed(lambda: graph.serialize(os.devnull, format="turtle"))[0]
    for name, query in asked(out).items():
        found[name], rows = timed(lambda q=query: list(graph.query(q, initNs=PREFIXES)), 3)  # type: ignore[misc]
        found[name + " rows"] = len(rows)
    return {**found, "memory": peak(), "triples": len(graph)}


def ours(out: Path, kind: str) -> dict[str, Any]:
    """Measure our store, as kept on disk or opened in memory."""
    from graph.query import ask
    from graph.store import open_build

    found: dict[str, Any] = {}
    found["load"], found["settle"] = load(out, kind)
    with open_build(out, memory=kind == "memory") as build:
        found["turtle out"] = timed(lambda: turtle_out(build, kind))[0]
        for name, query in asked(out).items():
            found[name], rows = timed(lambda q=query: list(ask(build.store, q)), 3)  # type: ignore[misc, call-overload]
            found[name + " rows"] = len(rows)
    return {**found, "memory": peak()}


def load(out: Path, kind: str) -> tuple[float, float]:
    """Load a build's Turtle into an empty database, graph by graph as a build does; then, on disk, let it settle."""
    from graph.store import open_build

    if kind == "memory":
        return timed(lambda: open_build(out, memory=True).close())[0], 0.0
    from pyoxigraph import RdfFormat, Store

    from graph.folder import Folder
    from graph.rdf import trig, turtle_head
    from graph.store import graphs

    parts = (trig(graph, lines) for graph, lines in graphs(Folder(out), Folder(out).state()))
    with tempfile.TemporaryDirectory(dir=out.parent) as name:
        store = Store(Path(name) / "db")

        def fill() -> None:
            while batch := b"".join(islice(parts, PARTS)):
                store.bulk_load(turtle_head() + batch, format=RdfFormat.TRIG, lenient=True)
            store.flush()

        return timed(fill)[0], timed(store.optimize)[0]


def turtle_out(build: Any, kind: str) -> None:
    """Write Turtle: what is kept on disk is spliced, what is in memory is serialised."""
    from pyoxigraph import RdfFormat

    from graph.export import write_turtle
    from graph.rdf import PREFIXES
    from graph.selection import Source

    with Path(os.devnull).open("wb") as out:
        if kind == "disk":
            write_turtle(Source(build.folder, build.state), out)
            return
        for graph in build.store.named_graphs():
            build.store.dump(out, RdfFormat.TURTLE, from_graph=graph, prefixes=PREFIXES)


def asked(out: Path) -> dict[str, str]:
    """Give the queries, the first about a township that the build holds."""
    from graph.folder import Folder

    town = Folder(out).state().entries[0].summary["township"]
    return {name: query % town if "%s" in query else query for name, query in QUERIES.items()}


def prepare(folder: Path, triples: int) -> Path:
    """Build varied reports until they make so many triples; what is there from an earlier run is used."""
    from graph.build import build

    out = folder / f"build-{triples}"
    if not (out / "graph.ttl").exists():
        source = folder / f"reports-{triples}"
        shutil.rmtree(source, ignore_errors=True)
        source.mkdir(parents=True)
        for name, text in reports(max(1, triples // 3000)):
            (source / name).write_text(text, encoding="utf-8")
        build([source], out)
    return out


def measure(kind: str, out: Path) -> dict[str, Any]:
    """Measure one store in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.store", "--measure", kind, "--folder", str(out)]
    command += ["--cpu"] if "--cpu" in sys.argv else []
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def compare(out: Path) -> bool:
    """Print a table for one build; tells whether every ratio is as wanted."""
    results = {kind: measure(kind, out) for kind in ("rdflib", "disk", "memory")}
    base, good = results["rdflib"], True
    print(f"\n{base['triples']:,} triples, {platform.machine()}, Python {platform.python_version()}")
    print(f"{'':28}{'rdflib':>10}{'disk':>10}{'ratio':>8}{'memory':>10}{'ratio':>8}")
    for name in ("load", "turtle out", *QUERIES):
        line = f"{name:28}{base[name] * 1000:8.1f}ms"
        for kind in ("disk", "memory"):
            ratio = base[name] / results[kind][name]
            short = ratio < WANTED[kind].get(name, 0)
            good &= not short
            line += f"{results[kind][name] * 1000:8.1f}ms{ratio:7.1f}{'!' if short else 'x'}"
        print(line)
    print(f"{'compaction, once a build':28}{'':10}{results['disk']['settle'] * 1000:8.1f}ms")
    line = f"{'memory at most':28}{base['memory']:8.0f}MB"
    for kind in ("disk", "memory"):
        share = results[kind]["memory"] / base["memory"]
        good &= share <= MEMORY
        line += f"{results[kind]['memory']:8.0f}MB{share:7.2f}{'!' if share > MEMORY else 'x'}"
    print(line)
    for name in QUERIES:
        rows = {kind: result[name + " rows"] for kind, result in results.items()}
        assert len(set(rows.values())) == 1, f"{name}: {rows}"
    return good


def main() -> int:
    """Measure and print; the exit code tells whether every ratio is as wanted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--triples", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--cpu", action="store_true", help="seconds computed, not seconds passed")
    parser.add_argument("--measure", choices=["rdflib", "disk", "memory"], help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        found = rdflib_store(given.folder) if given.measure == "rdflib" else ours(given.folder, given.measure)
        print(json.dumps(found))
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = given.folder or Path(name)
        return 0 if all([compare(prepare(folder, triples)) for triples in given.triples]) else 1


if __name__ == "__main__":
    sys.exit(main())
