from __future__ import annotations

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rdflib import SKOS, Literal

from ontology import reference, sources, terms
from ontology.namespaces import ACTIVITY, ZL

MARKUP = '<script>alert("普法")</script><img src=x onerror=alert(1)>'


class Page(HTMLParser):
    """What a page holds: its elements, the places that it names, the addresses that it links to, its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.ids: list[str] = []
        self.hrefs: set[str] = set()
        self.attributes: set[str] = set()
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(str(value))
            if name == "href":
                self.hrefs.add(str(value))

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.fixture(scope="module", params=reference.LANGUAGES)
def page(request: pytest.FixtureRequest) -> Page:
    return Page(reference.page(request.param))


def test_every_class_property_and_concept_has_its_place(page: Page) -> None:
    names = [f"zl-{name}" for name in terms.NAMES]
    concepts = [reference.anchor(f"{prefix}:x")[:-1] for prefix in terms.SCHEMES.values()]
    assert set(names) <= set(page.ids)
    assert all(any(place.startswith(prefix) for place in page.ids) for prefix in concepts)
    assert len(page.ids) == len(set(page.ids))


def test_every_link_leads_somewhere(page: Page) -> None:
    others = {f"ontology.{lang}.html" for lang in reference.LANGUAGES}
    assert {href for href in page.hrefs if href.removeprefix("#") not in page.ids} <= others


def test_a_page_loads_nothing_and_runs_nothing(page: Page) -> None:
    assert not page.tags & {"script", "link", "img", "iframe", "object", "embed", "form"}
    assert not page.attributes & {"src", "srcset", "style"}
    assert not {name for name in page.attributes if name.startswith("on")}
    assert not re.search(r"url\(|@import", page.words)


def test_each_page_speaks_its_language() -> None:
    chinese, english = (Page(reference.page(lang)).words for lang in ("zh", "en"))
    assert "面向群众开展普法宣传活动" in chinese and "Publicity campaigns" not in chinese
    assert "Publicity campaigns" in english and "面向群众开展普法宣传活动" not in english


def test_markup_in_the_vocabulary_is_text() -> None:
    graph = sources.everything()
    graph.add((ACTIVITY.mediation, SKOS.altLabel, Literal(MARKUP, "zh")))
    graph.add((ACTIVITY.mediation, ZL.pattern, Literal(MARKUP)))
    html = reference.page("zh", graph)
    assert not Page(html).tags & {"script", "img"}
    assert Page(html).words.count(MARKUP) == 2


@pytest.mark.parametrize("seed", ["1", "2"])
def test_pages_are_the_same_whatever_the_seed(tmp_path: Path, seed: str) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": "C"}
    subprocess.run([sys.executable, "-m", "ontology.reference", str(tmp_path / "文档")], env=environment, check=True)
    for lang in reference.LANGUAGES:
        assert (tmp_path / "文档" / f"ontology.{lang}.html").read_text(encoding="utf-8") == reference.page(lang)
