"""What each kind of finding finds, and what it leaves alone: single sentences about invented places."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractors.reader import Reader
from extractors.shapes import Document
from graph.audit.auditor import Auditor
from graph.audit.finding import KINDS, Finding
from graph.messages import LANGUAGES, known
from ontology.vocabulary import load_vocabulary

Find = Callable[..., list[Finding]]
TITLE = "云岭县溪口岭镇2023年法治政府建设情况报告"


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader(load_vocabulary())


@pytest.fixture(scope="session")
def auditor() -> Auditor:
    return Auditor(load_vocabulary())


def report(done: str = "", *, plan: str = "", title: str = TITLE) -> str:
    """A report whose part on what was done, and whose plan, hold these words."""
    return (
        f"{title}\n2023年，溪口岭镇认真落实上级部署。现将有关情况报告如下：\n一、主要工作\n{done or '开展普法宣传。'}\n"
        f"二、存在的问题\n个别干部学法不够。\n三、2024年工作安排\n{plan or '继续抓好学法。'}\n"
    )


@pytest.fixture
def found(reader: Reader, auditor: Auditor) -> Find:
    def find(text: str, name: str = "a.txt") -> list[Finding]:
        return auditor.audit(reader.read(Document(name, text)))

    return find


RATES = [
    ("全年共调解矛盾纠纷46起，成功调解42起，成功率为93%。", "42 ÷ 46 = 91.3%，报告写 93%"),
    ("排查隐患２０５处，整改１９８处，整改率９９．１％。", "198 ÷ 205 = 96.6%，报告写 99.1%"),
    ("组织126人参加法律知识测试，合格123人，合格率98.6%。", "123 ÷ 126 = 97.6%，报告写 98.6%"),
    ("受理来信来访一百二十件，办结一百一十件，办结率百分之九十五。", "110 ÷ 120 = 91.7%，报告写 百分之九十五"),
    (
        "全年调解纠纷156件，其中土地纠纷89件、婚姻纠纷41件、其他26件，调解成功152件，调解成功率98.4%。",
        "152 ÷ 156 = 97.4%，报告写 98.4%",
    ),
    ("整合执法力量18人，其中持证16人，持证率92.9%。", "16 ÷ 18 = 88.9%，报告写 92.9%"),
    ("涉企检查由200次降至150次，降幅35%。", "由 200 到 150，变化为 25%，报告写 35%"),
    ("全年受理纠纷90件，去年为120件，同比下降35%。", "由 120 到 90，变化为 25%，报告写 35%"),
    ("受理群众诉求50件，办结40件，办结率90%以上。", "40 ÷ 50 = 80%，报告写 90%以上"),
]
TRUE_RATES = [
    "全年共调解矛盾纠纷46起，成功调解42起，成功率为91.3%。",
    "全年共调解矛盾纠纷46起，成功调解42起，成功率为91%。",
    "全年共调解矛盾纠纷46起，成功调解42起，成功率达90%以上。",
    "全年共调解矛盾纠纷40余起，成功调解42起，成功率为93%。",
    "办理许可1.26万件，按期办结1.26万件，按期办结率99.9%。",
    "受理信访27件，办结25件，满意率98%。",
    "受理信访27件，办结25件，按期办结率100%。",
    "核定编制58名，实有人员51名，持证率96.1%。",
    "全年行政复议5件（维持4件、调解终止1件），行政应诉2件，镇长出庭1次，出庭应诉率100%。",
    "31名持证人员中能独立办案的仅8人，占比25.8%。",
    "涉企检查由215次降至128次，降幅四成。",
    "全年受理纠纷90件，较去年的120件下降25%。",
    "全年受理纠纷90件，去年120余件，同比下降28%。",
    "2名法律顾问列席会议24次，21个村“一村一法律顾问”覆盖率100%。",
]
SUMS = [
    ("共清理文件86件，其中废止17件、修改5件、继续有效60件。", "17 + 5 + 60 = 82，报告写 86件"),
    ("全年办理执法案件24件，其中农村建房8件、违规用火11件、道路运输4件。", "8 + 11 + 4 = 23，报告写 24件"),
    ("审核合同31份，其中流转合同19份、工程合同9份、服务合同5份。", "19 + 9 + 5 = 33，报告写 31份"),
    ("排查纠纷共九十三件，其中土地纠纷五十八件、宅基纠纷二十一件、其他十二件。", "58 + 21 + 12 = 91，报告写 九十三件"),
    ("排查纠纷76件，成功调处73件，其余5件引导诉讼。", "73 + 5 = 78，报告写 76件"),
    ("开展集中宣传10场、法治讲座5场，共计17场。", "10 + 5 = 15，报告写 17场"),
    ("立案查处12件，其中违法建设15件。", "分项 15 大于总数 12件"),
]
TRUE_SUMS = [
    "共清理文件86件，其中废止17件、修改5件、继续有效64件。",
    "全年办理执法案件60件，其中农村建房8件、违规用火11件、道路运输4件。",
    "全年办理执法案件60余件，其中农村建房38件、违规用火21件、道路运输14件。",
    "办理行政许可1.26万件，其中经营主体登记9870件、食品许可2046件、特种设备登记等684件。",
    "受理矛盾纠纷287件，其中土地纠纷96件，调解成功279件，引导走司法途径8件。",
    "受理信访100件，其中办结98件、满意97件。",
    "被申请行政复议6件，其中经调解撤回4件，被提起行政诉讼3件。",
    "排查纠纷76件，成功调处73件，其余3件引导诉讼。",
    "培训干部120人次，其中党员80人次、女干部60人次。",
    "全年召开专题会议四次，其中党委会两次、镇长办公会两次。",
]
OTHERS = [
    ("figure-conflict", report("全镇24个村均建立调委会。\n全镇26个行政村全部实行“四议两公开”。"), "26"),
    ("figure-conflict", report("办理行政处罚案件312件。\n315件处罚案件中简易程序占比偏高。"), "315"),
    ("figure-conflict", report("严格执行“三重一大”制度。", plan="严格落实“四重一大”事项集体决策。"), "四重一大"),
    ("year-mismatch", report(plan="确保2023年法治政府建设各项任务落到实处。"), "2023年"),
    ("year-mismatch", report(plan="制定2023年法治政府建设工作要点。"), "2023年"),
    ("year-mismatch", report(plan="争取在2023年底前全部持证上岗。"), "2023年"),
    ("year-mismatch", report().replace("三、2024年工作安排", "三、2023年工作安排"), "三、2023年"),
    ("year-mismatch", report() + "溪口岭镇人民政府\n2023年1月12日\n", "2023年1月12日"),
    ("foreign-place", report("为推动法治隆岗建设营造氛围。"), "隆岗"),
    ("foreign-place", report("把依法行政作为岩寨坪镇开展各项工作的首要前提。"), "岩寨坪镇"),
    ("foreign-place", report("全力优化柳甸岗镇法治化营商环境。"), "柳甸岗镇"),
    ("foreign-place", report("为推进平安二道沟乡建设打下基础。"), "二道沟乡"),
    ("typo", report("全镇13个存均配置法律顾问。"), "个存"),
    ("typo", report("带动群众遵法学法守法用法。"), "遵法"),
    ("typo", report("加强对人民调节员的培训。"), "调节员"),
    ("typo", report("二是觉接受党内监督。"), "觉接受"),
    ("typo", report("年初部暑多、年中检查少。"), "部暑"),
    ("typo", report("开展矛纠纷排查化解。"), "矛纠纷"),
    ("typo", report("积极开展开展法治宣传。"), "开展开展"),
    ("year-mismatch", report("截至2022年底，全镇共有调解员20人。"), "2022年底"),
    ("numbering", report("（一）抓学法\n学法4次。\n（二）抓普法\n普法4次。\n（四）抓执法\n执法4次。"), "（四）"),
    ("numbering", report("（一）抓学法\n学法4次。\n（二）抓普法\n普法4次。\n（二）抓执法\n执法4次。"), "（二）抓执法"),
    ("numbering", report("（一）抓学法\n学法4次。\n(二)抓普法\n普法4次。\n（三）抓执法\n执法4次。"), "(二)"),
    ("numbering", report().replace("三、2024", "四、2024"), "四、2024"),
    ("numbering", report("一是抓学法。学法4次。二是抓普法。普法4次。四是抓执法。执法4次。"), "四是"),
    ("residue", "[bookmark: _GoBack]" + report(), "[bookmark: _GoBack]"),
    ("residue", report("开展普法&nbsp;宣传。"), "&nbsp;"),
]
SILENT = [
    report("各村一项一项抓落实，大家商量商量着办。"),
    report("与毗邻的岩寨坪镇开展联防联调。"),
    report("组织干部赴岩寨坪镇学习考察。"),
    report("流动人口中来自岩寨坪镇的有20人。"),
    report("坚持和发展新时代“枫桥经验”。"),
    report("加强法治乡镇建设和平安校园建设。"),
    report("全镇24个村均建立调委会，18个村评为“平安法治星”村。"),
    report("与23个村签订责任书23份，走访5个村。"),
    report("办理行政处罚案件312件。\n312件处罚案件中简易程序占比偏高。"),
    report(plan="认真总结2023年工作经验，做好2023年度考核。"),
    report(plan="落实《法治政府建设实施纲要（2021—2025年）》。"),
    report("工作部署落实到位，假期全部暑假班都开展了普法，尊法学法守法用法。"),
    report("三是自觉接受人大监督，截至目前办理建议9件。"),
    report() + "溪口岭镇人民政府\n2024年1月12日\n",
]


@pytest.mark.parametrize(("sentence", "sum_"), RATES)
def test_a_rate_that_its_counts_contradict_is_found(found: Find, sentence: str, sum_: str) -> None:
    (one,) = found(report(sentence))
    assert (one.kind, one.why("zh")) == ("rate-mismatch", sum_)


@pytest.mark.parametrize(("sentence", "sum_"), SUMS)
def test_parts_that_contradict_their_whole_are_found(found: Find, sentence: str, sum_: str) -> None:
    (one,) = found(report(sentence))
    assert (one.kind, one.why("zh")) == ("sum-mismatch", sum_)


@pytest.mark.parametrize("sentence", [*TRUE_RATES, *TRUE_SUMS])
def test_figures_that_may_be_true_are_left_alone(found: Find, sentence: str) -> None:
    assert found(report(sentence)) == []


@pytest.mark.parametrize(("kind", "text", "words"), OTHERS)
def test_a_slip_is_found_where_it_stands(found: Find, kind: str, text: str, words: str) -> None:
    (one,) = found(text)
    assert one.kind == kind
    assert words in text[one.start : one.end]


@pytest.mark.parametrize("text", SILENT)
def test_what_is_no_slip_is_left_alone(found: Find, text: str) -> None:
    assert found(text) == []


PASSAGE = "把法治建设成效列入对各站所、各村的年度考评，推动形成上下联动、左右协同、村组落实的工作格局"


@pytest.mark.parametrize(
    "again",
    [PASSAGE, PASSAGE.replace("上下联动", "上下齐动"), "继续" + PASSAGE + "，不断提高水平"],
    ids=["word for word", "one character", "within a sentence"],
)
def test_a_passage_said_twice_is_found_at_its_second_place(found: Find, again: str) -> None:
    text = report(PASSAGE + "。", plan=again + "。")
    (one,) = found(text)
    assert one.kind == "repeated-text"
    assert text.index("三、") < one.start < text.index("左右协同", text.index("三、"))


def test_what_everybody_must_say_is_no_repeated_text(found: Find) -> None:
    formula = "坚持以习近平新时代中国特色社会主义思想为指导，全面贯彻党的二十大精神"
    assert found(report(formula + "，开展普法。", plan=formula + "，抓好学法。")) == []


def test_a_finding_keeps_its_id_when_other_words_change(found: Find) -> None:
    slip = "全年共调解矛盾纠纷46起，成功调解42起，成功率为93%。"
    (one,), (other,) = found(report(slip)), found(report("开展普法宣传4次。" + slip))
    assert one.id == other.id and one.start != other.start
    assert found(report(slip), "b.txt")[0].id != one.id


def test_every_finding_is_told_in_both_languages(found: Find) -> None:
    texts = [report(sentence) for sentence, _ in [*RATES, *SUMS]] + [text for _, text, _ in OTHERS]
    seen = [one for text in texts for one in found(text)]
    assert {one.kind for one in seen} == set(KINDS) - {"repeated-text"}
    for one in seen:
        assert known(f"audit.{one.rule}.why") and known(f"audit.{one.rule}.do")
        for lang in LANGUAGES:
            assert one.why(lang) and one.suggestion(lang)
