from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import networkx
import pandas
import pyarrow.parquet
import pytest
from openpyxl import load_workbook
from pyoxigraph import RdfFormat, parse
from rdflib import Dataset, Graph
from store_reports import REPORTS, write

from graph import export, tables
from graph.build import build
from graph.folder import Folder
from graph.messages import ToldError
from graph.selection import Selection, Source
from graph.store import open_build
from ontology import cube, terms

Exporter = Callable[..., bytes]
Triples = set[tuple[object, ...]]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("export")
    build([write(root / "in", REPORTS)], root / "out")
    return root / "out"


@pytest.fixture(scope="module")
def source(out: Path) -> Callable[..., Source]:
    folder = Folder(out)
    return lambda **chosen: Source(folder, folder.state(), Selection(**chosen))


@pytest.fixture(scope="module")
def exported(source: Callable[..., Source]) -> Exporter:
    def work(form: str, **chosen: object) -> bytes:
        made = io.BytesIO()
        export.export(source(**chosen), form, made)
        return made.getvalue()

    return work


def triples(data: bytes, form: RdfFormat) -> Triples:
    return {(quad.subject, quad.predicate, quad.object) for quad in parse(data, format=form)}


FORMS = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "ntriples": RdfFormat.N_TRIPLES,
    "nquads": RdfFormat.N_QUADS,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}


def test_turtle_is_the_build_s_own(exported: Exporter, out: Path) -> None:
    assert exported("turtle") == (out / "graph.ttl").read_bytes()


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_the_same(form: str, exported: Exporter, out: Path) -> None:
    data = exported(form)
    assert triples(data, FORMS[form]) == triples((out / "graph.ttl").read_bytes(), RdfFormat.TURTLE)
    assert data == exported(form), "the same bytes each time"


@pytest.mark.parametrize("form", ["trig", "nquads"])
def test_graphs_are_those_of_the_database(form: str, exported: Exporter, out: Path) -> None:
    found = {str(quad) for quad in parse(exported(form), format=FORMS[form])}
    with open_build(out) as opened:
        assert found == {str(quad) for quad in opened.store if "graph/provenance" not in str(quad.graph_name)}


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's own, in its parser
def test_rdflib_reads_them_too(exported: Exporter) -> None:
    size = len(Graph().parse(data=exported("ntriples"), format="nt"))
    assert len(Graph().parse(data=exported("jsonld"), format="json-ld")) == size
    assert len(Graph().parse(data=exported("rdfxml"), format="xml")) == size


def test_json_ld_is_read_without_its_namespaces(exported: Exporter) -> None:
    nodes = json.loads(exported("jsonld"))["@graph"]
    report = next(node for node in nodes if node.get("sourceFile") == "shikou-2023.txt")
    assert report["type"] == "zl:Report" and report["year"] == "2023" and report["township"].startswith("zid:township-")


CHOSEN = [
    ({"townships": ["青禾镇"]}, {"qinghe-2022.txt", "qinghe-2023.txt"}),
    ({"years": [2023]}, {"qinghe-2023.txt", "hengliu-2023.txt", "shikou-2023.txt"}),
    ({"townships": ["青禾镇", "石口街道"], "years": [2023]}, {"qinghe-2023.txt", "shikou-2023.txt"}),
]


@pytest.mark.parametrize(("chosen", "files"), CHOSEN)
def test_only_what_is_chosen_is_handed_on(chosen: dict[str, object], files: set[str], exported: Exporter) -> None:
    found = triples(exported("turtle", **chosen), RdfFormat.TURTLE)
    assert {o.value for _, p, o in found if p.value == terms.zl("sourceFile")} == files  # type: ignore[attr-defined]
    assert {o.value for _, p, o in found if p.value == terms.expand("skos:notation")}  # type: ignore[attr-defined]


def test_only_what_is_chosen_by_type_is_handed_on_with_all_that_rests_on_it(exported: Exporter) -> None:
    graph = Graph().parse(data=exported("turtle", types=["disputes"]), format="turtle")
    ask = "PREFIX zl: <https://w3id.org/zhili/ns#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
    types = {
        str(row[0]).rpartition("/")[2] for row in graph.query(ask + "SELECT DISTINCT ?t { ?a zl:activityType ?t }")
    }
    assert types and types <= {"disputes", "dispute-screening", "mediation", "petition-handling"}
    lost = "ASK { ?f zl:evidence ?e FILTER NOT EXISTS { ?e zl:quote ?q } }"
    assert not graph.query(ask + lost).askAnswer
    assert graph.query(ask + "ASK { ?t zl:held/zl:hasMeasure/zl:value ?v }").askAnswer


WRONG = [
    ({"townships": ["无此镇"]}, "export.no-township"),
    ({"years": [1999]}, "export.nothing"),
    ({"types": ["no-such-type"]}, "export.no-type"),
]


@pytest.mark.parametrize(("chosen", "key"), WRONG)
def test_a_choice_of_nothing_is_told(chosen: dict[str, object], key: str, exported: Exporter) -> None:
    with pytest.raises(ToldError) as told:
        exported("turtle", **chosen)
    assert told.value.key == key


def test_a_file_appears_only_when_it_is_complete(source: Callable[..., Source], tmp_path: Path) -> None:
    path = tmp_path / "a" / "graph.nt"
    with pytest.raises(ToldError):
        export.export(source(years=[1999]), "ntriples", path)
    assert not list(path.parent.iterdir())
    export.export(source(), "ntriples", path)
    assert [one.name for one in path.parent.iterdir()] == ["graph.nt"]


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_tables_are_joined_by_ids(source: Callable[..., Source], tmp_path: Path) -> None:
    export.export(source(), "csv", tmp_path)
    found = {path.stem: read_csv(path) for path in tmp_path.glob("*.csv")}
    assert set(found) <= {*tables.TABLES, *tables.LINKS}
    assert (tmp_path / "reports.csv").read_bytes().startswith(b"\xef\xbb\xbfid,file,township,year,title\r\n")
    ids = {name: {row["id"] for row in rows} for name, rows in found.items() if name in tables.TABLES}
    assert {row["township"] for row in found["reports"]} == ids["townships"]
    for name, column, of in [
        ("activities", "report", "reports"),
        ("activities", "passage", "passages"),
        ("activities", "type", "concepts"),
        ("measures", "indicator", "concepts"),
        ("measures", "passage", "passages"),
        ("participations", "actor", "actors"),
        ("participations", "activity", "activities"),
        ("activity_measures", "measure", "measures"),
        ("township_activities", "activity", "activities"),
        ("township_divisions", "division", "divisions"),
    ]:
        assert {row[column] for row in found[name]} <= ids[of], (name, column)
    figure = next(row for row in found["measures"] if row["value"] == "3000")
    assert (figure["unit"], figure["bound"], figure["indicator"]) == (
        "份", "qualifier/exact", "indicator/publicity-materials",
    )  # fmt: skip


def test_parquet_and_csv_hold_the_same(source: Callable[..., Source], tmp_path: Path) -> None:
    export.export(source(), "csv", tmp_path / "csv")
    export.export(source(), "parquet", tmp_path / "parquet")
    names = {path.stem for path in (tmp_path / "csv").iterdir()}
    assert names == {path.stem for path in (tmp_path / "parquet").iterdir()}
    for name in names:
        lines = read_csv(tmp_path / "csv" / f"{name}.csv")
        table = pyarrow.parquet.read_table(tmp_path / "parquet" / f"{name}.parquet")
        assert table.column_names == list(lines[0]) and table.num_rows == len(lines)
    measures = pyarrow.parquet.read_table(tmp_path / "parquet" / "measures.parquet").to_pandas()
    assert measures["value"].dtype == "float64" and measures["value"].sum() > 0


def test_workbook_shows_townships_by_indicators(exported: Exporter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHILI_LANG", "zh")
    data = exported("xlsx")
    assert data == exported("xlsx")
    book = load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["2022", "2023", "全部数字", "说明"]
    page = book["2023"]
    heads = [cell.value for cell in page[1]]
    rows = {row[0].value: dict(zip(heads, row, strict=True)) for row in page.iter_rows(min_row=2)}
    assert set(rows) == {"青禾镇", "横柳乡", "石口街道"}
    accepted = rows["青禾镇"]["受理纠纷件数"]
    assert (accepted.value, accepted.number_format) == (52, '0"件"')
    assert "受理矛盾纠纷52件" in accepted.comment.text and "qinghe-2023.txt" in accepted.comment.text
    assert rows["横柳乡"]["受理纠纷件数"].value == "—" and rows["横柳乡"]["受理纠纷件数"].comment is None
    over = book["2022"].cell(2, [cell.value for cell in book["2022"][1]].index("普法活动场次") + 1)
    assert (over.value, over.number_format) == (20, '0"余次"')


@pytest.mark.parametrize(("form", "read"), [("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)])
def test_network_has_labels_and_weights(
    form: str, read: Callable[[io.BytesIO], networkx.Graph], exported: Exporter, out: Path
) -> None:
    found = read(io.BytesIO(exported(form)))
    assert exported(form) == exported(form)
    with open_build(out) as opened:
        whole = opened.network()
        sparql = (
            "SELECT (COUNT(?a) AS ?n) { ?t rdfs:label '青禾镇'@zh ; zl:held ?a . ?a zl:activityType act:mediation }"
        )
        held = int(opened.ask(sparql).rows[0][0].text)
    assert set(found) == set(whole) and found.number_of_edges() == whole.number_of_edges()
    town = next(node for node, values in found.nodes(data=True) if values["label_zh"] == "青禾镇")
    assert found.nodes[town]["kind"] == "township"
    assert float(found[town]["activity/mediation"]["weight"]) == held


def test_cube_keeps_the_integrity_constraints(exported: Exporter) -> None:
    found = [quad.triple for quad in parse(exported("cube"), format=RdfFormat.TURTLE)]
    assert cube.broken(found) == []
    assert sum(1 for triple in found if str(triple.object) == f"<{terms.expand('qb:Observation')}>") > 10


def test_python_opens_a_build(out: Path) -> None:
    query = "SELECT ?n (COUNT(?a) AS ?acts) { ?t rdfs:label ?n ; zl:held ?a } GROUP BY ?n ORDER BY ?n"
    with open_build(out) as kept, open_build(out, memory=True) as loaded:
        frame = kept.frame(query)
        assert isinstance(frame, pandas.DataFrame) and list(frame.columns) == ["n", "acts"]
        assert frame["acts"].dtype.kind == "i" and set(frame["n"]) == {"青禾镇", "横柳乡", "石口街道"}
        assert frame.equals(loaded.frame(query))
        assert len(kept.frame("reports", year=2023)) == 3
        data = kept.dataset()
        assert isinstance(data, Dataset)
        rows = data.query("SELECT (COUNT(?r) AS ?n) { ?r a <https://w3id.org/zhili/ns#Report> }")
        assert [int(row[0]) for row in rows] == [4]
        assert {quad.graph_name for quad in loaded.store} < {quad.graph_name for quad in kept.store}


def test_a_frame_of_polars_holds_the_same(out: Path) -> None:
    polars = pytest.importorskip("polars", reason="polars is a user's choice and not installed here")
    with open_build(out) as opened:
        frame = opened.frame("mediation", library="polars")
        assert isinstance(frame, polars.DataFrame)
        assert frame.columns == list(opened.frame("mediation").columns)
        rows = {(row["name"], row["y"]): row["accepted"] for row in frame.to_dicts()}
    assert rows["青禾镇", 2023] == 52 and frame.schema["accepted"].is_numeric()
