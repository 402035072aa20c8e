"""``repeated-text``: a passage of thirty characters or more that stands in one report twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from graph.audit.finding import Finding, Span, finding
from graph.audit.paper import Paper

LEAST = 30
_SEED = 10  # characters that must stand twice before a passage is looked at
_LONG, _OF_ITS_OWN = 45, 20  # a long passage may hold more of what everybody says
_GAP = 8  # characters that may differ between two pieces of one passage
_LONGEST_PASSAGE = 110
#: What everybody must say: thoughts, meetings, titles, duties. These characters make no passage.
_FORMULA = re.compile(
    r"《[^》\n]{2,60}》|坚?持?以?习近平新时代中国特色社会主义思想(?:为指导)?|(?:深入)?(?:学习)?(?:宣传)?(?:贯彻)?(?:落实)?习近平(?:总书记[^，。；]{0,24}|法治思想)(?:为指导|为指引)?"
    r"|(?:全面|深入|认真)*(?:学习)?(?:宣传)?(?:贯彻)?(?:落实)?党的[^，。；]{2,30}(?:全会|大会)?精神|党政主要负责人(?:切实)?(?:履行)?推进法治建设第一责任人职责(?:规定)?"
    r"|在[^，。]{2,24}(?:坚强|正确)领导下|“[^“\n]{2,20}[日周月节]“|“[^“\n]{2,20}“(?:国家|国际|全国|全民)[\u4e00-\u9fff]{0,8}[日周月]"
)


class Repeat(NamedTuple):
    """A passage twice: the first place, the second, and how many characters agree."""

    first: Span
    second: Span
    same: int


def repeated_texts(paper: Paper, *, least: float = LEAST) -> Iterator[Finding]:
    """Find the passages that are said twice."""
    letters, places = _letters(paper)
    for repeat in repeats(letters, least):
        own = "".join(letters[slice(*repeat.second)])
        words = len(_FORMULA.sub("", own))
        if words < least and (len(own) < _LONG or words < _OF_ITS_OWN):
            continue
        first, second = _placed(paper, places, repeat.first), _placed(paper, places, repeat.second)
        pieces = _pieces(paper, second)
        yield finding(
            "repeated-text",
            "repeat",
            pieces[0],
            *pieces[1:],
            *_pieces(paper, first),
            length=repeat.same,
            words=own[:14],
        )


def _letters(paper: Paper) -> tuple[str, list[int]]:
    """The running text without white space, headings and the title, with the offset of each character."""
    out: list[str] = []
    places: list[int] = []
    for block in paper.outline.blocks:
        for at in range(block.start, block.end):
            if not paper.plain[at].isspace():
                out.append(paper.plain[at])
                places.append(at)
        out.append("\n")
        places.append(block.end)
    return "".join(out), places


def repeats(text: str, least: float = LEAST) -> list[Repeat]:
    """The passages of ``least`` characters or more that stand twice, small differences allowed.

    >>> passage = "把法治建设成效列入对各站所各村的年度考评推动形成上下联动左右协同的格局"
    >>> repeats("一" + passage + "二" + passage)
    [Repeat(first=(1, 36), second=(37, 72), same=35)]
    """
    seen: dict[str, int] = {}
    runs: list[Repeat] = []
    at = 0
    while at + _SEED <= len(text):
        seed = text[at : at + _SEED]
        first = seen.get(seed)
        if first is None or first + _SEED > at or "\n" in seed:
            seen.setdefault(seed, at)
            at += 1
            continue
        length = _common(text, first, at)
        runs.append(Repeat((first, first + length), (at, at + length), length))
        for inner in range(at, at + length - _SEED + 1):
            seen.setdefault(text[inner : inner + _SEED], inner)
        at += length - _SEED + 1
    return [run for run in _joined(runs) if run.same >= least]


def _common(text: str, first: int, second: int) -> int:
    length = 0
    while (
        second + length < len(text)
        and first + length < second
        and text[first + length] == text[second + length] != "\n"
    ):
        length += 1
    return length


def _joined(runs: Sequence[Repeat]) -> list[Repeat]:
    """Runs that follow each other in both places with a few characters between them become one."""
    done: list[Repeat] = []
    for run in runs:
        last = done[-1] if done else None
        if last and 0 <= run.second[0] - last.second[1] <= _GAP and 0 <= run.first[0] - last.first[1] <= _GAP:
            done[-1] = Repeat((last.first[0], run.first[1]), (last.second[0], run.second[1]), last.same + run.same)
        else:
            done.append(run)
    return done


def _placed(paper: Paper, places: Sequence[int], span: Span) -> Span:
    start, end = places[span[0]], places[span[1] - 1] + 1
    while start < end and paper.plain[start] in "，。；、：":
        start += 1
    return start, end


def _pieces(paper: Paper, span: Span) -> list[Span]:
    """A passage cut at commas into pieces short enough to be read at a glance."""
    pieces: list[Span] = []
    start = span[0]
    while span[1] - start > _LONGEST_PASSAGE:
        cut = max(paper.plain.rfind(mark, start + 20, start + _LONGEST_PASSAGE) for mark in "，。；、")
        cut = cut + 1 if cut > 0 else start + _LONGEST_PASSAGE
        pieces.append((start, cut))
        start = cut
    return [*pieces, (start, span[1])]
