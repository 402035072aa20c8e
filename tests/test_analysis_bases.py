"""Villages and people: read from the manifest, else from the words that say what a township consists of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors import manifest
from graph.analysis.bases import Base, bases, population, villages
from graph.analysis.ground import Ground, Place
from graph.analysis.outliers import outliers
from tests.analysis_made import INDICATORS, Paper, Said, ground, planted


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("全镇辖12个村。", 12),
        ("我乡下辖28个行政村、2个社区，网格112个。", 30),
        ("街道辖区内共有6个社区。", 6),
        ("苏木管辖9个嘎查。", 9),
        ("28个村配备法律顾问。", None),
        ("全镇辖区面积80平方公里。", None),
        ("走访辖区企业20家，12个村开展宣传。", None),
    ],
)
def test_villages_are_read_where_a_township_is_described(text: str, value: float | None) -> None:
    found = villages(text)
    assert (found.value if found else None) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("总人口3.2万人", 32_000), ("常住人口约18460人", 18_460), ("受众4000余人", None), ("人口普查动员3次", None)],
)
def test_people_are_read_where_they_are_counted(text: str, value: float | None) -> None:
    found = population(text)
    assert (found.value if found else None) == value


def test_the_manifest_gives_bases() -> None:
    read = manifest.parse('文件,村数,人口\na.txt,28,"32,000人"\nb.txt,约三十,\n', "m.csv")
    assert read.rows["a.txt"] == {"villages": "28", "population": "32000"}
    assert [problem.reason for problem in read.wrong] == ["manifest-villages"]


def with_bases(sizes: dict[str, int]) -> Ground:
    """Townships whose figures grow with their villages, but for the first's."""
    papers = []
    for at, (name, size) in enumerate(sizes.items()):
        said = [Said(f"{name}下辖{size}个村", "planning")]
        for number, (indicator, (_, unit)) in enumerate(INDICATORS.items()):
            value = float((100 if at == 0 and number == 0 else 3 + (at * 5 + number) % 4) * size)
            said.append(
                Said(f"{name}第{number}项{value:g}{unit}", "legal-publicity", "done", (indicator, value, unit, "exact"))
            )
        papers.append(Paper(name, 2023, tuple(said)))
    return ground(replace(planted(1), papers=tuple(papers)))


def test_a_figure_may_stand_out_only_for_its_villages() -> None:
    sizes = {
        f"{name}镇": size
        for name, size in zip("甲乙丙丁戊己庚辛壬癸子丑", (2, 150, 9, 70, 14, 40, 24, 60, 110, 18, 31, 52), strict=True)
    }
    made = with_bases(sizes)
    assert {base.value for base in bases(made, "villages").values()} == set(map(float, sizes.values()))
    (found,) = outliers(made).sure
    assert (found.township, found.per) == (next(iter(made.about.named("甲镇"))), "villages")
    assert found.figure.value == 200
    assert 3 <= found.low <= found.high <= 6


def test_the_manifest_goes_before_the_text() -> None:
    texts = {"r": "全镇下辖28个村。"}

    class Reports(Ground):
        about = type("About", (), {"reports": {"r": None}})()  # type: ignore[assignment]

    assert bases(Reports(None, texts.get), "villages") == {"r": Base(28.0, Place(2, 8))}  # type: ignore[arg-type]
    told = Reports(None, texts.get, {"r": {"villages": "30"}})  # type: ignore[arg-type]
    assert bases(told, "villages") == {"r": Base(30.0, None)}
