"""A Chromium without a network, and pages to open in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph import views
from graph.reading import Reading, read
from graph.views import View
from tests.views_small import small_store, small_texts

playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright (pip install playwright)")

CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Watched:
    """A page, and what went wrong on it: messages on the console, errors, requests to anywhere."""

    def __init__(self, page: playwright.Page) -> None:
        self.page = page
        self.wrong: list[str] = []
        page.on("console", lambda message: self.wrong.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        page.on("request", self._asked)

    def _asked(self, request: playwright.Request) -> None:
        if not request.url.startswith("file:///"):
            self.wrong.append(f"request: {request.url}")

    def open(self, path: Path) -> playwright.Page:
        self.page.goto(path.as_uri())
        return self.page


@pytest.fixture(scope="session")
def chromium() -> Iterator[playwright.Browser]:
    if not CHROMIUM:
        pytest.skip("needs a Chromium (Debian: apt install chromium), or CHROMIUM=/path/to/it")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(params=[(1440, 900), (390, 844)], ids=["wide", "narrow"])
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def watched(chromium: playwright.Browser, size: tuple[int, int]) -> Iterator[Watched]:
    """A page in a browser that is cut off; nothing may go wrong on it."""
    context = chromium.new_context(viewport={"width": size[0], "height": size[1]}, locale="zh-CN")
    context.set_offline(True)
    context.route(lambda url: not url.startswith("file:"), lambda route: route.abort())
    one = Watched(context.new_page())
    yield one
    context.close()
    assert one.wrong == []


@pytest.fixture(scope="session")
def reading() -> Reading:
    return read(small_store())


@pytest.fixture(scope="session")
def pages(reading: Reading, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Every view of the small build, written once."""
    folder = tmp_path_factory.mktemp("views")
    blue, white = (reading.named(name)[0] for name in ("青石镇", "白沙乡"))
    made: dict[str, View] = {
        "overview": views.overview(reading),
        "divisions": views.overview(reading, many=1),
        "township": views.township(reading, blue),
        "actors": views.actors(reading),
        "compare": views.compare(reading, blue, white),
        "year": views.years(reading),
        "network": views.plain(views.overview(reading).graph),
    }
    for name, view in made.items():
        views.write(view, reading, folder / f"{name}.html", "zh", texts=small_texts().get)
    return lambda name: folder / f"{name}.html"
