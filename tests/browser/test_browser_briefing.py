"""The briefing in a browser that is cut off: it draws, its links lead to the sentence, it fits, it prints."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.briefing.content import briefing
from graph.briefing.webpage import webpage
from tests.analysis_made import ground, planted
from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("briefing") / "简报.html"
    path.write_bytes(webpage(briefing(ground(planted(1)), "zh")).encode())
    return path


def test_it_draws_and_fits(watched: Watched, page: Path, size: tuple[int, int]) -> None:
    shown = watched.open(page)
    assert shown.locator("h1").inner_text() == "乡镇法治政府建设年度报告分析简报"
    charts = shown.locator("svg.chart")
    assert charts.count() >= 8
    box = charts.first.bounding_box()
    assert box is not None
    assert 200 < box["width"] <= size[0]
    assert shown.evaluate("document.documentElement.scrollWidth") == size[0]


def test_colours_are_set_by_the_style(watched: Watched, page: Path) -> None:
    cell = watched.open(page).locator("table.heat td.h1").first
    assert cell.evaluate("one => getComputedStyle(one).backgroundColor") == "rgb(227, 238, 248)"


@pytest.mark.parametrize("where", ["table.heat td.h1 a", "table.wide td.number a", "#points li a"])
def test_a_number_leads_to_its_sentence(watched: Watched, page: Path, where: str) -> None:
    shown = watched.open(page)
    link = shown.locator(where).last
    link.click()
    target = shown.locator(":target")
    assert target.count() == 1
    target.wait_for(state="visible")
    assert target.evaluate("one => { const box = one.getBoundingClientRect(); return box.top < innerHeight; }")


def test_the_words_of_a_figure_are_marked(watched: Watched, page: Path) -> None:
    shown = watched.open(page)
    link = shown.locator("table.wide td.number a").first
    number = link.inner_text()
    link.click()
    digits = "".join(char for char in number if char.isdigit())
    assert digits in shown.locator(":target mark").first.inner_text()


def test_a_dot_of_a_chart_leads_to_its_sentence(watched: Watched, page: Path) -> None:
    shown = watched.open(page)
    dot = shown.locator("figure.small svg a").first
    dot.scroll_into_view_if_needed()
    dot.click()
    assert "#r" in shown.url
    assert shown.locator(":target mark").count() == 1


def test_it_prints(watched: Watched, page: Path) -> None:
    shown = watched.open(page)
    shown.emulate_media(media="print")
    assert shown.locator("nav").is_hidden()
    assert shown.locator("table.heat").is_visible()
