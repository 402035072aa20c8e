"""Each format's reader, on documents written here; ``test_loading_tools`` takes those of real tools."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from email.message import EmailMessage

import docx
import pypdf
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from extractors.formats import Refused, kinds, numbering, read

BODY = (
    "2022年，沙坡头乡在云岭县委的领导下开展工作，全年宣传20余次，受教育群众3000余人次，办结信访件42件。",
    "一、主要做法",
    "（一）抓学习。乡党委理论学习中心组学法6次，专题培训2期，参训干部120人，合格率98.5%，班子成员逐一述法。",
    "（二）抓调解。全年排查矛盾纠纷86件，调解成功84件，涉及金额35.2万元，无一起民转刑案件，群众满意度明显提高。",
    "二、下一步打算",
    "2023年计划开展宪法宣传周活动不少于5场，新增法律顾问3名，建成村级法治文化广场2处，修订完善村规民约。",
)
TITLE = "沙坡头乡2022年度法治政府建设情况报告"


def paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


# Plain text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_plain_text_is_kept_exactly(encoding: str) -> None:
    text = "一、主要\u3000做法 \n[bookmark: _GoBack]2022年，\u200b宣传20次。\n\n"
    assert read("txt", (text * 20).encode(encoding), "a.txt").text == text * 20


def test_line_ends_become_one() -> None:
    assert read("txt", "甲\r\n乙\r丙\n".encode(), "a.txt").text == "甲\n乙\n丙\n"


def test_a_text_cut_within_its_last_character_is_read() -> None:
    assert read("txt", ("沙坡头乡" * 20).encode()[:-1], "a.txt").text == "沙坡头乡" * 19 + "沙坡头"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (bytes(range(256)) * 8, "encoding"),
        (b"\x01\x02\x03\x04\x05" * 100, "unknown-kind"),
        (("沙坡头乡" * 30).encode().replace("头".encode(), b"\xe5\xff\xb4", 1), "encoding"),
        (" \n\u3000\n".encode(), "empty"),
    ],
)
def test_bytes_that_are_no_text_are_refused(data: bytes, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        read("txt", data, "a.txt")
    assert refused.value.reason == reason


# Kinds


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"PK\x03\x04....", "a.doc", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.docx", "doc"),
        (b"%PDF-1.4", "a.txt", "pdf"),
        (b"\xef\xbb\xbf<!DOCTYPE html><html>", "a.txt", "html"),
        ("<p>沙坡头乡</p>".encode(), "a.html", "html"),
        ("<html>".encode("utf-16"), "a", "html"),
        (b"{\\rtf1\\ansi", "a.doc", "rtf"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=x", "a.mht", "mhtml"),
        ("# 报告".encode(), "a.md", "md"),
        ("报告".encode(), "a.unknown", "txt"),
        (b"a,b\n1,2", "a.csv", "not-a-report"),
        (b"\xff\xd8\xff\xe0", "a.pdf", "picture"),
        (b"Rar!\x1a\x07", "a.zip", "archive-kind"),
        (b"", "a.docx", "txt"),
    ],
)
def test_the_kind_is_told_by_content(head: bytes, name: str, kind: str) -> None:
    assert kinds.kind(head, name) == kind


@pytest.mark.parametrize(
    ("members", "kind"),
    [
        (["[Content_Types].xml", "word/document.xml"], "docx"),
        (["[Content_Types].xml", "xl/workbook.xml"], "not-a-report"),
        (["a.txt", "b/c.docx"], "zip"),
    ],
)
def test_what_a_zip_holds(members: list[str], kind: str) -> None:
    assert kinds.of_zip(zipped(dict.fromkeys(members, b"x"))) == kind


@pytest.mark.parametrize(
    ("stream", "kind"), [("WordDocument", "doc"), ("EncryptedPackage", "encrypted"), ("Workbook", "not-a-report")]
)
def test_what_a_compound_file_holds(stream: str, kind: str) -> None:
    assert kinds.of_ole(kinds.OLE + b"\0" * 512 + stream.encode("utf-16-le")) == kind


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


# Word


def saved(document: docx.document.Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def made(fill: Callable[[docx.document.Document], object]) -> str:
    document = docx.Document()
    fill(document)
    return read("docx", saved(document), "a.docx").text


def test_paragraphs_and_tables_keep_their_order() -> None:
    def fill(document: docx.document.Document) -> None:
        document.add_paragraph("一、调解情况")
        table = document.add_table(rows=2, cols=3)
        for cell, text in zip(table._cells, ["项目", "数量", "单位", "纠纷", "86", "件"], strict=True):
            cell.text = text
        document.add_paragraph("二、宣传情况")

    assert made(fill).splitlines() == ["一、调解情况", "项目\t数量\t单位", "纠纷\t86\t件", "二、宣传情况"]


def test_a_merged_cell_is_read_once() -> None:
    def fill(document: docx.document.Document) -> None:
        table = document.add_table(rows=2, cols=2)
        table.cell(0, 0).merge(table.cell(1, 0)).text = "普法"
        table.cell(0, 1).text = "20次"
        table.cell(1, 1).text = "3000人"

    assert made(fill).splitlines() == ["普法\t20次", "3000人"]


INLINE = [
    ("<w:r><w:t>宣传</w:t></w:r><w:ins><w:r><w:t>20次</w:t></w:r></w:ins>", "宣传20次"),
    ("<w:r><w:t>宣传20次</w:t></w:r><w:del><w:r><w:delText>30次</w:delText></w:r></w:del>", "宣传20次"),
    ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r><w:r><w:t>明</w:t></w:r>", "明"),
    ("<w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink>", "链接"),
    ("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t></w:r>", "甲\n乙\t丙"),
    ("<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>文</w:t></w:r>", "文"),
    ("<w:sdt><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt>", "控件"),
    ("<w:bookmarkStart w:id='0' w:name='_GoBack'/><w:r><w:t>文</w:t></w:r><w:bookmarkEnd w:id='0'/>", "文"),
]


@pytest.mark.parametrize(("inner", "text"), INLINE)
def test_a_paragraph_reads_as_word_shows_it(inner: str, text: str) -> None:
    def fill(document: docx.document.Document) -> None:
        document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>"))

    assert made(fill) == text


BOX = """<w:p {ns}><w:r><w:t>正文</w:t></w:r><w:r>
<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">
<mc:Choice Requires="wps"><w:drawing><w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice>
<mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback>
</mc:AlternateContent></w:r></w:p>"""


def test_a_text_box_is_read_once() -> None:
    assert made(lambda d: d.element.body.insert(0, parse_xml(BOX.format(ns=nsdecls("w"))))).splitlines() == [
        "正文",
        "框内",
    ]


LEVELS = [
    ("chineseCounting", "%1、"),
    ("chineseCounting", "（%2）"),
    ("decimal", "%3."),
    ("decimalEnclosedCircle", "%4"),
]


def listed(items: list[tuple[int, str]], *, levels: list[tuple[str, str]] = LEVELS, extra: str = "") -> str:
    """A document whose paragraphs are (level, text) of one automatic list."""

    def fill(document: docx.document.Document) -> None:
        root = document.part.numbering_part.element
        root.clear()
        rows = "".join(
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
            for at, (kind, text) in enumerate(levels)
        )
        xml = f'<w:numbering {nsdecls("w")}><w:abstractNum w:abstractNumId="5">{rows}</w:abstractNum>'
        xml += '<w:num w:numId="7"><w:abstractNumId w:val="5"/></w:num>' + extra + "</w:numbering>"
        root.extend(list(parse_xml(xml)))
        for place, (level, text) in enumerate(items):
            num = "8" if text.startswith("新") else "7"
            properties = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr></w:pPr>'
            xml = f"<w:p {nsdecls('w')}>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"
            document.element.body.insert(place, parse_xml(xml))

    return made(fill)


def test_lists_bear_the_numbers_that_word_shows() -> None:
    items = [(0, "做法"), (1, "学习"), (2, "讲座"), (2, "培训"), (3, "到村"), (1, "调解"), (2, "排查"), (0, "问题")]
    assert listed(items).splitlines() == [
        "一、做法", "（一）学习", "1.讲座", "2.培训", "①到村", "（二）调解", "1.排查", "二、问题",
    ]  # fmt: skip


def test_a_list_started_anew_counts_from_its_own_start() -> None:
    restart = (
        '<w:num w:numId="8"><w:abstractNumId w:val="5"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    assert listed([(0, "甲"), (0, "乙"), (0, "新"), (0, "新")], extra=restart).splitlines() == [
        "一、甲",
        "二、乙",
        "一、新",
        "二、新",
    ]


def test_bullets_leave_no_mark_and_open_labels_a_blank() -> None:
    assert listed([(0, "甲")], levels=[("bullet", "\uf06c")]) == "甲"
    assert listed([(0, "甲")], levels=[("upperRoman", "%1")]) == "I 甲"


@pytest.mark.parametrize(
    ("kind", "number", "shown"),
    [
        ("chineseCountingThousand", 11, "十一"),
        ("ideographTraditional", 3, "丙"),
        ("lowerLetter", 28, "bb"),
        ("upperRoman", 14, "XIV"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalZero", 7, "07"),
        ("decimalEnclosedCircle", 21, "21"),
        ("none", 3, ""),
    ],
)
def test_formats_of_numbers(kind: str, number: int, shown: str) -> None:
    assert numbering.FORMATS[kind](number) == shown


def test_headings_numbered_by_their_style() -> None:
    def fill(document: docx.document.Document) -> None:
        style = document.styles["Heading 1"].element
        style.get_or_add_pPr().append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="1"/></w:numPr>'))
        document.part.numbering_part.element.clear()
        xml = (
            f'<w:numbering {nsdecls("w")}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            '<w:numFmt w:val="decimal"/><w:lvlText w:val="第%1章"/></w:lvl></w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
        )
        document.part.numbering_part.element.extend(list(parse_xml(xml)))
        document.add_heading("总则", 1)
        document.add_heading("附则", 1)

    assert made(fill).splitlines() == ["第1章总则", "第2章附则"]


@pytest.mark.parametrize("cut", [100, 1000, -200])
def test_a_truncated_document_is_refused(cut: int) -> None:
    document = docx.Document()
    document.add_paragraph(BODY[0])
    with pytest.raises(Refused) as refused:
        read("docx", saved(document)[:cut], "a.docx")
    assert refused.value.reason == "broken"


def test_an_old_document_without_a_converter_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.setattr("extractors.formats.word.PLACES", ())
    with pytest.raises(Refused) as refused:
        read("doc", kinds.OLE + b"\0" * 1000, "a.doc")
    assert refused.value.reason == "converter"


# Web pages

TABLE = """<table><tr><td>索 引 号：</td><td>014-2023-0007</td><td>发布机构：</td><td>云岭县沙坡头乡人民政府</td></tr>
<tr><td>标题：</td><td>{title}</td><td>发布日期：</td><td>2023-01-18</td></tr></table>"""
PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>{title}_云岭县人民政府</title>
<link rel="canonical" href="http://www.yunling.example/1.html"></head><body>
<div class="header"><ul><li><a href="/">首页</a></li><li><a href="/x">政务公开</a></li><li><a href="/y">互动交流</a></li></ul></div>
<div class="xxgk">{table}</div><h1>{title}</h1><div {where}>{body}</div>
<div class="footer">主办：云岭县人民政府办公室 网站地图 <a href="/z">联系我们</a> ICP备00000000号</div>
<script>var a="脚本";</script></body></html>"""
MARKUP = "".join(f"<p style='text-indent:2em'>&nbsp;&nbsp;<span>{line}</span></p>\n" for line in BODY)


def page(*, where: str = "class='TRS_Editor'", charset: str = "utf-8", table: str = TABLE, body: str = MARKUP) -> str:
    return PAGE.format(charset=charset, title=TITLE, where=where, table=table.format(title=TITLE), body=body)


@pytest.mark.parametrize(
    "where", ["class='TRS_Editor'", "id='zoom'", "class='con2 article-content x'", "class='unheard-of'"]
)
def test_the_article_comes_without_navigation(where: str) -> None:
    lines = paragraphs(read("html", page(where=where).encode(), "a.html").text.replace("\u00a0", ""))
    assert lines[0] == TITLE
    assert [line for line in lines if line in BODY] == list(BODY)
    assert not [line for line in lines if "互动交流" in line or "联系我们" in line or "脚本" in line]


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("gb2312", "gb18030"), ("gbk", "gbk"), ("utf-8", "gbk"), ("gb2312", "utf-8"), ("no-such", "utf-8")],
)
def test_pages_in_what_they_declare_or_not(charset: str, encoding: str) -> None:
    assert BODY[3] in read("html", page(charset=charset).encode(encoding), "a.html").text


def test_the_table_of_metadata_is_read() -> None:
    meta = read("html", page().encode(), "a.html").meta
    assert meta == {
        "title": TITLE,
        "index": "014-2023-0007",
        "publisher": "云岭县沙坡头乡人民政府",
        "issued": "2023-01-18",
        "url": "http://www.yunling.example/1.html",
    }


LISTED = "<ul><li><b>索引号</b>：014</li><li>成文日期：2022年12月30日</li><li><span>发布机构：</span><span>沙坡头乡</span></li></ul>"


def test_metadata_in_a_list_is_read_too() -> None:
    meta = read("html", page(table=LISTED).encode(), "a.html").meta
    assert (meta["index"], meta["issued"], meta["publisher"]) == ("014", "2022-12-30", "沙坡头乡")


def test_lines_of_the_source_do_not_break_sentences() -> None:
    body = "<p>全年开展\n  法治宣传\r\n20次。</p>" + MARKUP
    assert "全年开展法治宣传 20次。" in read("html", page(body=body).encode(), "a.html").text


FURNITURE = [
    "【打印】【关闭】",
    "字号：大 中 小",
    "分享到： 打印本页 关闭窗口",
    "发布时间：2023-01-18 来源：沙坡头乡 浏览次数：31",
    "上一篇：某某通知",
    "责任编辑：某某",
]


@pytest.mark.parametrize("line", FURNITURE)
def test_lines_that_the_page_adds_are_left_out(line: str) -> None:
    lines = read("html", page(body=f"<p>{line}</p>{MARKUP}<p>{line}</p>").encode(), "a.html").text.splitlines()
    assert [line.strip("\u00a0") for line in lines] == [TITLE, *BODY]


def test_words_of_the_report_that_look_like_them_stay() -> None:
    body = f"<p>大力开展宣传，小区打印店关闭3家，浏览次数达2万次的短视频20条，{'受到各村群众好评，' * 5}反响良好。</p>"
    assert "短视频20条" in read("html", page(body=body + MARKUP).encode(), "a.html").text


def test_breaks_and_tables_become_lines() -> None:
    body = f"{BODY[0]}<br>{BODY[1]}<br/>{BODY[2]}<table><tr><td>纠纷</td><td>86件</td></tr></table>{MARKUP}"
    lines = read("html", page(body=body).encode(), "a.html").text.splitlines()
    assert [BODY[0], BODY[1], BODY[2], "纠纷\t86件"] == lines[1:5]


def test_a_page_saved_as_one_file() -> None:
    message = EmailMessage()
    message["Snapshot-Content-Location"] = "http://www.yunling.example/2.html"
    message.make_related()
    part = EmailMessage()
    part.set_content(page(charset="gbk").encode("gbk"), "text", "html", cte="quoted-printable")
    message.attach(part)
    loaded = read("mhtml", message.as_bytes(), "a.mht")
    assert loaded.meta["url"] == "http://www.yunling.example/2.html"
    assert BODY[2] in loaded.text


# Markdown


def test_markdown_reads_without_its_marks() -> None:
    text = f"---\ntitle: x\n---\n# {TITLE}\n\n{BODY[0]}\n\n1. **学习**6次\n2. [调解](http://x)86件\n\n| 项目 | 数 |\n|--|--|\n| 纠纷 | 86 |\n"
    assert read("md", text.encode(), "a.md").text.splitlines() == [
        TITLE,
        BODY[0],
        "1. 学习6次",
        "2. 调解86件",
        "项目\t数",
        "纠纷\t86",
    ]


# PDF


def test_a_scan_is_named_as_one() -> None:
    writer = pypdf.PdfWriter()
    for _ in range(3):
        writer.add_blank_page(300, 400)
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(Refused) as refused:
        read("pdf", out.getvalue(), "a.pdf")
    assert (refused.value.reason, refused.value.detail) == ("scan", "3")


@pytest.mark.parametrize(("password", "reason"), [("secret", "encrypted"), ("", "scan")])
@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_a_pdf_is_locked_only_where_reading_wants_a_password(algorithm: str, password: str, reason: str) -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(300, 400)
    writer.encrypt(password, "owner", algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(Refused) as refused:
        read("pdf", out.getvalue(), "a.pdf")
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<</Root 9 0 R>>", b"%PDF-" + b"\0" * 999]
)
def test_a_damaged_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(Refused) as refused:
        read("pdf", data, "a.pdf")
    assert refused.value.reason == "broken"
