"""Pages are whole, offline and the same every time, and no report's words are markup in them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import networkx as nx
import pytest

from graph import network, views
from graph.reading import Reading
from graph.views import View
from graph.views.style import LINES, MARKS
from tests.views_small import HOSTILE, small_store, small_texts

ASSETS = Path(views.__file__).with_name("assets")
MAKERS: dict[str, Callable[[Reading], View]] = {
    "overview": views.overview,
    "by division": lambda reading: views.overview(reading, many=1),
    "township": lambda reading: views.township(reading, reading.named(HOSTILE + "镇")[0]),
    "actors": views.actors,
    "compare": lambda reading: views.compare(reading, *(reading.named(name)[0] for name in ("青石镇", HOSTILE + "镇"))),
    "year": views.years,
    "network": lambda reading: views.plain(network.overview(reading), title={"zh": HOSTILE, "en": HOSTILE}),
}


class Tags(HTMLParser):
    """Collects a page's elements, and the text of its scripts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] == "script":
            self.scripts[-1] += data

    @property
    def data(self) -> dict[str, object]:
        return dict(json.loads(self.scripts[0]))


@pytest.fixture(scope="module")
def reading() -> Reading:
    return network.read(small_store())


@pytest.fixture(scope="module", params=list(MAKERS))
def page(request: pytest.FixtureRequest, reading: Reading) -> str:
    return views.html(MAKERS[request.param](reading), reading, "zh", texts=small_texts().get)


def test_a_page_asks_nobody_for_anything(page: str) -> None:
    tags = Tags(page).tags
    assert not [tag for tag, given in tags if {"src", "href", "srcset", "data", "action"} & set(given)]
    assert not [tag for tag, _ in tags if tag in ("link", "iframe", "img", "object", "base", "form")]
    style = page[page.index("<style>") : page.index("</style>")]
    assert "url(" not in style and "@import" not in style
    assert "sourceMappingURL" not in page


def test_hostile_words_are_no_markup(page: str) -> None:
    tags = Tags(page)
    assert len(tags.scripts) == 3  # the data, vis-network, our own
    assert not [name for _, given in tags.tags for name in given if name.startswith("on")]
    assert "<!--" not in page
    assert "owned" in page  # it is there, as text


def test_the_policy_allows_the_pages_own_scripts_alone(page: str) -> None:
    policy = next(given["content"] for tag, given in Tags(page).tags if given.get("http-equiv"))
    assert policy is not None
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy


def test_ids_say_nothing_of_what_they_stand_for(page: str) -> None:
    data = Tags(page).data
    nodes, edges = data["nodes"], data["edges"]
    assert isinstance(nodes, list) and isinstance(edges, list)
    assert all(re.fullmatch(r"n\d+", node["id"]) for node in nodes)
    assert all(re.fullmatch(r"n\d+ n\d+", edge["id"]) for edge in edges)


def test_the_data_survive_the_page(reading: Reading) -> None:
    page = views.html(views.overview(reading), reading, "zh", texts=small_texts().get)
    data = Tags(page).data
    labels = {node["label"] for node in data["nodes"]}  # type: ignore[attr-defined]
    assert {"青石镇", HOSTILE + "镇", "调解"} <= labels


def test_vis_is_whole_and_unchanged(page: str) -> None:
    script = Tags(page).scripts[1]
    assert script.startswith("/**\n * vis-network") and "@license" in script  # the licence stays with it
    assert len(script) > 400_000


@pytest.mark.parametrize("name", MAKERS)
def test_a_page_is_the_same_every_time(name: str, reading: Reading) -> None:
    again = network.read(small_store())
    texts = small_texts().get
    assert views.html(MAKERS[name](reading), reading, "zh", texts=texts) == views.html(
        MAKERS[name](again), again, "zh", texts=texts
    )


@pytest.mark.parametrize(("lang", "title"), [("zh", "治理活动总览"), ("en", "Governance activities at a glance")])
def test_a_page_opens_in_the_language_asked_for(reading: Reading, lang: str, title: str) -> None:
    page = views.html(views.overview(reading), reading, lang, texts=small_texts().get)
    assert f'<html lang="{lang}">' in page and f"<title>{title}</title>" in page


def test_a_page_is_written_as_utf_8(reading: Reading, tmp_path: Path) -> None:
    path = views.write(views.overview(reading), reading, tmp_path / "新" / "图.html", "zh", texts=small_texts().get)
    assert "青石镇" in path.read_bytes().decode("utf-8")


def test_a_plain_network_needs_no_attributes(reading: Reading) -> None:
    data = Tags(views.html(views.plain(nx.path_graph(3)), reading, "en", texts=lambda _: None)).data
    assert [node["label"] for node in data["nodes"]] == ["0", "1", "2"]  # type: ignore[attr-defined]


def test_a_year_with_more_reports_has_no_bigger_marks(reading: Reading) -> None:
    graph = views.years(reading).graph
    cell = graph.nodes["activity/mediation 2023"]
    assert cell["weight"] == round(100 * len(cell["facts"]) / 3)  # three reports of 2023


def test_a_comparison_puts_the_latest_figures_side_by_side(reading: Reading) -> None:
    view = views.compare(reading, *(reading.named(name)[0] for name in ("青石镇", "白沙乡")))
    figures = {row[0]["en"]: [cell["en"] for cell in row[1:]] for row in view.tables[0]["rows"]}
    assert view.tables[0]["head"][1:] == ["青石镇 2023", "白沙乡 2023"]
    assert figures == {"disputes resolved": ["41 件", ""], "publicity events": ["", "12 场次"]}


def test_a_figure_keeps_its_bound(reading: Reading) -> None:
    view = views.township(reading, reading.named("青石镇")[0])
    assert view.graph.nodes["indicator/disputes-screened"]["caption"]["zh"] == "排查纠纷件数 30件以上"


def test_kinds_differ_in_shape_or_never_meet() -> None:
    shapes = [mark.shape for kind, mark in MARKS.items() if kind != "node"]
    assert len(set(shapes)) == len(shapes)
    assert len({line.dashes for line in LINES.values()}) == len(LINES)


def luminance(color: str) -> float:
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("color", [mark.color for mark in MARKS.values()] + [line.color for line in LINES.values()])
def test_colours_stand_out_from_the_paper(color: str) -> None:
    assert 1.05 / (luminance(color) + 0.05) >= 3


def test_every_word_that_the_page_asks_for_is_there() -> None:
    from graph.messages import texts

    source = "".join(path.read_text(encoding="utf-8") for path in ASSETS.iterdir())
    asked = set(re.findall(r"""word\('([\w.-]+)'[,)]""", source)) | set(re.findall(r'data-word="([\w-]+)"', source))
    assert asked
    assert not {name for name in asked if f"page.{name}" not in texts("views")}
