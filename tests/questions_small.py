"""A small corpus for the named questions: three townships, four reports, told fact by fact."""

from __future__ import annotations

from typing import NamedTuple

from pyoxigraph import Quad, Store

from extractors.shapes import (
    Activity,
    Document,
    Facts,
    Instrument,
    Measure,
    Participation,
    Person,
    Place,
    Quantity,
    Report,
    Section,
)
from graph import rdf, schemes
from graph.audit.finding import finding, identified


class Line(NamedTuple):
    """A clause and all that it says: activities' types, actors (type, label, role), figures, and the rest."""

    text: str
    status: str = "done"
    types: tuple[str, ...] = ()
    actors: tuple[tuple[str, str, str], ...] = ()
    figures: tuple[tuple[str, float, str, str], ...] = ()  # indicator, value, unit, bound
    occasions: tuple[str, ...] = ()
    laws: tuple[tuple[str, str], ...] = ()  # relation, title
    people: tuple[tuple[str, str], ...] = ()  # name, office


IN, TO = "participates", "targets"
HEADINGS = {"done": "一、主要工作", "deficient": "二、存在不足", "planned": "三、下一步打算"}

REPORTS = {
    ("青禾镇2022.txt", "青禾镇", "镇", "临溪县", 2022): (
        Line("镇党委召开专题会议3次", types=("work-meeting",), actors=(("party-committee", "镇党委", IN),),
             figures=(("work-meetings", 3, "次", "exact"),)),
        Line("在国家宪法日，司法所联合派出所向群众开展普法宣传20余次，覆盖12个村", types=("legal-publicity",),
             actors=(("justice-office", "司法所", IN), ("police-station", "派出所", IN), ("resident", "群众", TO)),
             figures=(("publicity-events", 20, "次", "over"), ("publicity-coverage", 12, "个", "exact")),
             occasions=("constitution-day",)),
        Line("调委会受理纠纷40件，化解38件，调解成功率98%", types=("mediation",),
             actors=(("mediation-committee", "调委会", IN),),
             figures=(("disputes-accepted", 40, "件", "exact"), ("disputes-resolved", 38, "件", "exact"),
                      ("mediation-success-rate", 98, "%", "exact"))),
        Line("制定《青禾镇普法方案》", types=("planning",), laws=(("issued", "青禾镇普法方案"),)),
        Line("镇长唐砚平带头学习《民法典》", types=("leaders-study",), actors=(("government", "镇长", IN),),
             laws=(("cited", "民法典"),), people=(("唐砚平", "镇长"),)),
        Line("普法宣传形式单一", "deficient", ("legal-publicity",)),
        Line("计划举办法治讲座6场", "planned", ("legal-publicity",), figures=(("legal-lectures", 6, "场", "exact"),)),
        Line("计划培训执法人员", "planned", ("staff-training",)),
    ),
    ("青禾镇2023.txt", "青禾镇", "镇", "临溪县", 2023): (
        Line("司法所到学校举办法治讲座6场", types=("campus-publicity",),
             actors=(("justice-office", "司法所", IN), ("student", "学生", TO)),
             figures=(("legal-lectures", 6, "场", "exact"),)),
        Line("开展普法宣传24次，覆盖12个村", types=("legal-publicity",),
             figures=(("publicity-events", 24, "次", "exact"), ("publicity-coverage", 12, "个", "exact"))),
        Line("调委会受理纠纷52件，化解50件", types=("mediation",), actors=(("mediation-committee", "调委会", IN),),
             figures=(("disputes-accepted", 52, "件", "exact"), ("disputes-resolved", 50, "件", "exact"))),
        Line("普法宣传针对性不强", "deficient", ("legal-publicity",)),
        Line("网格员能力不足", "deficient", ("grid-governance",), (("grid-worker", "网格员", IN),)),
    ),
    ("横柳乡2023.txt", "横柳乡", "乡", "临溪县", 2023): (
        Line("组织干部学习《民法典》和《行政处罚法》", types=("staff-training",), actors=(("staff", "干部", TO),),
             laws=(("cited", "民法典"), ("cited", "行政处罚法"))),
        Line("领导接访约60人次，办结信访25件，办结率100%", types=("petition-handling",),
             actors=(("leadership", "领导", IN),),
             figures=(("reception-visits", 60, "人次", "about"), ("petitions-resolved", 25, "件", "exact"),
                      ("petition-resolution-rate", 100, "%", "exact"))),
        Line("开展普法宣传10次", types=("legal-publicity",), figures=(("publicity-events", 10, "次", "exact"),)),
        Line("受理纠纷10件", types=("mediation",), figures=(("disputes-accepted", 10, "件", "exact"),)),
        Line("普法宣传覆盖面窄", "deficient", ("legal-publicity",)),
    ),
    ("石口街道2023.txt", "石口街道", "街道", "望川县", 2023): (
        Line("县司法局指导司法所开展普法宣传30次，挂横幅5幅，慰问老党员7名", types=("legal-publicity",),
             actors=(("superior", "县司法局", IN), ("justice-office", "司法所", IN)),
             figures=(("publicity-events", 30, "次", "exact"), ("publicity-banners", 5, "幅", "exact"),
                      ("other", 7, "名", "exact"))),
        Line("执法队检查56次，整改隐患130处", types=("special-inspection",),
             actors=(("enforcement-team", "执法队", IN), ("enterprise", "企业", TO)),
             figures=(("inspections", 56, "次", "exact"), ("hazards-fixed", 130, "处", "exact"))),
        Line("计划建法律服务站不少于2个", "planned", ("public-legal-service",),
             figures=(("service-points", 2, "个", "over"),)),
    ),
}  # fmt: skip


def facts(key: tuple[str, str, str, str, int], lines: tuple[Line, ...]) -> Facts:
    """Set one report: its lines under a heading for each status, every fact at its place."""
    name, township, division, county, year = key
    made: dict[str, list[object]] = {
        kind: [] for kind in ("activities", "measures", "participations", "people", "laws")
    }
    text, sections = f"{township}{year}年报告\n", []
    for number, (status, heading) in enumerate(HEADINGS.items()):
        begin = len(text)
        text += heading + "\n"
        for line in (line for line in lines if line.status == status):
            _set(line, len(text), number, made)
            text += line.text + "。\n"
        sections.append(Section((heading,), begin, len(text), status))
    report = Report(name, f"{township}{year}年报告", township, division, year, (Place(county, 0, 0),))
    found = {kind: tuple(values) for kind, values in made.items()}
    instruments = found.pop("laws")
    return Facts(
        document=Document(name, text),
        report=report,
        sections=tuple(sections),
        instruments=instruments,
        unread=(),
        **found,
    )  # type: ignore[arg-type]


def _set(line: Line, at: int, section: int, made: dict[str, list[object]]) -> None:
    first, end = len(made["activities"]), at + len(line.text)
    for type_ in line.types:
        made["activities"].append(Activity(type_, line.status, at, end, section, "told", line.occasions))
    for indicator, value, unit, bound in line.figures:
        start = at + line.text.index(f"{value:g}")
        quantity = Quantity(start, start + len(f"{value:g}"), float(value), unit, bound)
        activity = first if line.types else None
        made["measures"].append(Measure(indicator, quantity, line.status, at, end, section, "told", activity))
    for kind, label, role in line.actors:
        made["participations"].append(Participation(kind, label, role, first, at, end, section, "told"))
    for name, office in line.people:
        start = at + line.text.index(name)
        made["people"].append(Person(name, office, start, start + len(name), section))
    for relation, title in line.laws:
        start = at + line.text.index(title)
        made["laws"].append(Instrument(title, relation, start, start + len(title), section))


def store() -> Store:
    """The corpus in a store, each report in its graph."""
    made = Store()
    made.extend(rdf.quads(schemes.rows(), rdf.VOCABULARY))
    for key, lines in REPORTS.items():
        read = facts(key, lines)
        slips = []
        if key[0] == "青禾镇2022.txt":
            start = read.document.text.index("98%")
            slips = identified(
                [finding("rate-mismatch", "typo", (start, start + 3), wrong="98%", right="95%")],
                key[0],
                read.document.text,
            )
        said = rdf.statements(read, slips)
        made.extend(Quad(*row, rdf.SHARED) for row in said.shared)
        made.extend(Quad(*row, said.graph) for row in said.own)
    return made
