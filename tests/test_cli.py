from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from store_reports import REPORTS, write

from graph import cli
from graph.messages import LANGUAGES, texts
from graph.sample import sample_paths

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Run:
    def work(*words: object, lang: str = "en") -> tuple[int, str, str]:
        monkeypatch.setenv("ZHILI_LANG", lang)
        code = cli.run([str(word) for word in words])
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        return code, out.decode(errors="replace"), err.decode()

    return work


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from graph.build import build

    root = tmp_path_factory.mktemp("cli")
    build([write(root / "in", REPORTS)], root / "out")
    return root / "out"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", cli.COMMANDS)
def test_each_command_and_each_parameter_has_its_help(name: str, lang: str) -> None:
    made: Any = cli.command(name, lang)
    known = texts(f"help-{name}")
    assert set(known) == {"help", *(parameter.name for parameter in made.params)}
    assert made.help == known["help"][lang]
    assert all(parameter.help == known[parameter.name][lang] for parameter in made.params)


def test_no_help_is_left_of_a_command_that_is_gone() -> None:
    folder = files("graph").joinpath("messages")
    helps = {path.name[5:-5] for path in folder.iterdir() if path.name.startswith("help-")}
    assert helps == set(cli.COMMANDS)


def test_help_speaks_chinese_to_the_last_word(run: Run) -> None:
    code, text, _ = run("query", "--help", lang="zh")
    assert code == 0 and "用法：" in text and "选项：" in text
    assert not any(word in text for word in cli.HELP_WORDS)


def test_without_a_command_help_is_shown(run: Run) -> None:
    code, text, _ = run()
    assert code == 0 and all(name in text for name in cli.COMMANDS)


def test_lang_may_stand_anywhere(run: Run, out: Path) -> None:
    for words in (["--lang", "zh", "query", "reports"], ["query", "reports", "--lang=zh"]):
        assert run(*words, "--dir", out)[1].startswith("乡镇")
    code, _, told = run("--lang", "fr", "query")
    assert code == 2 and "fr" in told


WRONG = [
    (["no-such-command"], "no-such-command"),
    (["query", "--no-such-option"], "zhili query --help"),
    (["query", "reports", "--dir", "nowhere"], "nowhere"),
    (["query", "no such question", "--dir", "nowhere"], "no such question"),
    (["query", "reports", "--set", "year"], "--set"),
    (["query", "reports", "--format", "pdf"], "pdf"),
    (["query", "missing.rq"], "missing.rq"),
    (["export", "--format", "pdf"], "pdf"),
    (["export", "--format", "xlsx"], "--to"),
    (["export", "--format", "csv"], "--to"),
    (["remove", "a.txt", "--out", "nowhere"], "nowhere"),
    (["validate", "nowhere.ttl"], "nowhere.ttl"),
]


@pytest.mark.parametrize(("words", "told"), WRONG, ids=[" ".join(words) for words, _ in WRONG])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_cannot_be_done_is_a_sentence_and_exit_code_2(
    words: list[str], told: str, lang: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, said, err = run(*words, lang=lang)
    assert (code, said) == (2, "")
    assert told in err and "Traceback" not in err
    assert any("\u4e00" <= char <= "\u9fff" for char in err) == (lang == "zh")
    assert not list(tmp_path.iterdir()), "a command that does nothing leaves nothing"


def test_build_tells_what_it_did_and_where_to_look(run: Run, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", REPORTS)
    code, text, _ = run("build", folder, "--out", tmp_path / "图谱", lang="zh")
    assert code == 0
    assert "青禾镇" in text and "新读 4" in text and "graph.ttl" in text
    assert {"graph.ttl", "graph.html", "texts", "store"} <= {path.name for path in (tmp_path / "图谱").iterdir()}
    (folder / "empty.txt").write_bytes(b"")
    code, text, err = run("build", folder, tmp_path / "missing", "--out", tmp_path / "图谱", lang="zh")
    assert code == 1 and "empty.txt" in err and "missing" in err and "沿用 4" in text


def test_build_of_nothing_is_exit_code_2(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    code, _, err = run("build", tmp_path / "in", "--out", tmp_path / "out")
    assert code == 2 and "nothing to build" in err


def test_unread_figures_are_counted_and_listed_on_request(run: Run, tmp_path: Path) -> None:
    text = REPORTS["qinghe-2023.txt"] + "慰问老党员7名。\n"
    folder = write(tmp_path / "in", {"a.txt": text})
    _, plain, _ = run("build", folder, "--out", tmp_path / "out")
    _, listed, _ = run("build", folder, "--out", tmp_path / "out", "--unread")
    assert "--unread" in plain and "7名" not in plain
    assert "7名" in listed and "慰问老党员7名" in listed


def test_add_and_remove_from_the_command_line(run: Run, tmp_path: Path) -> None:
    folder, out = write(tmp_path / "in", REPORTS), tmp_path / "out"
    run("build", folder / "shikou-2023.txt", "--out", out)
    assert run("add", folder, "--out", out)[0] == 0
    assert run("remove", "shikou-2023.txt", "--out", out)[0] == 0
    _, text, _ = run("query", "reports", "--dir", out, "--format", "csv")
    assert text.count(".txt") == 3 and "shikou" not in text
    assert run("remove", "shikou-2023.txt", "--out", out)[0] == 1


def test_query_takes_sparql_a_file_and_standard_input(
    run: Run, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sparql = "SELECT (COUNT(?r) AS ?n) { ?r a zl:Report }"
    (tmp_path / "问.rq").write_text(sparql, encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(sparql.encode())))
    answers = [run("query", asked, "--dir", out)[1] for asked in (sparql, tmp_path / "问.rq", "-")]
    assert answers[0].split()[:3] == ["n", "─", "4"] and len(set(answers)) == 1


def test_query_sets_parameters_and_writes_files(run: Run, out: Path, tmp_path: Path) -> None:
    code, _, err = run("query", "reports", "--set", "year=2022", "--to", tmp_path / "a.xlsx", "--dir", out, lang="zh")
    assert code == 0 and "a.xlsx" in err
    rows = [[cell.value for cell in row] for row in load_workbook(tmp_path / "a.xlsx").active.iter_rows()]
    assert rows[0] == ["乡镇", "年份", "文件", "标题"] and rows[1][:3] == ["青禾镇", 2022, "qinghe-2022.txt"]
    assert len(rows) == 2


def test_query_lists_and_shows_its_questions(run: Run) -> None:
    _, text, _ = run("query", "--list", lang="zh")
    assert "\nmediation --set township=… --set year=…\n    各乡镇受理、化解多少纠纷" in text
    assert run("query", "mediation", "--show")[1].startswith("# zh: ")


def test_export_goes_to_a_file_or_to_standard_output(run: Run, out: Path, tmp_path: Path) -> None:
    assert run("export", "--dir", out)[1].encode() == (out / "graph.ttl").read_bytes()
    assert run("export", "--dir", out, "--format", "csv", "--to", tmp_path / "表")[0] == 0
    assert (tmp_path / "表" / "reports.csv").exists()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_validate_passes_a_build_and_finds_what_is_wrong(run: Run, out: Path, tmp_path: Path, lang: str) -> None:
    assert run("validate", out, lang=lang)[0] == 0
    bad = tmp_path / "bad.ttl"
    bad.write_text("@prefix zl: <https://w3id.org/zhili/ns#> . <x:r> a zl:Report .", encoding="utf-8")
    code, text, _ = run("validate", bad, lang=lang)
    assert code == 1 and "x:r" in text


HEAVY = ("rdflib", "pandas", "networkx", "jieba", "openpyxl", "pyarrow", "rich", "extractors.reader")


def test_a_query_loads_nothing_heavy(out: Path) -> None:
    code = (
        "import sys; from graph.cli import run; code = run(['query', 'reports', '--dir', sys.argv[1]]);"
        "print([name for name in sys.argv[2:] if name in sys.modules], file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(out), *HEAVY], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert done.stderr.strip() == "[]"


GBK = "import locale, sys; locale.setlocale(locale.LC_ALL, ''); print(sys.getfilesystemencoding())"


@pytest.mark.skipif(sys.platform != "linux", reason="only on Linux are names of files in another encoding than Unicode")
def test_a_system_whose_names_are_in_gbk(tmp_path: Path) -> None:
    environ = {**os.environ, "LC_ALL": "zh_CN.GBK", "PYTHONUTF8": "0", "ZHILI_LANG": "", "LANGUAGE": ""}
    asked = subprocess.run([sys.executable, "-c", GBK], env=environ, capture_output=True, check=False)
    if asked.stdout.strip() != b"gbk":
        pytest.skip("the locale zh_CN.GBK is not installed (localedef -i zh_CN -f GBK zh_CN.GBK)")
    sample = bytes(sample_paths()[0])
    folder, township = str(tmp_path).encode() + b"/" + "报告".encode("gbk"), "荻湾镇".encode("gbk")
    for out in (folder, str(tmp_path / "图谱").encode()):
        for words in ([b"build", sample], [b"remove", b"x"], [b"query", b"townships"], [b"analyze"], [b"query", b"-"]):
            done = subprocess.run(
                [sys.executable.encode(), b"-c", b"from graph.cli import main; main()", *words, b"--dir", out],
                env=environ, capture_output=True, check=False, cwd=Path(__file__).parents[1],
                input=b"SELECT ?n { ?t rdfs:label '%s'@zh ; zl:divisionType ?n }" % township,
            )  # fmt: skip
            assert done.returncode == (words[0] == b"remove"), done.stderr.decode("gbk")
            assert township in done.stdout or "镇".encode("gbk") in done.stdout
        assert Path(os.fsdecode(out), "graph.ttl").exists()


@pytest.mark.parametrize("locale", ["C", "zh_CN.GBK", "POSIX"])
def test_other_locales_and_encodings_break_nothing(locale: str, out: Path) -> None:
    environ = {**os.environ, "LC_ALL": locale, "PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0", "ZHILI_LANG": ""}
    done = subprocess.run(
        [sys.executable, "-c", "from graph.cli import main; main()", "query", "townships", "--dir", str(out)],
        capture_output=True, check=True, env=environ,
    )  # fmt: skip
    assert "青禾镇".encode("gbk") in done.stdout
