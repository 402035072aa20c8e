"""A made corpus with known patterns, and the same corpus shuffled so that none is left.

Reports are made as facts with their words, so that what is tested is the analysis and not the reading. Everything is
drawn from a seed.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import pyoxigraph as ox

from extractors.shapes import Activity, Document, Facts, Measure, Participation, Place, Quantity, Report
from graph.analysis.ground import Ground
from graph.rdf import SHARED, VOCABULARY, quads, statements
from graph.schemes import rows

COUNTY = "临溪县"
FIRST, SECOND = "青白红黄石柳桃松柏云龙凤", "山河湖泉溪沟"

COMMON = (
    "legal-publicity", "mediation", "work-meeting", "leaders-study", "staff-training", "administrative-enforcement",
    "information-disclosure", "supervision", "petition-handling", "major-decision", "government-service",
    "dispute-screening", "responsibility", "planning",
)  # fmt: skip
EASTERN = (
    "campus-publicity", "media-publicity", "legal-exam", "legal-guide-training", "demonstration", "self-governance",
    "community-correction", "grid-governance",
)  # fmt: skip
WESTERN = (
    "special-inspection", "emergency-management", "public-security", "administrative-licensing", "enterprise-service",
    "function-reform", "reconsideration-litigation", "funding",
)  # fmt: skip
PRACTICE = "legal-counsel"

#: Indicator → its middle and its unit.
INDICATORS = {
    "publicity-events": (24, "场次"), "publicity-materials": (4000, "份"), "disputes-resolved": (90, "件"),
    "petitions-resolved": (30, "件"), "staff-study-sessions": (9, "次"), "inspections": (160, "次"),
    "legal-guides": (70, "人"), "disclosure-items": (300, "条"),
}  # fmt: skip
#: Words of two characters, one after the other.
PAIRS = (
    "河堤集市茶场林区渡口晒场祠堂鱼塘果园车站校舍粮仓水渠苗圃砖窑码头牧点桥头山口街心药圃磨坊菜棚竹园"
    "春耕夏汛秋收冬修开学赶集庙会农闲雨季节前年初月末上旬下旬清早傍晚干部村民商户学生老人青年车主船工"
    "走访座谈登记核对讲解巡查汇总公布复核记录回访轮值值守协商劝导评议张贴播报演练培训清理修订约谈通报"
)
WORDS = tuple(PAIRS[at : at + 2] for at in range(0, len(PAIRS), 2))


class Said(NamedTuple):
    """A sentence of a made report: its words, what it tells, its figure (indicator, value, unit, bound)."""

    words: str
    type: str
    status: str = "done"
    figure: tuple[str, float, str, str] | None = None
    actors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paper:
    """A made report."""

    township: str
    year: int
    said: tuple[Said, ...]

    @property
    def name(self) -> str:
        return f"{self.township}{self.year}.txt"

    def facts(self) -> Facts:
        """What a reader would read out of it."""
        text, acts, measures, parts = "", [], [], []
        for at, one in enumerate(self.said):
            start = len(text)
            text += one.words + "。\n"
            end = start + len(one.words)
            acts.append(Activity(one.type, one.status, start, end, 0, "made"))
            if one.figure:
                indicator, value, unit, bound = one.figure
                quantity = Quantity(end - 2, end, value, unit, bound)
                measures.append(Measure(indicator, quantity, one.status, start, end, 0, "made", at))
            parts += [Participation(kind, kind, "participates", at, start, end, 0, "made") for kind in one.actors]
        report = Report(self.name, self.name, self.township, "镇", self.year, (Place(COUNTY, 0, 0),))
        document = Document(self.name, text, {"township": self.township, "county": COUNTY, "year": str(self.year)})
        return Facts(document, report, (), tuple(acts), tuple(measures), tuple(parts), (), (), ())


@dataclass(frozen=True)
class Corpus:
    """Made reports, and what was planted in them."""

    papers: tuple[Paper, ...]
    communities: tuple[frozenset[str], ...] = ()
    outlier: str = ""
    lacking: str = ""
    copied: frozenset[str] = frozenset()
    promising: str = ""


def ground(corpus: Corpus) -> Ground:
    """The ground of a made corpus."""
    store, texts = ox.Store(), {}
    store.extend(quads(rows(), VOCABULARY))
    for paper in corpus.papers:
        facts = paper.facts()
        said = statements(facts)
        store.extend([*quads(said.shared, SHARED), *quads(said.own, said.graph)])
        texts[said.graph.value] = facts.document.text
    return Ground(store, texts.get)


def sentence(chance: random.Random, township: str, figure: str = "") -> str:
    """Words of our own that no other report has."""
    return township + "".join(chance.sample(WORDS, 9)) + figure


def planted(seed: int = 1, *, townships: int = 24) -> Corpus:
    """Two communities, one outlier, one missing practice, three kept and two broken promises, one copied report."""
    chance = random.Random(seed)
    names = [f"{first}{second}镇" for second in SECOND for first in FIRST][:townships]
    half = townships // 2
    outlier, lacking, promising, copier, original = (
        names[1],
        names[half + 2],
        names[2],
        names[half - 1],
        names[half - 2],
    )
    papers = []
    for at, name in enumerate(names):
        said = _done(chance, name, *((EASTERN, WESTERN) if at < half else (WESTERN, EASTERN)))
        said += [] if name == lacking else [Said(sentence(chance, name), PRACTICE)]
        said += _figures(chance, name, {"publicity-events": 2600} if name == outlier else {})
        chance.shuffle(said)
        papers.append(Paper(name, 2023, tuple(said)))
    by_name = {paper.township: paper for paper in papers}
    by_name[copier] = _copied(chance, by_name[original], by_name[copier])
    early, late = promised(chance, by_name[promising])
    by_name[promising] = late
    groups = (frozenset(names[:half]), frozenset(names[half:]))
    return Corpus((early, *by_name.values()), groups, outlier, lacking, frozenset((copier, original)), promising)


def _done(chance: random.Random, name: str, own: Sequence[str], others: Sequence[str]) -> list[Said]:
    """What a township does: something of what all do, most of what its community does, little of the other's."""
    length = chance.uniform(0.85, 1.15)
    likely = [*((type_, 0.5) for type_ in COMMON), *((one, 0.85) for one in own), *((one, 0.12) for one in others)]
    chosen = [type_ for type_, share in likely if chance.random() < share * length]
    twice = [type_ for type_ in chosen if chance.random() < 0.2]
    return [Said(sentence(chance, name), type_) for type_ in (*chosen, *twice)]


def _figures(chance: random.Random, name: str, planted: dict[str, float]) -> list[Said]:
    found = []
    for indicator, (middle, unit) in INDICATORS.items():
        if indicator in planted or chance.random() < 0.8:
            value = planted.get(indicator) or float(max(1, round(chance.lognormvariate(0, 0.5) * middle)))
            bound = "over" if indicator not in planted and chance.random() < 0.2 else "exact"
            figure = (indicator, value, unit, bound)
            found.append(Said(sentence(chance, name, f"{value:g}{unit}"), "legal-publicity", "done", figure))
    return found


def _copied(chance: random.Random, original: Paper, copier: Paper) -> Paper:
    """The copier's report with three fifths of its sentences in the original's words, under its own name."""
    said = list(copier.said)
    own, theirs = ([at for at, one in enumerate(paper.said) if not one.figure] for paper in (copier, original))
    size = min(len(said), len(original.said)) * 3 // 5
    size = min(size, len(own), len(theirs))
    for at, source in zip(chance.sample(own, size), chance.sample(theirs, size), strict=True):
        words = original.said[source].words.replace(original.township, copier.township)
        said[at] = said[at]._replace(words=words)
    return replace(copier, said=tuple(said))


#: What a township planned, and (for what it kept) how the next year's report tells of it.
PROMISES = (
    ("legal-publicity", "下一步在渔村码头建一处船工普法驿站", "在渔村码头建成船工普法驿站，船工出海前可以先学法"),
    ("mediation", "明年为茶山界线纠纷组建老茶农调解小组", "组建老茶农调解小组，茶山界线纠纷有人管"),
    ("staff-training", "计划组织骑马巡山队员轮训宪法课程", "骑马巡山队员轮训宪法课程已经全部结束"),
    ("government-service", "拟在河滩牧点增设夜间马背服务窗口", ""),
    ("supervision", "将聘请退休船长担任特邀监督员", ""),
)


def promised(chance: random.Random, paper: Paper) -> tuple[Paper, Paper]:
    """The report of the year before with five plans, and the report itself with the deeds of three."""
    plans = tuple(Said(plan, type_, "planned") for type_, plan, _ in PROMISES)
    deeds = tuple(Said(deed, type_) for type_, _, deed in PROMISES if deed)
    before = _done(chance, paper.township, EASTERN, WESTERN)
    early = Paper(paper.township, paper.year - 1, (*before, *plans))
    return early, replace(paper, said=(*paper.said, *deeds))


def shuffled(corpus: Corpus, seed: int) -> Corpus:
    """Deal the sentences of the latest reports out anew, and draw every figure anew around its indicator's middle.

    Each report keeps its number of sentences. (A figure far from all others would be so in any report; so figures are
    drawn, not dealt. Nor does a township get its own deeds back that it had planned.)
    """
    chance = random.Random(seed)
    latest = [paper for paper in corpus.papers if paper.year == 2023]
    latest.sort(key=lambda paper: paper.township != corpus.promising)
    dealt = [said for paper in latest for said in paper.said if not said.figure]
    chance.shuffle(dealt)
    kept = {deed for _, _, deed in PROMISES}
    dealt.sort(key=lambda said: said.words in kept)
    papers = [paper for paper in corpus.papers if paper.year != 2023]
    for paper in latest:
        size = sum(not said.figure for said in paper.said)
        own, dealt = dealt[:size], dealt[size:]
        chance.shuffle(dealt)
        papers.append(replace(paper, said=(*own, *_figures(chance, paper.township, {}))))
    return Corpus(tuple(papers))


def exactly(corpus: Corpus) -> dict[str, bool]:
    """Whether each question names exactly what was planted in a corpus."""
    from graph.analysis.questions import answers

    made = ground(corpus)
    found = {one.name: one.sure for one in answers(made)}
    name = {iri: row.name for iri, row in made.about.townships.items()}
    home = {iri: name[row.township] for iri, row in made.about.reports.items()}
    groups = {frozenset(name[iri] for iri in row.townships) for row in found["communities"]}
    kinds = [{f"activity/{type_}" for type_ in types} for types in (EASTERN, WESTERN)]
    verdicts = [row.verdict for row in found["promises"]]
    return {
        "alike": all(any({name[row.one], name[row.other]} <= group for group in groups) for row in found["alike"]),
        "together": all(any({row.one, row.other} <= kind for kind in kinds) for row in found["together"]),
        "communities": groups == set(corpus.communities),
        "circles": not found["circles"],
        "outliers": [name[row.township] for row in found["outliers"]] == [corpus.outlier],
        "gaps": [(name[row.township], row.activity) for row in found["gaps"]]
        == [(corpus.lacking, f"activity/{PRACTICE}")],
        "promises": verdicts == ["kept"] * 3 + ["unfound"] * 2,
        "copies": [frozenset((home[row.one], home[row.other])) for row in found["copies"]] == [corpus.copied],
    }
