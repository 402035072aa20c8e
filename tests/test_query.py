from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse
from questions_small import store

from graph import query
from graph.answers import FORMATS, Answer, comma_separated, sparql_json, table, turtle, workbook
from graph.messages import ToldError


@pytest.fixture(scope="module")
def small() -> Store:
    return store()


def answer(small: Store, sparql: str, **values: list[str]) -> Answer:
    return Answer.of(query.ask(small, sparql, values))


REFUSED = [
    ("INSERT DATA { <x:a> <x:b> <x:c> }", "query.update", 1, 1),
    ("PREFIX x: <x:>\nDELETE WHERE { ?s ?p ?o }", "query.update", 2, 1),
    ("BASE <x:> PREFIX y: <y:> load <file:///etc/passwd>", "query.update", 1, 26),
    ("# LOAD\nCLEAR ALL", "query.update", 2, 1),
    ("WITH <x:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "query.update", 1, 1),
    ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "query.service", 1, 12),
    ("SELECT * {\n  { service silent ?s { ?s ?p ?o } } }", "query.service", 2, 5),
    ("SELECT * { ?s a 'x' . FILTER EXISTS { SERVICE<x:y>{ } } }", "query.service", 1, 39),
    ("SELECT * { ?s no:such ?o }", "query.prefix", 1, 15),
    ("SELECT * { ?s ?p }", "query.syntax", 1, 18),
    ("SELECT *\nWHERE {\n  ?s ?p ?o\n  FILTER (?o > )\n}", "query.syntax", 4, 16),
    ("SELECT ?乡 { ?乡 zl:held 活动 }", "query.syntax", 1, 24),
    ("SELECT * WHER { ?s ?p ?o }", "query.syntax", 1, 10),
    ("SELECT * { ?s ?p ?o } LIMIT x", "query.syntax", 1, 29),
    ("SELECT * { ?s ?p ?o ", "query.too-short", 1, 20),
    ("", "query.too-short", 1, 1),
]


@pytest.mark.parametrize(("sparql", "key", "line", "column"), REFUSED)
def test_what_cannot_be_asked_is_told_with_its_place(
    small: Store, sparql: str, key: str, line: int, column: int
) -> None:
    with pytest.raises(query.QueryError) as told:
        query.ask(small, sparql)
    assert told.value.key == key
    assert (told.value.fields["line"], told.value.fields["column"]) == (line, column)
    words, mark = str(told.value.fields["picture"]).split("\n")
    assert words == sparql.split("\n")[line - 1]
    assert mark.endswith("^") and len(mark) == column


HARMLESS = [
    "SELECT ?service { ?service zl:such ?insert }",
    "SELECT * { ?s ?p 'SERVICE <x:y> { }' }",
    'SELECT * { ?s ?p """INSERT\nSERVICE""" }',
    "SELECT * { ?s <http://example.org/SERVICE> ?o } # SERVICE",
    "PREFIX service: <x:> SELECT * { ?s service:load ?o }",
    "SELECT * { ?s ?p ?o . FILTER (?o < 3 && ?o > 99) }",
]


@pytest.mark.parametrize("sparql", HARMLESS)
def test_words_that_only_look_dangerous_are_let_through(small: Store, sparql: str) -> None:
    assert answer(small, sparql).rows == ()


def test_from_reads_no_file(small: Store, tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<x:a> <x:b> <x:c> .", encoding="utf-8")
    found = answer(small, f"SELECT * FROM <{(tmp_path / 'a.ttl').as_uri()}> {{ ?s <x:b> ?o }}")
    assert found.rows == ()


@given(st.text(max_size=60))
def test_tokens_cover_any_text_in_order(text: str) -> None:
    found = query.tokens(text)
    assert all(text[token.start : token.end] == token.text for token in found)
    assert [token.start for token in found] == sorted(token.start for token in found)


SET = [
    ("ASK { ?r zl:yearNumber ?y }", {"y": ["2023"]}, True),
    ("ASK { ?r zl:yearNumber ?y }", {"y": ["1999"]}, False),
    ("ASK { VALUES ?y { 1999 } ?r zl:yearNumber ?y }", {"y": ["2022", "2023"]}, True),
    ("ASK { ?t rdfs:label ?n }", {"n": ["青禾镇@zh"]}, True),
    ("ASK { ?t rdfs:label ?n }", {"n": ["青禾镇"]}, False),
    ("ASK { ?a zl:activityType ?t }", {"t": ["act:mediation"]}, True),
    ("ASK { ?a zl:activityType ?t }", {"t": ["<https://w3id.org/zhili/activity/mediation>"]}, True),
    ("SELECT ?x WHERE { ?x zl:sourceFile ?f }", {"f": ['" } INSERT { ?s ?p "']}, None),
    ("CONSTRUCT { ?s zl:held ?o } WHERE { ?s zl:held ?o . ?o zl:activityType ?t }", {"t": ["act:planning"]}, 1),
]


@pytest.mark.parametrize(("sparql", "values", "expected"), SET)
def test_parameters_are_set(small: Store, sparql: str, values: dict[str, list[str]], expected: object) -> None:
    found = answer(small, sparql, **values)
    if isinstance(expected, bool):
        assert found.truth is expected
    else:
        assert len(found.triples or ()) == (expected or 0)


def test_setting_what_is_not_in_the_query_names_what_is(small: Store) -> None:
    with pytest.raises(query.QueryError, match="person place"):
        answer(small, "ASK { ?person zl:ofTownship ?place }", year=["2023"])


@given(st.text(max_size=20))
def test_any_text_can_be_a_value(text: str) -> None:
    made = Store()
    made.add(Quad(NamedNode("x:s"), NamedNode("x:p"), Literal(text)))
    if query.term(text) == str(Literal(text)):  # not a number, an IRI or a text with its language
        assert query.ask(made, "ASK { ?s <x:p> ?o }", {"o": [text]})


def test_an_unknown_question_is_told() -> None:
    with pytest.raises(query.QueryError) as told:
        query.named("no such question")
    assert told.value.key == "query.unknown"


ROWS = "SELECT ?n ?y ?v WHERE { VALUES (?n ?y ?v) { ('=1+1' 2023 1.50) ('青禾镇'@zh UNDEF true) } }"


def test_csv_opens_in_excel_as_it_is(small: Store) -> None:
    data = comma_separated(answer(small, ROWS))
    assert data == "\ufeffn,y,v\r\n'=1+1,2023,1.5\r\n青禾镇,,true\r\n".encode()


def test_json_is_what_sparql_says(small: Store) -> None:
    data = json.loads(sparql_json(answer(small, ROWS)))
    assert data["head"] == {"vars": ["n", "y", "v"]}
    assert data["results"]["bindings"][1]["n"] == {"type": "literal", "value": "青禾镇", "xml:lang": "zh"}
    assert "y" not in data["results"]["bindings"][1]
    assert json.loads(sparql_json(answer(small, "ASK { }"))) == {"head": {}, "boolean": True}


def test_workbook_holds_numbers_as_numbers_and_no_formula(small: Store) -> None:
    data = workbook(answer(small, ROWS))
    cells = [[cell.value for cell in row] for row in load_workbook(BytesIO(data)).active.iter_rows()]
    assert cells == [["n", "y", "v"], ["=1+1", 2023, 1.5], ["青禾镇", None, True]]
    assert load_workbook(BytesIO(data)).active["A2"].data_type == "s"
    assert data == workbook(answer(small, ROWS))


def test_table_is_aligned_whatever_the_script(small: Store) -> None:
    lines = table(answer(small, "SELECT ?n ?v { VALUES (?n ?v) { ('青禾镇' 5) ('abc' 20) } }")).decode().split("\n")
    assert lines[:4] == ["n        v", "──────  ──", "青禾镇   5", "abc     20"]


def test_turtle_holds_the_triples_and_the_same_bytes_each_time(small: Store) -> None:
    sparql = "CONSTRUCT { ?t zl:held ?a } { ?t zl:held ?a }"
    one, two = turtle(answer(small, sparql)), turtle(answer(small, sparql))
    assert one == two
    assert len(list(parse(one, format=RdfFormat.TURTLE))) == len(answer(small, sparql).triples or ())


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("sparql", ["ASK { }", "SELECT ?s { ?s a zl:Township }", "DESCRIBE zl:x"])
def test_every_kind_of_answer_is_written_or_the_format_refused(small: Store, form: str, sparql: str) -> None:
    fits = {"ASK { }": {"table", "csv", "json", "xlsx"}, "DESCRIBE zl:x": {"table", "turtle"}}
    if form in fits.get(sparql, {"table", "csv", "json", "xlsx"}):
        assert isinstance(FORMATS[form](answer(small, sparql)), bytes)
    else:
        with pytest.raises(ToldError):
            FORMATS[form](answer(small, sparql))


SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . FILTER (?b != ?d && ?d != ?f) }"


def test_a_query_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    from store_reports import REPORTS, write

    from graph.build import build

    build([write(tmp_path / "in", REPORTS)], tmp_path / "out")
    code = "from graph.cli import main; main()"
    command = [
        sys.executable,
        "-c",
        code,
        "--lang",
        "en",
        "query",
        SLOW,
        "--timeout",
        "1",
        "--dir",
        str(tmp_path / "out"),
    ]
    start = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=dict(os.environ), timeout=120)
    assert done.returncode == 3 and "within 1 seconds" in done.stderr and not done.stdout
    assert time.monotonic() - start < 60
