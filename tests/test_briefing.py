"""The briefing: its numbers are the analyses', each leads to its sentence, and the reports' words are only text."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from docx import Document

from graph.analysis import ground_of
from graph.analysis.ground import Ground
from graph.analysis.matrix import matrix
from graph.analysis.outliers import by_indicator
from graph.analysis.shown import Names
from graph.briefing.blocks import Briefing, Charts, Points, Section, Table, Text
from graph.briefing.charts import svg, ticks_of
from graph.briefing.content import briefing
from graph.briefing.webpage import webpage
from graph.briefing.word import parts, word
from graph.build import build
from graph.cli import FAILED, run
from graph.messages import LANGUAGES
from graph.store import open_build
from tests.analysis_made import Corpus, Paper, Said, ground, planted
from tests.views_small import HOSTILE

CORPUS = Path(__file__).parent / "corpus"


@pytest.fixture(scope="module")
def made() -> Ground:
    return ground(planted(1))


@pytest.fixture(scope="module")
def whole(made: Ground) -> Briefing:
    return briefing(made, "zh")


@pytest.fixture(scope="module")
def page(whole: Briefing) -> str:
    return webpage(whole)


def section(told: Briefing, name: str) -> Section:
    return next(one for one in told.sections if one.anchor == name)


def tables(told: Section) -> list[Table]:
    return [block for block in told.blocks if isinstance(block, Table)]


class Links(HTMLParser):
    """Collects the anchors of a page, the links, and the names of the tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.anchors: list[str] = []
        self.links: set[str] = set()
        self.tags: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name == "id":
                self.anchors.append(value or "")
            if name in ("href", "xlink:href"):
                self.links.add(value or "")


def test_every_link_leads_to_an_anchor_of_the_page(page: str) -> None:
    found = Links(page)
    assert len(found.links) > 300
    assert {link for link in found.links if not link.startswith("#")} == set()
    assert {link.removeprefix("#") for link in found.links} <= set(found.anchors)
    assert len(found.anchors) == len(set(found.anchors))


def test_the_page_runs_nothing_and_asks_for_nothing(page: str) -> None:
    found = Links(page)
    assert found.tags.isdisjoint({"script", "img", "link", "iframe", "object", "embed", "form"})
    assert "default-src 'none'" in unescape(page)
    assert re.search(r"\bstyle=", page) is None  # what the policy would refuse
    assert "url(" not in page


def test_what_stands_out_is_said_first(whole: Briefing) -> None:
    corpus = planted(1)
    (points,) = (block for block in section(whole, "points").blocks if isinstance(block, Points))
    words = "\n".join("".join(bit.text for bit in item) for item in points.items)
    assert f"{corpus.outlier} 普法活动场次 2,600场次" in words
    assert f"{corpus.lacking}没有写已开展“法律顾问”（同类23个里有23个）" in words
    assert "2个做法相近的群体" in words
    assert "已兑现3项，部分兑现0项，未见2项" in words
    assert "1对报告文字大段相同" in words


def test_the_heat_map_is_the_matrix(whole: Briefing, made: Ground) -> None:
    table, names, (heat,) = matrix(made), Names(made, "zh"), tables(section(whole, "heat"))
    assert [head.text for head in heat.heads[1:]] == [names.of(iri) for iri in table.townships]
    counts = {names.of(type_): table.counts[:, at].tolist() for at, type_ in enumerate(table.types)}
    rows = {row[0].text: row[1:] for row in heat.rows if len(row) > 1}
    assert rows.keys() == counts.keys()
    for name, cells in rows.items():
        assert [int(cell.text) if cell.text.isdecimal() else 0 for cell in cells] == counts[name]


def test_each_cell_leads_to_as_many_marked_words(whole: Briefing) -> None:
    groups = {group.anchor: group for source in whole.sources for group in source.groups}
    (heat,) = tables(section(whole, "heat"))
    cells = [cell for row in heat.rows for cell in row[1:] if cell.text.isdecimal()]
    assert len(cells) > 200
    for cell in cells:
        assert sum(len(said.marks) for said in groups[cell.link].sentences) == int(cell.text)


def test_bounds_are_shown_as_bounds_and_gaps_are_no_zeros(whole: Briefing, made: Ground) -> None:
    figures = by_indicator(made, made.latest.values())
    (wide,) = tables(section(whole, "figures"))
    shown = [cell.text for row in wide.rows for cell in row[2:]]
    bounds = sum(figure.bound == "over" for found in figures.values() for figure in found)
    assert bounds > 10
    assert sum(text.endswith("以上") for text in shown) == bounds
    missing = len(made.latest) * len(figures) - sum(map(len, figures.values()))
    assert shown.count("—") == missing > 0
    assert "0" not in shown


def test_every_figure_leads_to_its_own_words(whole: Briefing) -> None:
    groups = {group.anchor: group for source in whole.sources for group in source.groups}
    (wide,) = tables(section(whole, "figures"))
    for row in wide.rows:
        for cell in row[2:]:
            if cell.link:
                number = re.sub(r"[^\d.]", "", cell.text)
                (said,) = groups[cell.link].sentences
                start, end = said.marks[0]
                assert number in said.text[start:end]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("township", ["", "planted"])
def test_it_is_told_in_both_languages(made: Ground, lang: str, township: str) -> None:
    corpus = planted(1)
    iri = next(iter(made.about.named(corpus.promising))) if township else ""
    told = briefing(made, lang, township=iri)
    assert {"points", "read", "heat", "figures", "promises", "copies", "method"} >= {
        one.anchor for one in told.sections
    } - {"far", "missing", "network", "groups", "changes"}
    words = "".join(
        bit.text for one in told.sections for block in one.blocks if isinstance(block, Text) for bit in block.bits
    )
    assert ("报告" in words) == (lang == "zh")
    assert corpus.promising in told.title or not township
    assert "{" not in words


def test_a_township_s_briefing_is_about_it(made: Ground) -> None:
    corpus = planted(1)
    (iri,) = made.about.named(corpus.outlier)
    told = briefing(made, "zh", township=iri)
    (far,) = tables(section(told, "far"))
    assert {row[0].text for row in far.rows} == {corpus.outlier}
    (heat,) = tables(section(told, "heat"))
    assert heat.heads[1].text == corpus.outlier


def hostile() -> Corpus:
    """Reports whose names and words are markup."""
    return Corpus(
        tuple(
            Paper(
                f"{HOSTILE}{at}镇",
                2023,
                tuple(
                    Said(f"{HOSTILE}第{at}处{type_}", type_, "done", figure, ("police-station", "justice-office"))
                    for type_, figure in (
                        ("mediation", ("disputes-resolved", 10.0 + at, f"件{HOSTILE}", "over")),
                        ("legal-publicity", ("publicity-events", 1.0 + at, "场", "exact")),
                    )
                ),
            )
            for at in range(9)
        )
    )


def test_the_reports_words_are_never_markup() -> None:
    html = webpage(briefing(ground(hostile()), "zh"))
    assert "<script" not in html
    assert "<img" not in html
    assert html.count("&lt;script&gt;") > 50
    assert Links(html).tags.isdisjoint({"script", "img"})


def test_a_document_of_hostile_words_opens_again(tmp_path: Path) -> None:
    path = tmp_path / "b.docx"
    path.write_bytes(word(briefing(ground(hostile()), "zh")))
    assert any(HOSTILE in paragraph.text for paragraph in Document(str(path)).paragraphs)


def test_the_word_document_holds_the_same_tables(whole: Briefing, tmp_path: Path) -> None:
    path = tmp_path / "b.docx"
    path.write_bytes(word(whole))
    document = Document(str(path))
    assert whole.title in [paragraph.text for paragraph in document.paragraphs]
    lengths = [len(table.rows) for table in document.tables if table.style.name == "Table Grid"]
    assert lengths == [len(part.rows) + 1 for one in whole.sections for block in tables(one) for part in parts(block)]
    widest = max(len(row.cells) for table in document.tables for row in table.rows[:1])
    assert widest == len(planted(1).papers)  # the heat map: the townships and the heading
    xml = document.element.xml
    marks = set(re.findall(r'<w:bookmarkStart[^>]*w:name="(\w+)"', xml))
    links = set(re.findall(r'<w:hyperlink w:anchor="(\w+)"', xml))
    assert len(links) > 300
    assert links <= marks


def test_the_same_ground_gives_the_same_bytes(whole: Briefing, page: str) -> None:
    again = briefing(ground(planted(1)), "zh")
    assert webpage(again) == page
    assert word(again) == word(whole)


def test_many_townships_stand_by_county() -> None:
    many = ground(planted(3, townships=60))
    told = briefing(many, "zh")
    (heat,) = tables(section(told, "heat"))
    assert [head.text for head in heat.heads[1:]] == ["临溪县（60）"]
    table, names = matrix(many), Names(many, "zh")
    shares = {names.of(type_): f"{table.held[:, at].mean():.0%}" for at, type_ in enumerate(table.types)}
    assert {row[0].text: f"{row[1].text}%" for row in heat.rows if len(row) > 1} == shares
    assert len(webpage(told)) < 2_000_000


def test_one_report_is_enough_for_a_page() -> None:
    told = briefing(ground(Corpus(planted(1).papers[5:6])), "zh")
    assert "只有1份报告" in webpage(told)
    assert not any(isinstance(block, Charts) and block.charts for one in told.sections for block in one.blocks)


def test_a_chart_keeps_names_as_text_and_links_in_the_page() -> None:
    from graph.briefing.charts import HERE, strip

    row = {
        "value": 3.0,
        "bound": "over",
        "name": "<b>青石镇",
        "label": "<b>青石镇 3次",
        "link": f"{HERE}#r1",
        "far": True,
    }
    drawn = svg(strip([row, {**row, "value": 9.0}], rate=False, axis=""), "c1")
    assert "&lt;b&gt;青石镇" in drawn
    assert "<b>" not in drawn
    assert 'href="#r1"' in drawn
    assert "zhili.invalid" not in drawn


@pytest.mark.parametrize(("low", "high"), [(1, 9), (3, 40_000), (40, 60), (0, 1), (2600, 2700)])
def test_an_axis_has_few_ticks_inside_it(low: float, high: float) -> None:
    ticks = ticks_of(low, high)
    assert len(ticks) <= 4
    assert all(low <= tick <= high for tick in ticks)


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("exports")
    build(sorted(CORPUS.glob("*/texts/*.txt")), out)
    return out


@pytest.fixture(autouse=True)
def _language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHILI_LANG", "zh")


@pytest.mark.parametrize("name", ["简报.html", "简报.docx"])
def test_the_command_writes_it(exports: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / "新" / name
    assert run(["report", "--dir", str(exports), "--out", str(path), "--township", "汀兰路街道"]) == 0
    assert path.stat().st_size > 20_000
    assert [one.name for one in path.parent.iterdir()] == [name]
    with open_build(exports) as held:
        told = briefing(ground_of(held), "zh", township=ground_of(held).about.named("汀兰路街道")[0])
    assert path.read_bytes() == ({".html": lambda: webpage(told).encode(), ".docx": lambda: word(told)}[path.suffix])()


@pytest.mark.parametrize("arguments", [["--out", "b.pdf"], ["--township", "没有镇"]])
def test_what_cannot_be_written_is_told(
    exports: Path, tmp_path: Path, arguments: list[str], capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert run(["report", "--dir", str(exports), *arguments]) == FAILED
    assert arguments[1] in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
