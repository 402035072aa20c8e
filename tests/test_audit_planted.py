"""Slips planted into clean reports, in many manners: at least nine in ten of each kind are found, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from extractors.reader import Reader
from extractors.sections import lines
from extractors.shapes import Document
from graph.audit.auditor import Auditor
from graph.audit.finding import Finding
from ontology.vocabulary import load_vocabulary

CORPUS = Path(__file__).parent / "corpus"
CLEAN = (
    "a/texts/changxinongyeju-2021", "a/texts/jinkuiba-2025", "a/texts/tinglanlu-2024", "a/texts/tuokayisu-2023",
    "b/texts/luoweigang-2025", "b/texts/mangga-2022", "b/texts/tiaojing-2023", "b/texts/tongzilin-2024",
)  # fmt: skip
HARMLESS = {"numbering", "residue"}

RATES = """
全年受理信访事项57件，办结54件，办结率97.4%。
今年以来，共排查矛盾纠纷213起，成功化解205起，化解成功率达到98.6%。
组织执法人员32人参加资格考试，30人通过，通过率96.9%。
全年开展食品安全抽检150批次，合格141批次，合格率96%。
行政处罚案件共立案45件，结案40件，结案率95.6%。
全年接到12345热线工单820件，办结790件，办结率98.3%。
检查企业96家，发现隐患137处，已整改125处，整改率95%。
镇村两级调委会共调解纠纷一百二十件，调解成功一百一十一件，成功率百分之九十六。
现有执法人员25名，其中持证22名，持证率92%。
会议应到60人，实到52人，到会率91.7%。
人大代表提出建议16件，已答复14件，答复率100%。
排查出各类风险点80个，已整改销号70个，整改率达95%以上。
全镇21个村中有18个村建成法律服务室，覆盖率达90%。
全年调解成功152件，占受理总数156件的98.4%。
参加考试45人，43人合格，合格率98%。
涉企检查由240次下降到180次，降幅35%。
共审核合同66份，提出意见40条，采纳33条，采纳率90%。
""".strip().splitlines()
SUMS = """
全年办理案件68件，其中治安案件31件、民事纠纷22件、其他18件。
共清理规范性文件37件，其中废止9件、修改6件、继续有效21件。
全年接待群众来访146批次，其中初访98批次、重访41批次。
现有人民调解员52名，其中专职12名、兼职43名。
全年开展普法宣传活动48场次，其中进校园12场次、进企业9场次、进村组24场次、其他5场次。
作出行政处罚决定29件，其中一般程序11件、简易程序20件。
排查隐患95处，其中当场整改60处、限期整改32处。
全年化解纠纷110件（婚姻家庭42件、邻里纠纷33件、其他37件）。
受理法律援助申请21件，其中农民工讨薪9件、婚姻家庭7件、交通事故4件、工伤3件。
全年召开专题会议9次，其中党委会4次、政府常务会3次、其他会议3次。
拨付普法经费12.5万元，其中宣传品制作5.2万元、法律顾问服务4.1万元、其他2.6万元。
开展法治讲座6场、集中宣传11场、送法进村8场，共计27场。
共受理调解申请88件，调解成功79件，其余11件引导走诉讼途径。
排查的93件矛盾纠纷中，土地纠纷58件、宅基纠纷21件、其他12件。
排查纠纷93起，其中土地58件、宅基21件、其他12件。
全年出动执法人员86人次，其中联合执法51人次、日常巡查37人次。
行政复议案件7件，其中维持5件、撤销1件、终止2件。
""".strip().splitlines()
CONFLICTS = """
全镇19个行政村均建立了调委会。|全镇21个行政村全部修订村规民约。
全乡辖13个村，网格划分实现全覆盖。|13个村中有14个村全部配备法律顾问，全乡14个村实现全覆盖。
现有人民调解员47名，实行以案定补。|全镇现有人民调解员41名，调解力量不足。
全年办理行政处罚案件86件。|84件行政处罚案件中，简易程序占比较高。
全年排查矛盾纠纷265件。|全年共排查矛盾纠纷256件，基层压力较大。
辖区共有11个社区，全部设立法律服务室。|全街道12个社区均建立议事协商机制。
全镇现有法律明白人138名。|现有法律明白人183名，作用发挥不够。
严格落实“三重一大”集体决策制度。|个别事项执行“四重一大”制度不严。
与16个村签订目标责任书16份。|指导18个村修订村规民约，16个村全部上墙公示。
全年受理信访案件73件，全部办结。|75件信访案件中，重复访占比较高。
划分网格64个，实现全覆盖。|全镇划分网格46个，网格力量不足。
现有持证执法人员18人。|16名持证执法人员中法律专业仅3人。
承接赋权事项77项。|79项赋权事项承接不到位，人手不足。
全镇12个村均有法律顾问。|13个村级公共法律服务室作用发挥不够。
全面推行“四议两公开”工作法。|个别村“四议三公开”流于形式。
""".strip().splitlines()
YEARS_PLANNED = """
确保{year}年法治政府建设各项任务落到实处。
争取在{year}年底前完成执法人员全员持证。
制定{year}年法治政府建设工作要点，细化任务分工。
力争到{year}年底建成法治文化广场2处。
{year}年，将继续加大普法力度。
计划于{year}年举办执法培训3期。
做好{year}年普法责任清单的编制。
实现{year}年矛盾纠纷化解率稳步提升。
将在{year}年新建法律服务室3个。
""".strip().splitlines()
PLACES = """
为建设平安柳甸岗镇打下坚实基础。
为推动法治隆岗建设营造浓厚氛围。
把依法行政作为岩寨坪镇开展各项工作的首要前提。
全力优化石磨沟镇法治化营商环境。
为泉眼岭乡经济社会高质量发展提供法治保障。
推动红柳滩乡依法治理工作再上新台阶。
岩寨坪镇党委、政府高度重视法治建设。
制定《石磨沟镇2023年法治政府建设工作要点》。
努力建设更高水平的法治泉眼岭乡。
提升红柳滩乡干部依法办事能力。
为谱写平安隆岗新篇章贡献力量。
结合柳甸岗镇实际，细化工作措施。
""".strip().splitlines()
TYPOS = """
对重点工作早布署、早安排。
进一步规范执法程续，提高执法水平。
加强对人民调节员的业务培训。
全面落实行政执法公示制渡。
深入开展矛盾纠纷排察化解。
邀请法律顾门参与合同审查。
切实维护社会稳锭和谐。
积极开展法冶宣传进校园活动。
完善村归民约，推进移风易俗。
落实“谁执法谁普法”普法责任治。
对社区桥正对象开展集中教育。
推动公共法律服物向村延伸。
开展普法宣专活动，发放宣传资料。
健全重大行政决测合法性审查机制。
发挥网隔员作用，及时上报信息。
各村均配齐了人民调解圆。
开展安全生产隐换排查。
推进政务公开，接受群众监都。
带头遵法学法守法用法。
截止目前，各项工作有序推进。
认真落实信访工做责任制。
自学接受人大法律监督，觉接受社会监督。
提升干部依法行政能历和水平。
调处民间纠份，维护群众合法权益。
加强法律援住工作，保障困难群众权益。
开展行政处法案卷评查。
依法受里群众诉求。
不断优化营商环镜。
""".strip().splitlines()
NUMBERS = (
    ("（二）", "（三）"), ("（三）", "（四）"), ("（三）", "（二）"), ("二、", "三、"), ("三、", "四、"), ("（四）", "（三）"),
    ("（二）", "(二)"), ("（三）", "(三)"), ("二是", "三是"), ("三是", "四是"),
)  # fmt: skip


@cache
def tools() -> tuple[Reader, Auditor]:
    vocabulary = load_vocabulary()
    return Reader(vocabulary), Auditor(vocabulary)


def audit(text: str) -> list[Finding]:
    reader, auditor = tools()
    return auditor.audit(reader.read(Document("a.txt", text)))


@cache
def clean(number: int) -> str:
    return (CORPUS / f"{CLEAN[number % len(CLEAN)]}.txt").read_text(encoding="utf-8")


def planted(text: str, sentence: str, part: float) -> str:
    """A report with a sentence added to a paragraph, ``part`` of the way through."""
    long = [line for line in lines(text) if line.end - line.start > 60]
    end = long[int(part * (len(long) - 1))].end
    return text[:end] + sentence + text[end:]


def plan(text: str, sentence: str) -> str:
    """A report with a sentence added to its last paragraph, which plans."""
    end = max(line.end for line in lines(text) if line.end - line.start > 30)
    return text[:end] + sentence + text[end:]


def cases() -> Iterator[tuple[str, str, str]]:
    """Kind, report with the slip, and words that the slip's passage must share."""
    for number, sentence in enumerate(RATES):
        yield "rate-mismatch", planted(clean(number), sentence, 0.3), sentence
    for number, sentence in enumerate(SUMS):
        yield "sum-mismatch", planted(clean(number), sentence, 0.4), sentence
    for pair in CONFLICTS:
        one, other = pair.split("|")
        text = "云岭县溪口岭镇2023年法治政府建设情况报告\n一、主要工作\n开展普法宣传活动，群众反映良好。\n{}\n二、存在的问题\n{}\n"
        yield "figure-conflict", text.format(one, other), other
    for number, sentence in enumerate(YEARS_PLANNED):
        said = sentence.format(year=CLEAN[number % len(CLEAN)][-4:])
        yield "year-mismatch", plan(clean(number), said), said
    for number, sentence in enumerate(PLACES):
        yield "foreign-place", planted(clean(number + 1 + number // 7), sentence, 0.6), sentence
    for number, sentence in enumerate(TYPOS):
        yield "typo", planted(clean(number), sentence, 0.5), sentence
    yield from _repeats()
    yield from _numbers()


def _repeats() -> Iterator[tuple[str, str, str]]:
    """A stretch of each report, said again at its end: word for word, with a word changed, or cut short."""
    for number in range(2 * len(CLEAN)):
        text = clean(number)
        long = [line for line in lines(text)[3:] if line.end - line.start > 90]
        line = long[number // len(CLEAN) * (len(long) // 2)]
        said = text[line.start + 20 : line.start + 80]
        changed = (said, said[:30] + "进一步" + said[30:], said[:44], said[2:50])[number % 4]
        yield "repeated-text", plan(text, changed + "。"), changed


def _numbers() -> Iterator[tuple[str, str, str]]:
    for number, (right, wrong) in enumerate(NUMBERS):
        for text in (clean(number), clean(number + 3)):
            marks = ("\n" + right, "。" + right, "\n　　" + right)
            mark = next((mark for mark in marks if mark in text and text.count(mark) == 1), None)
            if mark:
                yield "numbering", text.replace(mark, mark.replace(right, wrong)), wrong


KINDS = sorted({kind for kind, _, _ in cases()})


@pytest.mark.parametrize("kind", KINDS)
def test_nine_in_ten_planted_slips_are_found(kind: str) -> None:
    tried = [(text, words) for which, text, words in cases() if which == kind]
    missed = []
    for text, words in tried:
        here = [one for one in audit(text) if one.kind == kind]
        if not any(
            words in text[s:e] or text[s:e] in words or _shares(text[s:e], words) for one in here for s, e in one.spans
        ):
            missed.append(words)
    assert len(tried) >= 9
    assert len(missed) <= len(tried) / 10, missed


def _shares(passage: str, words: str) -> bool:
    return any(passage[at : at + 8] in words for at in range(max(1, len(passage) - 7)))


@pytest.mark.parametrize("number", range(len(CLEAN)), ids=[name.rpartition("/")[2] for name in CLEAN])
def test_nothing_is_found_in_a_clean_report(number: int) -> None:
    assert [(one.kind, one.why("zh")) for one in audit(clean(number))] == []


def test_a_planted_slip_brings_no_other_finding() -> None:
    """Of all findings in reports with one slip, at least nineteen in twenty are of the kind that was planted."""
    found = [(kind, one) for kind, text, _ in cases() for one in audit(text) if one.kind not in HARMLESS]
    other = [(kind, one.kind, one.why("zh")) for kind, one in found if kind != one.kind and kind not in HARMLESS]
    assert len(other) <= len(found) / 20, other
