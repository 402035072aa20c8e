"""How long until a picture stands: zhili's pages beside pyvis as it comes, the same graphs, the same browser.

    python -m benchmarks.views [--sizes 200,1000,5000,20000] [--limit SECONDS] [--no-pyvis]

A picture stands when it is drawn and answers: for pyvis when its progress bar has gone, for zhili two frames after the
page has loaded and a name was searched. Layout and writing are given apart. Needs playwright and a Chromium.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import networkx as nx
from playwright.sync_api import Browser, Page, TimeoutError, sync_playwright
from pyvis.network import Network

from graph import views
from graph.reading import Concept, Fact, Reading, ReportRow, TownshipRow
from graph.views import View

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
SENTENCE = "司法所联合派出所深入各村排查化解矛盾纠纷若干件，调解成功若干件，及时就地化解在基层。"
STATUSES = ("done", "done", "done", "planned", "deficient")
TYPES, ACTORS, FACTS, REPORTS_A_COUNTY = 9, 30, 60, 20
FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sizes", default="200,1000,5000,20000")
    parser.add_argument("--limit", type=float, default=120.0, help="seconds to wait for pyvis")
    parser.add_argument("--no-pyvis", action="store_true")
    arguments = parser.parse_args()
    print("graph      nodes   edges  layout   write      size  standing   pyvis")
    with browser() as chromium:
        for size in map(int, arguments.sizes.split(",")):
            graph, reading = web(size), corpus(1)
            ours = measure(chromium, lambda graph=graph: views.plain(graph), reading)
            theirs = "" if arguments.no_pyvis else as_it_comes(chromium, graph, arguments.limit)
            print(line("web", graph, ours, theirs))
        for size in map(int, arguments.sizes.split(",")):
            reading = corpus(size)
            ours = measure(chromium, lambda reading=reading: views.overview(reading), reading)
            print(line("overview", views.overview(reading).graph, ours, ""))


def line(name: str, graph: nx.Graph, ours: tuple[float, float, int, float], theirs: str) -> str:
    layout, written, size, standing = ours
    counts = f"{name:<9}{len(graph):>7}{graph.number_of_edges():>8}"
    return f"{counts}{layout:>7.2f}s{written:>7.2f}s{size / 1e6:>7.1f} MB{standing:>9.2f}s{theirs:>8}"


@contextmanager
def browser() -> Iterator[Browser]:
    with sync_playwright() as running:
        chromium = running.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


def measure(chromium: Browser, make: Callable[[], View], reading: Reading) -> tuple[float, float, int, float]:
    """Seconds to lay out and to write, bytes, seconds from opening until the picture stands (the best of three)."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "view.html"
        start = time.perf_counter()
        view = make()
        laid = time.perf_counter()
        views.write(view, reading, path, "zh", texts=lambda _: SENTENCE)
        written = time.perf_counter()
        standing = min(opened(chromium, path) for _ in range(3))
        return laid - start, written - laid, path.stat().st_size, standing


def opened(chromium: Browser, path: Path) -> float:
    with page_of(chromium) as page:
        start = time.perf_counter()
        page.goto(path.as_uri())
        assert page.evaluate("window.zhili.find('1').length > 0")
        page.evaluate(FRAMES)
        return time.perf_counter() - start


def as_it_comes(chromium: Browser, graph: nx.Graph, limit: float) -> str:
    """Seconds until pyvis' own page stands, with its defaults, or the limit that it passed."""
    network = Network(cdn_resources="in_line")
    network.from_nx(nx.Graph(graph.edges))
    with tempfile.TemporaryDirectory() as folder, page_of(chromium) as page:
        path = Path(folder) / "pyvis.html"
        path.write_text(network.generate_html(), encoding="utf-8")
        start = time.perf_counter()
        try:
            page.goto(path.as_uri(), wait_until="commit")
            page.wait_for_function(
                "() => document.getElementById('loadingBar')?.style.opacity === '0'", timeout=limit * 1000
            )
        except TimeoutError:
            return f">{limit:.0f}s"
        return f"{time.perf_counter() - start:.1f}s"


@contextmanager
def page_of(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    context.set_offline(True)
    context.route(lambda url: not url.startswith("file:"), lambda route: route.abort())
    yield context.new_page()
    context.close()


def web(size: int) -> nx.Graph:
    """A graph with hubs, as networks of actors have, with two facts behind every edge."""
    graph = nx.barabasi_albert_graph(size, 2, seed=1)
    nx.set_node_attributes(graph, {node: {"zh": f"主体{node}", "en": f"actor {node}"} for node in graph}, "names")
    nx.set_node_attributes(graph, "actor", "kind")
    for at, (_, _, values) in enumerate(graph.edges(data=True)):
        values |= {"kind": "works-with", "facts": [fact(0, at % TYPES, turn) for turn in (0, 1)]}
    return graph


def corpus(size: int) -> Reading:
    """A build of ``size`` reports, one for each township, as a reading gives it."""
    concepts = {f"activity/{at}": Concept({"zh": f"活动{at}", "en": f"type {at}"}, {}, "") for at in range(TYPES)}
    activities = {
        f"a{report}-{turn}": fact(report, turn % TYPES, turn) for report in range(size) for turn in range(FACTS)
    }
    reports = {f"r{at}": ReportRow(f"{at}.txt", f"t{at}", 2020 + at % 4) for at in range(size)}
    townships = {f"t{at}": TownshipRow(f"第{at}镇", "镇", (f"{at // REPORTS_A_COUNTY}县",)) for at in range(size)}
    return Reading(reports, townships, concepts, activities, (), ())


def fact(report: int, type_: int, turn: int) -> Fact:
    return Fact(
        STATUSES[turn % 5], f"r{report}", f"activity/{type_}", 3 * (turn % 8), 3 * (turn % 8) + 9, "一、主要工作"
    )


if __name__ == "__main__":
    main()
