from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_reports import REPORTS, write

from graph import change, provenance
from graph.build import VERSION, Outcome, add, build, remove
from graph.change import text_path
from graph.folder import Folder, NoBuildError
from graph.messages import ToldError
from graph.store import open_build

CORRECTED = REPORTS["qinghe-2023.txt"].replace("52件，化解50件", "53件，化解51件")


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    return write(tmp_path / "reports", REPORTS)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def content(out: Path) -> tuple[bytes, dict[str, bytes], set[str]]:
    """All that a build says: its Turtle, its texts, its database without the provenance, which has the clock."""
    texts = {path.relative_to(out / "texts").as_posix(): path.read_bytes() for path in (out / "texts").rglob("*.txt")}
    with open_build(out) as opened:
        quads = {str(quad) for quad in opened.store if quad.graph_name != provenance.GRAPH}
    return (out / "graph.ttl").read_bytes(), texts, quads


def clean(folder: Path, reports: dict[str, str]) -> tuple[bytes, dict[str, bytes], set[str]]:
    build([write(folder / "reports", reports)], folder / "out")
    return content(folder / "out")


def test_a_build_holds_its_reports(reports: Path, out: Path) -> None:
    outcome = build([reports], out)
    assert outcome.whole and outcome.read == tuple(sorted(REPORTS))
    with open_build(out) as opened:
        assert {entry.name: opened.text(entry.name) for entry in opened.reports} == REPORTS
        assert {g.value for g in opened.store.named_graphs()} >= {entry.iri for entry in opened.reports}


def test_the_turtle_says_what_the_database_says(reports: Path, out: Path) -> None:
    from pyoxigraph import RdfFormat, parse

    build([reports], out)
    found = [str(quad.triple) for quad in parse(path=out / "graph.ttl", format=RdfFormat.TURTLE)]
    with open_build(out) as opened:
        kept = [str(quad.triple) for quad in opened.store if quad.graph_name != provenance.GRAPH]
    assert set(found) == set(kept)
    assert len(kept) == len(set(kept)), "a triple stands in two graphs, so that a query over all would count it twice"


def test_nothing_is_read_again_that_did_not_change(reports: Path, out: Path) -> None:
    first = build([reports], out)
    again = build([reports], out)
    assert (again.read, again.kept) == ((), first.read)
    assert again.state == first.state


def test_only_what_changed_is_read_again(reports: Path, out: Path, tmp_path: Path) -> None:
    build([reports], out)
    changed = {**REPORTS, "qinghe-2023.txt": CORRECTED}
    outcome = build([write(reports, changed)], out)
    assert outcome.read == ("qinghe-2023.txt",) and len(outcome.kept) == 3
    assert content(out) == clean(tmp_path / "clean", changed)


def test_reports_that_are_no_more_leave_nothing_behind(reports: Path, out: Path, tmp_path: Path) -> None:
    build([reports], out)
    rest = {name: text for name, text in REPORTS.items() if name != "shikou-2023.txt"}
    outcome = build([write(reports, rest)], out)
    assert outcome.removed == ("shikou-2023.txt",)
    assert content(out) == clean(tmp_path / "clean", rest)
    assert "石口街道" not in (out / "graph.ttl").read_text(encoding="utf-8")


def test_adding_and_removing_give_what_a_clean_build_gives(reports: Path, out: Path, tmp_path: Path) -> None:
    first = {"qinghe-2022.txt": REPORTS["qinghe-2022.txt"]}
    build([write(tmp_path / "first", first)], out)
    add([reports], out)
    assert content(out) == clean(tmp_path / "all", REPORTS)
    assert remove(["qinghe-2022.txt", "shikou-2023.txt"], out).removed == ("qinghe-2022.txt", "shikou-2023.txt")
    rest = {name: REPORTS[name] for name in ("qinghe-2023.txt", "hengliu-2023.txt")}
    assert content(out) == clean(tmp_path / "rest", rest)


def test_everything_can_be_removed_and_added_again(reports: Path, out: Path) -> None:
    build([reports], out)
    before = content(out)
    remove(list(REPORTS), out)
    with open_build(out) as opened:
        assert opened.reports == () and not list((out / "texts").iterdir())
    add([reports], out)
    assert content(out) == before


def test_what_is_known_beside_a_text_counts_as_a_change(reports: Path, out: Path, tmp_path: Path) -> None:
    build([reports], out)
    manifest = tmp_path / "manifest.csv"
    manifest.write_text("file,county\nshikou-2023.txt,平岚县\n", encoding="utf-8")
    outcome = build([reports], out, manifest=manifest)
    assert outcome.read == ("shikou-2023.txt",)
    with open_build(out) as opened:
        found = opened.ask("SELECT ?n { ?t rdfs:label '石口街道'@zh ; zl:partOf/rdfs:label ?n }")
    assert "平岚县" in {row[0].text for row in found.rows}


def test_another_vocabulary_reads_all_again(reports: Path, out: Path, tmp_path: Path) -> None:
    build([reports], out)
    words = tmp_path / "own.ttl"
    words.write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix act: <https://w3id.org/zhili/activity/> ."
        " act:visits a skos:Concept ; skos:inScheme <https://w3id.org/zhili/activity> ; skos:notation 'visits' ;"
        " skos:prefLabel '走访'@zh , 'visits'@en ; skos:definition '走访。'@zh , 'Visits.'@en ;"
        " skos:broader act:services ; skos:altLabel '派出所走访群众'@zh .",
        encoding="utf-8",
    )
    assert len(build([reports], out, vocabulary=words).read) == len(REPORTS)
    with open_build(out) as opened:
        assert opened.ask("ASK { ?t zl:held/zl:activityType act:visits . act:visits skos:broader act:services }").truth
    assert add([reports / "shikou-2023.txt"], out).read == (), (
        "adding keeps the vocabulary that the build was made with"
    )


def test_a_wrong_vocabulary_leaves_the_build_as_it_was(reports: Path, out: Path, tmp_path: Path) -> None:
    build([reports], out)
    before = content(out)
    words = tmp_path / "own.ttl"
    words.write_text("act:visits a", encoding="utf-8")
    with pytest.raises(ToldError, match=r"own\.ttl"):
        build([reports], out, vocabulary=words)
    assert content(out) == before


@pytest.mark.parametrize("touch", ["graph.ttl", "texts/shikou-2023.txt", "store/state.json", "database"])
def test_what_others_broke_is_made_anew(touch: str, reports: Path, out: Path) -> None:
    build([reports], out)
    before = content(out)
    if touch == "database":
        state = Folder(out).state()
        (out / "store" / state.generation / "CURRENT").unlink()
    elif touch == "graph.ttl":
        (out / touch).write_bytes(before[0].replace("石口".encode(), "口石".encode()))
    else:
        (out / touch).unlink()
    build([reports], out)
    assert content(out) == before


REFUSED = {
    "empty.txt": (b"", "empty"),
    "no-township.txt": ("法治建设工作总结\n一、开展普法宣传。\n".encode(), "build.no-township"),
    "copy.txt": (REPORTS["shikou-2023.txt"].encode(), "duplicate"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_file_is_told_and_the_rest_is_built(name: str, reports: Path, out: Path) -> None:
    data, reason = REFUSED[name]
    (reports / name).write_bytes(data)
    rest = sorted(REPORTS)
    outcome = build([reports], out)
    names = {refusal.name: refusal.reason for refusal in outcome.refusals}
    assert len(outcome.read) == len(rest) and not outcome.whole
    assert list(names.values()) == [reason]


def test_where_nothing_can_be_read_what_was_there_stays(reports: Path, out: Path, tmp_path: Path) -> None:
    build([reports], out)
    before = content(out)
    assert build([tmp_path / "nowhere"], out).state is None
    assert content(out) == before


def test_a_bad_correction_does_not_push_out_the_good_report(reports: Path, out: Path, tmp_path: Path) -> None:
    build([reports], out)
    before = content(out)
    for text in ("", "法治建设工作总结\n一、开展普法宣传。\n"):
        outcome = add([write(tmp_path / "bad", {"shikou-2023.txt": text})], out)
        assert outcome.refusals and content(out) == before


def test_removing_what_is_not_there_says_so(reports: Path, out: Path) -> None:
    build([reports], out)
    outcome = remove(["nothing.txt"], out)
    assert [refusal.reason for refusal in outcome.refusals] == ["build.not-held"] and not outcome.removed


def test_adding_to_nothing_says_so_and_makes_nothing(reports: Path, out: Path) -> None:
    with pytest.raises(NoBuildError):
        add([reports], out)
    assert not out.exists()


def test_a_report_without_a_year_is_taken_in_but_not_whole(out: Path, tmp_path: Path) -> None:
    text = REPORTS["shikou-2023.txt"].replace("2023年", "")
    outcome = build([write(tmp_path / "reports", {"shikou.txt": text})], out)
    assert outcome.read == ("shikou.txt",) and not outcome.whole


def test_names_that_differ_in_case_alone_do_not_overwrite_each_other(out: Path, tmp_path: Path) -> None:
    texts = list(REPORTS.values())
    folder = write(tmp_path / "reports", {"A.txt": texts[0], "a.txt": texts[1]})
    if len(list(folder.iterdir())) < 2:
        pytest.skip("this file system does not tell A.txt from a.txt")
    outcome = build([folder], out)
    assert [(refusal.name, refusal.reason) for refusal in outcome.refusals] == [("a.txt", "build.twice")]


def test_a_build_in_parts_and_in_one_batch_are_the_same(
    reports: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([reports], out)
    monkeypatch.setattr(change, "BATCH", 0)
    build([reports], tmp_path / "parts")
    assert content(tmp_path / "parts") == content(out)


def test_what_was_committed_but_not_moved_is_read_from_where_it_is(
    reports: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([reports], out)
    write(reports, {**REPORTS, "qinghe-2023.txt": CORRECTED})
    monkeypatch.setattr(Folder, "finish", lambda *_: None)
    build([reports], out)
    monkeypatch.undo()
    with open_build(out) as opened:
        assert opened.text("qinghe-2023.txt") == CORRECTED
        assert "化解51件" in opened.turtle.read_text(encoding="utf-8")
    add([reports], out)
    assert "化解51件" in (out / "graph.ttl").read_text(encoding="utf-8")


def test_the_provenance_tells_which_run_read_which_file(reports: Path, out: Path) -> None:
    build([reports], out)
    write(reports, {**REPORTS, "qinghe-2023.txt": CORRECTED})
    build([reports], out)
    query = """SELECT ?file (COUNT(?build) AS ?builds) ?start WHERE {
        ?report zl:sourceFile ?file ; prov:wasGeneratedBy ?build ; prov:wasDerivedFrom/dcterms:identifier ?hash .
        ?build prov:startedAtTime ?start ; prov:used/dcterms:identifier ?hash ; prov:wasAssociatedWith/dcterms:title ?v
    } GROUP BY ?file ?start ORDER BY ?file"""
    with open_build(out) as opened:
        rows = [[value.text for value in row] for row in opened.ask(query).rows]
    assert [row[:2] for row in rows] == [[name, "1"] for name in sorted(REPORTS)]
    starts = {row[0]: row[2] for row in rows}
    assert len(set(starts.values())) == 2 and starts["qinghe-2023.txt"] == max(starts.values())


def test_the_provenance_holds_the_hash_of_each_text_as_kept(reports: Path, out: Path) -> None:
    build([reports], out)
    query = "SELECT ?file ?hash { ?r zl:sourceFile ?file ; prov:wasDerivedFrom/dcterms:identifier ?hash }"
    with open_build(out) as opened:
        found = {row[0].text: row[1].text for row in opened.ask(query).rows}
    kept = {name: sha256((out / "texts" / name).read_bytes()).hexdigest() for name in REPORTS}
    assert found == {name: f"sha256:{digest}" for name, digest in kept.items()}


def test_the_version_is_that_of_the_package() -> None:
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == VERSION


def test_no_clock_is_in_the_turtle(reports: Path, out: Path) -> None:
    build([reports], out)
    turtle = (out / "graph.ttl").read_text(encoding="utf-8")
    assert "prov:startedAtTime" not in turtle and "prov:wasGeneratedBy" not in turtle


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[bytes]]:
    """The Turtle of one input, made by processes with other hash seeds, locales and orders of arguments."""
    root = tmp_path_factory.mktemp("seeds")
    write(root / "in", REPORTS)
    code = (
        "import sys; from pathlib import Path; from graph.build import build;"
        "build([Path(p) for p in sys.argv[2:]], Path(sys.argv[1]))"
    )
    results = []
    paths = [str(root / "in" / name) for name in REPORTS]
    for seed, locale, order in (
        ("0", "C", paths),
        ("1", "zh_CN.GBK", paths[::-1]),
        ("2", "C.UTF-8", [str(root / "in")]),
    ):
        out = root / f"out {seed} 图谱"
        environ = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "PYTHONUTF8": "0"}
        subprocess.run([sys.executable, "-c", code, str(out), *order], env=environ, check=True)
        results.append((out / "graph.ttl").read_bytes())
    yield results


def test_the_same_reports_give_the_same_bytes(seeded: list[bytes]) -> None:
    assert len(seeded) == 3 and len(set(seeded)) == 1


def test_state_is_plain_json(reports: Path, out: Path) -> None:
    outcome: Outcome = build([reports], out)
    data = json.loads((out / "store" / "state.json").read_text(encoding="utf-8"))
    assert [entry["name"] for entry in data["entries"]] == sorted(REPORTS)
    assert outcome.state is not None and data["generation"] == outcome.state.generation


@given(st.text(min_size=1, max_size=40))
def test_a_text_never_leaves_its_folder(name: str) -> None:
    path = PurePosixPath(text_path(name))
    assert not path.is_absolute() and ".." not in path.parts and path.suffix.lower() == ".txt"
    assert not set(str(path)) & set('\\:*?"<>|')
