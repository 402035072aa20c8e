"""Web pages (.html, .mhtml): the article without its navigation, and what the page's table of metadata says."""

from __future__ import annotations

import email
import email.policy
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from extractors.dates import iso_date
from extractors.formats import Loaded, Refused
from extractors.formats.plain import MARKS
from extractors.residue import RESIDUE

Element = Any  # lxml has no types
CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
SAVED = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)")

# Where the content systems of government sites put the article, as XPath over ids and classes.
IDS = (
    *("zoom", "Zoom", "zoomcon", "UCAP-CONTENT", "vsb_content", "vsb_content_2", "ArticleContent", "BodyLabel"),
    *("js_content", "ivs_content", "info_content"),
)
CLASSES = (
    *("TRS_Editor", "trs_editor_view", "TRS_UEDITOR", "trs_paper_default", "view", "v_news_content", "xxgk_content"),
    *("article-content", "article_content", "Article_content", "news_content", "pages_content", "content-txt"),
    *("wzcon", "zwnr", "show-content", "art-con"),
)
ARTICLE = " | ".join(
    [f"//*[@id='{found}']" for found in IDS]
    + [f"//*[contains(concat(' ', normalize-space(@class), ' '), ' {found} ')]" for found in CLASSES]
)
BLOCKS = frozenset(
    (
        *("p", "div", "br", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "tr", "table"),
        *("thead", "tbody", "section", "article", "blockquote", "pre", "center", "form", "hr"),
    )
)
DROPPED = frozenset(
    ("script", "style", "noscript", "template", "svg", "iframe", "object", "select", "button", "textarea")
)
AROUND = frozenset(("nav", "header", "footer", "aside"))

_LABELS = {
    "index": "索引号 索引",
    "publisher": "发布机构 发文机关 发文机构 发布单位 公开机构 信息来源 文章来源 来源",
    "written": "成文日期 生成日期 发文日期",
    "issued": "发布日期 公开日期 发布时间 更新时间",
    "title": "标题 信息名称 名称",
    "number": "发文字号 文号",
}
LABELS: Mapping[str, str] = {label: key for key, labels in _LABELS.items() for label in labels.split()}
LABEL = re.compile("(" + "|".join(r"\s*".join(label) for label in LABELS) + r")\s*[】\]]?\s*[：:]?\s*(.*)$")
_METAS = {
    "title": "articletitle og:title",
    "issued": "pubdate publishdate article:published_time",
    "publisher": "contentsource",
    "url": "url og:url",
}
METAS: Mapping[str, str] = {name: key for key, names in _METAS.items() for name in names.split()}
HAN = "\u3000-\u303f\u4e00-\u9fff\uff00-\uffef"
WRAPPED = re.compile(rf"(?<=[{HAN}])[ \t]*\r?\n\s*(?=[{HAN}])")  # a line of the source broken within a sentence
FURNITURE = re.compile(  # short lines that the page adds to the article
    r"^(?:[【\[（(]?\s*(?:打\s*印(?:本页)?|关\s*闭(?:本页|窗口)?|我要纠错|返回顶部|分享(?:到.{0,12})?|收藏|大|中|小|字[号体])\s*[】\]）)]?[：:|\s]*)+$"
    r"|(?:浏览|阅读|点击)(?:次?数|量)[：:\s]*\d*|^责任编辑|^扫一扫|^[上下]一[篇条]|^当前位置|^您?(?:现在)?的?位置[：:]"
)
LEAST = 200  # characters of an article


def read(data: bytes, name: str) -> Loaded:
    """The article's text with its title first, a line for each paragraph; ``meta`` holds what the page tells of it."""
    del name
    url = ""
    if b"multipart/related" in data[:4096].replace(b"\0", b"").lower():
        data, url = _archived(data)
    page = decode(data)
    if "<pre" not in page.lower():
        page = WRAPPED.sub("", page)
    tree = _tree(page)
    meta = _meta(tree, page) | ({"url": url} if url.startswith("http") else {})
    text = "\n".join(line for line in _article(tree, page).splitlines() if not _furniture(line))
    title = meta.get("title", "")
    if title and _squeezed(title) not in _squeezed(text[:2000]):
        text = f"{title}\n{text}"
    return Loaded(text, meta)


def _furniture(line: str) -> bool:
    return len(line) < 60 and FURNITURE.search(line.strip()) is not None


def _archived(data: bytes) -> tuple[bytes, str]:
    """The page of an .mhtml with its address."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            body = part.get_payload(decode=True)
            charset = part.get_content_charset()
            if isinstance(body, bytes):
                mark = f'<meta charset="{charset}">'.encode() if charset and not CHARSET.search(body[:4096]) else b""
                return mark + body, str(message.get("Snapshot-Content-Location") or part.get("Content-Location") or "")
    raise Refused("broken", "text/html")


def decode(data: bytes) -> str:
    """The page's text by its mark, else by the charset it declares where that fits, else UTF-8 or GB18030."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    declared = CHARSET.search(data[:4096])
    stated = declared[1].decode("ascii").lower() if declared else "utf-8"
    stated = "gb18030" if stated in ("gb2312", "gbk", "gb_2312-80", "x-gbk") else stated
    for encoding in dict.fromkeys((stated, "utf-8", "gb18030")):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    fallbacks = [data.decode(encoding, "replace") for encoding in ("utf-8", "gb18030")]
    return min(fallbacks, key=lambda text: text.count("\ufffd"))


def _tree(page: str) -> Element:
    from lxml import html

    try:
        return html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", page.replace("\0", "")))
    except Exception as error:  # lxml raises ParserError, ValueError and others
        raise Refused("broken", type(error).__name__) from None


def _article(tree: Element, page: str) -> str:
    """The text of the article: where content systems put it, else as trafilatura finds it, else all of the page."""
    known = [text(found) for found in tree.xpath(ARTICLE)]
    best = max(known, key=len, default="")
    whole = text(tree.find("body") if tree.find("body") is not None else tree)
    if _by_word(page):
        return whole
    if _enough(best, whole):
        return best
    found = _trafilatura(tree)
    return found if _enough(found, whole) else whole


def _enough(article: str, whole: str) -> bool:
    """Whether what was found is likely the article, and not a caption of it."""
    return len(article) >= LEAST or len(article) * 2 > len(whole)


def _by_word(page: str) -> bool:
    """Whether Word or WPS wrote the page, which then holds nothing but the document."""
    head = page[:4096]
    return "urn:schemas-microsoft-com:office:word" in head or "Microsoft Word" in head or "LibreOffice" in head


def _trafilatura(tree: Element) -> str:
    """The article by trafilatura, told apart first from the page's table of metadata."""
    import trafilatura  # slow to import

    for item in tree.xpath("//table | //ul | //dl | //div"):
        words = "".join(item.text_content().split())
        if len(words) < 600 and sum(label in words for label in ("索引号", "发布机构", "成文日期", "发布日期")) > 1:
            item.drop_tree()
    found = trafilatura.extract(tree, favor_recall=True, include_comments=False, include_tables=True) or ""
    return "\n".join(
        re.sub(r"\s*\|\s*", "\t", line.strip("| ")) if "|" in line else line for line in found.splitlines()
    )


def text(root: Element) -> str:
    """An element's text, a line for each block and each row of a table."""
    lines = (re.sub(r"[ \t\n\r\f]+", " ", line).strip() for line in "".join(_pieces(root)).split("\x00"))
    return re.sub(
        r"\n{2,}", "\n", "\n".join(line.replace(" \x01 ", "\t").replace("\x01", "\t") for line in lines)
    ).strip()


def _pieces(item: Element, *, kept: bool = False) -> Iterator[str]:
    """Text in order, NUL where a line ends, \\x01 between cells; ``kept`` where the source's own lines count."""
    tag = item.tag if isinstance(item.tag, str) else ""
    if tag in DROPPED or tag in AROUND or not tag or "display:none" in item.get("style", "").replace(" ", ""):
        return
    kept = kept or tag == "pre"
    if tag in BLOCKS:
        yield "\x00"
    yield _lined(item.text, kept)
    for child in item:
        if child.tag in ("td", "th") and child.getprevious() is not None:
            yield "\x01"
        yield from _pieces(child, kept=kept)
        yield _lined(child.tail, kept)
    if tag in BLOCKS:
        yield "\x00"


def _lined(words: str | None, kept: bool) -> str:
    return (words or "").replace("\n", "\x00") if kept else words or ""


def _meta(tree: Element, page: str) -> dict[str, str]:
    """What the page tells of the report: its head first, then its table of metadata, which goes before."""
    meta = dict(_head(tree))
    meta |= dict(_table(tree))
    dates = {key: iso_date(meta.pop(key, "")) for key in ("written", "issued")}
    saved = SAVED.search(page[:2048])
    url = meta.pop("url", "") or (saved[1] if saved else "")
    meta |= {"issued": dates["issued"] or dates["written"], "url": url if url.startswith("http") else ""}
    return {key: value for key, value in meta.items() if value}


def _head(tree: Element) -> Iterator[tuple[str, str]]:
    if title := _title(tree):
        yield "title", title
    for link in tree.xpath("//link[@rel='canonical']/@href")[:1]:
        yield "url", str(link)
    for mark in tree.xpath("//meta[@content]"):
        key = METAS.get((mark.get("name") or mark.get("property") or "").lower())
        if key and mark.get("content").strip():
            yield key, mark.get("content").strip()


def _title(tree: Element) -> str:
    """The page's title: the heading that its <title> repeats, else that without the site's name, else a heading."""
    whole = next((_words(found) for found in tree.xpath("//title")), "")
    headings = [_words(found) for found in tree.xpath("//h1 | //h2") if len(_words(found)) > 5]
    repeated = [heading for heading in headings if _squeezed(heading) in _squeezed(whole)]
    first = re.split(r"[_|]|\s[-–—]\s", RESIDUE.sub("", whole))[0].strip()
    return next(iter(repeated), "") or first or next(iter(headings), "")


def _words(item: Element) -> str:
    return " ".join(item.text_content().split())


def _table(tree: Element) -> Iterator[tuple[str, str]]:
    """Labels of government pages with what stands after them, in the same element or the next."""
    for item in tree.iter("td", "th", "li", "span", "p", "dt", "div", "label", "b", "strong"):
        words = unicodedata.normalize(
            "NFKC", " ".join((item.text_content() if len(item) < 4 else item.text or "").split())
        )
        if len(words) > 120 or not (found := LABEL.match(words.strip("【[ "))):
            continue
        value = found[2].strip() or _beside(item).lstrip("：: ")
        colon = re.match(r"[^：:]{0,12}[：:]", words) is not None
        if value and (colon or not found[2]) and not LABEL.match(value):
            yield LABELS["".join(found[1].split())], value[:200]


def _beside(item: Element) -> str:
    """The text of the element after, or after the one around where this is alone in it; "" where it is long."""
    if (item.tail or "").strip():
        return " ".join(item.tail.split())
    beside = item.getnext()
    if beside is None and item.getparent() is not None and len(item.getparent()) == 1:
        beside = item.getparent().getnext()
    words = "" if beside is None or not isinstance(beside.tag, str) else " ".join(beside.text_content().split())
    return words if len(words) <= 200 else ""


def _squeezed(words: str) -> str:
    return "".join(words.split())
