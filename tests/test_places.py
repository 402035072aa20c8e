"""Where a township lies: what its text gives, and what that resolves to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors import divisions
from extractors.places import locate, parents
from extractors.shapes import Place
from graph.messages import LANGUAGES, say

GOLD = sorted(Path(__file__).parent.glob("corpus/*/gold/*.json"))


def names(text: str, township: str, title: str = "") -> list[str]:
    found = parents(text, title, township)
    assert all(text[place.start : place.end] == place.name for place in found)
    return [place.name for place in found]


@pytest.mark.parametrize("path", GOLD, ids=[path.stem for path in GOLD])
def test_the_corpus_gives_what_its_gold_says(path: Path) -> None:
    report = json.loads(path.read_text(encoding="utf-8"))["report"]
    text = (path.parents[1] / "texts" / f"{path.stem}.txt").read_text(encoding="utf-8")
    assert sorted(names(text, report["township"])) == sorted(name for name in report["parents"] if name in text)


GIVEN = [
    ("黔江区白土乡人民政府\n2023年度工作总结", "白土乡", ["黔江区"]),
    ("[bookmark: _GoBack]西吉县王民乡2024年度报告", "王民乡", ["西吉县"]),
    ("作为宝丰县唯一的示范镇，张八桥镇……为宝丰县创建示范县奠定基础。", "张八桥镇", ["宝丰县"]),
    ("河南省平顶山市宝丰县\n张八桥镇人民政府", "张八桥镇", ["宝丰县", "平顶山市", "河南省"]),
    ("安肇县人民政府：\n2018年，大岗泡镇在县委领导下", "大岗泡镇", ["安肇县"]),
    ("云岭县司法局：\n现将我镇情况报告如下", "石门镇", ["云岭县"]),
    ("2022年，石门镇在云岭县委、县政府的坚强领导下", "石门镇", ["云岭县"]),
    ("石门镇位于云岭县北部，距县城20公里", "石门镇", ["云岭县"]),
    ("沅浦市湘衡区石门街道办事处", "石门街道", ["湘衡区", "沅浦市"]),
    ("云岭县林业局2022年报告", "云岭县林业局", ["云岭县"]),
    ("阿尔宝力格旗哈森苏木2021年报告", "哈森苏木", ["阿尔宝力格旗"]),
    ("云岭区人民政府石门街道办事处2023年报告", "石门街道", ["云岭区"]),
    ("云岭县全面依法治县委员会办公室：\n现将石门镇情况报告如下", "石门镇", ["云岭县"]),
    ("石门镇2023年报告\n我镇地处云岭县西北部，辖12个村", "石门镇", ["云岭县"]),
    ("重庆市酉阳县石门镇2023年报告", "石门镇", ["酉阳县", "重庆市"]),
    ("石门镇2023年报告\n云岭县石门镇人民政府\n2024年1月5日", "石门镇", ["云岭县"]),
    ("现将会原县三道岘乡工作报告如下", "三道岘乡", ["会原县"]),
]


@pytest.mark.parametrize(("text", "township", "expected"), GIVEN, ids=[text[:12] for text, _, _ in GIVEN])
def test_places_that_the_text_gives(text: str, township: str, expected: list[str]) -> None:
    assert names(text, township) == expected


NOT_GIVEN = [
    "2023年，在区委、区政府的坚强领导下，硖石乡认真落实省、市、区关于法治建设的决策部署。",
    "按照县委全面依法治县委员会部署，硖石乡开展工作。",
    "硖石乡组织干部赴云岭县考察学习，与毗邻的沙坡县司法局签订协作协议。",
    "硖石乡认真落实县委决策部署，在县委的坚强领导和县司法局的指导下开展工作。",
    "硖石乡学习《重庆市行政执法监督条例》，外出务工人员多在深圳市、东莞市。",
    "硖石乡走进社区、校区、景区开展宣传，联合市场监管、城市管理部门。",
    "各县区人民政府、市政府各部门：硖石乡报告如下",
    "县委全面依法治县委员会办公室：\n硖石乡报告如下",
    "硖石乡辖区企业来自云岭县，邻近的石门镇位于沙坡县。",
    "创建全国守法普法示范县、省级民主法治示范村，硖石乡走在全市前列。",
    "硖石乡承接县级下放执法事项，参加市政府组织的培训，对辖区企业开展检查。",
]


@pytest.mark.parametrize("text", NOT_GIVEN)
def test_places_merely_mentioned_and_generic_words_are_none(text: str) -> None:
    assert names(text, "硖石乡") == []


def test_the_nearer_evidence_wins() -> None:
    text = "会原县三道岘乡报告\n……在柴龙县委、县政府的正确领导下，三道岘乡……"
    assert names(text, "三道岘乡") == ["会原县"]


def test_a_city_that_does_not_hold_the_county_is_left_out() -> None:
    assert names("宝丰县张八桥镇报告\n洛阳市张八桥镇人民政府", "张八桥镇") == ["宝丰县"]


@given(st.text(alphabet="云岭县市区省政府委在和与的领导，。：\n石门镇司法局旗州", max_size=60))
def test_whatever_the_text_places_stand_in_it(text: str) -> None:
    for place in parents(text, "", "石门镇"):
        assert text[place.start : place.end] == place.name
        assert len(place.name) > 1


# Resolving


@pytest.mark.parametrize(
    ("given_names", "year", "codes", "why"),
    [
        (["黔江区"], 2023, ["500114", "500000"], ""),
        (["西吉县"], 2024, ["640422", "640400", "640000"], ""),
        (["宝丰县"], 2023, ["410421", "410400", "410000"], ""),
        (["鼓楼区"], 2023, [], "ambiguous"),
        (["鼓楼区", "江苏省"], 2023, ["320000"], "ambiguous"),
        (["鼓楼区", "福州市"], 2023, ["350102", "350100", "350000"], ""),
        (["宝丰"], 2023, ["410421", "410400", "410000"], ""),
        (["云岭县"], 2023, [], "unknown"),
        (["云岭县", "河南省"], 2023, ["410000"], "unknown"),
        (["宝丰县", "河北省"], 2023, [], "conflict"),
        ([], 2023, [], "none"),
        (["淮阳县"], 2015, ["411626", "411600", "410000"], ""),
        (["淮阳区"], 2023, ["411603", "411600", "410000"], ""),
        (["寿县"], 2010, ["341521", "341500", "340000"], ""),
        (["寿县"], 2023, ["340422", "340400", "340000"], ""),
        (["寿县"], None, ["340422", "340400", "340000"], ""),
        (["桥西区"], 2023, ["130000"], "ambiguous"),
        (["仙桃市"], 2023, ["429004", "420000"], ""),
        (["酉阳县"], 2023, ["500242", "500000"], ""),
        (["宣恩县", "恩施州"], 2023, ["422825", "422800", "420000"], ""),
        (["淮阳县"], 2021, ["411626", "411600", "410000"], ""),
        (["淮阳县"], 2023, [], "unknown"),
        (["东乡县"], 2023, [], "unknown"),
        (["内蒙古"], 2023, ["150000"], ""),
    ],
)
def test_names_resolve_to_codes_or_say_why_not(
    given_names: list[str], year: int | None, codes: list[str], why: str
) -> None:
    found = divisions.resolve(given_names, year=year)
    assert ([step.code for step in found.chain], found.why) == (codes, why)


def test_the_order_of_names_does_not_matter() -> None:
    assert divisions.resolve(["福州市", "鼓楼区"]) == divisions.resolve(["鼓楼区", "福州市"])


def place(name: str) -> Place:
    return Place(name, 0, len(name))


@pytest.mark.parametrize(
    ("texts", "meta", "key", "why"),
    [
        (["黔江区"], {}, "500114", ""),
        ([], {}, "", "none"),
        ([], {"county": "滕州市"}, "370481", ""),
        ([], {"folder": "河南省 宝丰县"}, "410421", ""),
        (["宝丰县"], {"folder": "西吉县"}, "410421", ""),
        (["宝丰县"], {"county": "西吉县"}, "640422", ""),
        (["鼓楼区"], {"folder": "南京市"}, "320106", ""),
        (["鼓楼区"], {"city": "开封市"}, "410204", ""),
        (["鼓楼区"], {}, "鼓楼区", "ambiguous"),
        (["鼓楼区"], {"province": "江苏省"}, "320000鼓楼区", "ambiguous"),
        (["会原县"], {}, "会原县", "unknown"),
        (["河南省"], {}, "410000", "no-county"),
        ([], {"publisher": "宝丰县张八桥镇人民政府"}, "410421", ""),
    ],
)
def test_manifest_goes_before_text_and_text_before_path(
    texts: list[str], meta: dict[str, str], key: str, why: str
) -> None:
    found = locate([place(name) for name in texts], meta, year=2023)
    assert (found.key, found.why) == (key, why)
    if why:
        assert all("石门镇" in say(f"places.{why}", lang, name="石门镇", places="甲") for lang in LANGUAGES)


def test_every_county_of_the_table_resolves_with_all_it_lies_in() -> None:
    now = [row.division for rows in divisions.table().values() for row in rows if row.end == 9999]
    counties = [one for one in now if one.level == divisions.COUNTY]
    assert len(counties) > 2800
    assert len({one.code for one in now}) == len(now), "one name for each code"
    for county in counties:
        steps = divisions.chain(county)
        assert divisions.resolve([step.name for step in steps], year=2024).chain == steps
        assert steps[-1].level == divisions.PROVINCE
