"""The same report from real tools in every format gives the same facts; a large mixed folder is built whole."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from html import escape
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt

from extractors.formats import pdf
from extractors.formats.word import soffice
from extractors.loading import Limits, documents
from extractors.reader import Reader
from extractors.residue import stripped
from extractors.shapes import Document, Facts
from ontology.vocabulary import load_vocabulary

OFFICE = soffice()
pytestmark = [pytest.mark.slow, pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")]
TEXTS = sorted(Path(__file__).parent.glob("corpus/*/texts/*.txt"))[:2]
FILTERS = {
    "docx": "docx:MS Word 2007 XML",
    "doc": "doc:MS Word 97",
    "rtf": "rtf:Rich Text Format",
    "odt": "odt:writer8",
    "pdf": "pdf:writer_pdf_Export",
}
PAGE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"><title>{title}</title></head>
<body><div id="nav"><ul><li><a href="/">首页</a></li><li><a href="/a">新闻中心</a></li><li><a href="/b">政务公开</a></li></ul></div>
<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/c">法治政府建设年度报告</a></div>
<h1>{title}</h1><div class="TRS_Editor">{body}</div>
<div class="foot"><p>版权所有：县人民政府办公室</p><p>网站标识码：0000000000</p></div></body></html>"""


def convert(source: Path, kind: str, profile: Path) -> bytes:
    """What LibreOffice makes of a text file."""
    into = source.parent / kind
    command = [str(OFFICE), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--infilter=Text (encoded):UTF8"]
    command += ["--convert-to", FILTERS[kind], "--outdir", str(into), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (into / f"{source.stem}.{kind}").read_bytes()


def page(text: str, charset: str) -> bytes:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    body = "".join(f"<p>　　{escape(line)}</p>\n" for line in lines[1:])
    return PAGE.format(charset=charset, title=escape(lines[0]), body=body).encode(charset)


@pytest.fixture(scope="module", params=TEXTS, ids=[path.stem for path in TEXTS])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one report in every format."""
    text = request.param.read_text(encoding="utf-8")
    folder, source = tmp_path_factory.mktemp("made"), tmp_path_factory.mktemp("source") / "report.txt"
    source.write_text(text, encoding="utf-8")
    profile = tmp_path_factory.mktemp("profile")
    files = {f"report.{kind}": convert(source, kind, profile) for kind in FILTERS}
    files |= {f"{name}.txt": text.encode(name) for name in ("utf-8", "utf-8-sig", "gb18030", "utf-16")}
    files |= {"page.html": page(text, "utf-8"), "gbk.htm": page(text, "gbk"), "report.wps": files["report.doc"]}
    files |= {"renamed.docx": files["report.doc"], "renamed.doc": files["report.docx"]}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("深/报告.docx", files["report.docx"])
    for name, data in {**files, "all.zip": packed.getvalue()}.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load_vocabulary(None))


def told(facts: Facts) -> dict[str, object]:
    """Facts without offsets and white space."""

    def words(start: int, end: int) -> str:
        return stripped(facts.quote(start, end))

    return {
        "report": (facts.report.township, facts.report.year, [place.name for place in facts.report.parents]),
        "measures": [
            (m.indicator, m.quantity.value, m.quantity.unit, m.status, words(m.start, m.end)) for m in facts.measures
        ],
        "activities": [(a.type, a.status, words(a.start, a.end)) for a in facts.activities],
        "participations": [(p.actor, p.role, words(p.start, p.end)) for p in facts.participations],
    }


def test_one_report_in_every_format_gives_the_same_facts(made: Path, reader: Reader) -> None:
    found = {item.name: item for item in documents([made])}
    assert len(found) == 15
    facts = {name: told(reader.read(item)) for name, item in found.items() if isinstance(item, Document)}
    assert sorted(facts) == sorted(found), [item for item in found.values() if not isinstance(item, Document)]
    expected = facts.pop("utf-8.txt")
    assert len(expected["measures"]) > 10  # type: ignore[arg-type]
    for name, other in facts.items():
        assert other == expected, name


LISTS = """<html><body><ol style="list-style-type:upper-roman"><li>学习</li><li>宣传<ol type="a"><li>讲座</li><li>培训</li></ol></li>
<li>调解</li></ol><p>间隔</p><ol start="5"><li>问题</li><li>打算</li></ol></body></html>"""


def test_list_numbers_are_those_that_the_office_shows(tmp_path: Path) -> None:
    (tmp_path / "list.html").write_text(LISTS, encoding="utf-8")
    run = [str(OFFICE), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    for arguments in (["--infilter=HTML (StarWriter)", "--convert-to", "odt:writer8", "list.html"],
                      ["--convert-to", "docx:MS Word 2007 XML", "list.odt"],
                      ["--convert-to", "txt:Text (encoded):UTF8", "list.docx"]):  # fmt: skip
        subprocess.run([*run, *arguments], check=True, capture_output=True, timeout=120, cwd=tmp_path)
    shown = (tmp_path / "list.txt").read_text(encoding="utf-8-sig")
    (found,) = documents([tmp_path / "list.docx"])
    assert isinstance(found, Document)
    assert "".join(found.text.split()) == "".join(shown.split())
    assert "6.打算" in found.text


def printed(lines: list[str], folder: Path, *, indent: bool, narrow: bool) -> bytes:
    """The lines as an office sets them on paper: justified, with a running head and page numbers."""
    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "石门镇人民政府文件"
    foot = section.footer.paragraphs[0]
    foot.add_run("— ")
    foot._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'))
    foot.add_run(" —")
    if narrow:
        section.page_width, section.page_height = Cm(12), Cm(14)
    for line in lines:
        paragraph = document.add_paragraph(line)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Pt(24) if indent else None
        paragraph.runs[0].font.size = Pt(12)
    document.save(str(folder / "printed.docx"))
    command = [
        str(OFFICE),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    subprocess.run([*command, "printed.docx"], check=True, capture_output=True, timeout=120, cwd=folder)
    return (folder / "printed.pdf").read_bytes()


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
@pytest.mark.parametrize("text", TEXTS, ids=[path.stem for path in TEXTS])
def test_paragraphs_of_a_printed_report_come_back_whole(text: Path, narrow: bool, tmp_path: Path) -> None:
    lines = [stripped(line) for line in text.read_text(encoding="utf-8").splitlines() if stripped(line)]
    found = pdf.read(printed(lines, tmp_path, indent=True, narrow=narrow), "a.pdf").text.splitlines()
    assert [stripped(line) for line in found] == lines


def test_paragraphs_without_indents_lose_no_word_and_no_heading(tmp_path: Path) -> None:
    lines = [stripped(line) for line in TEXTS[0].read_text(encoding="utf-8").splitlines() if stripped(line)]
    found = pdf.read(printed(lines, tmp_path, indent=False, narrow=True), "a.pdf").text.splitlines()
    assert stripped("".join(found)) == "".join(lines)
    assert [line for line in lines if line[1:2] == "、"] == [line for line in found if line[1:2] == "、"]


def test_without_antiword_the_office_reads_old_documents(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from extractors.formats import word

    plain, which = (made / "utf-8.txt").read_text(encoding="utf-8"), shutil.which
    monkeypatch.setattr("shutil.which", lambda name: None if name == "antiword" else which(name))
    assert stripped(word.read((made / "report.doc").read_bytes(), "report.doc").text) == stripped(plain)


@pytest.mark.skipif(shutil.which("antiword") is None, reason="antiword is not installed")
def test_antiword_reads_what_the_office_wrote(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from extractors.formats import word

    plain = (made / "utf-8.txt").read_text(encoding="utf-8")
    monkeypatch.setattr(word, "soffice", lambda: None)
    assert stripped(word.read((made / "report.doc").read_bytes(), "report.doc").text) == stripped(plain)


def test_an_office_that_takes_too_long_is_ended_with_its_children(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import psutil

    monkeypatch.setenv("PATH", str(Path(str(OFFICE)).parent))
    found = list(documents([made / "report.odt"], limits=Limits(seconds=0.6, jobs=1)))
    assert [getattr(item, "reason", "read") for item in found] in (["time"], ["read"])
    assert [child for child in psutil.Process().children(recursive=True) if "office" in child.name()] == []
