"""What is done, planned or lacking; and what is slogan or preamble and therefore nothing."""

from __future__ import annotations

import pytest

from tests.reading import activities, read

DONE = [
    ("组织网格员排查矛盾纠纷。", {"dispute-screening"}),
    ("开展法治宣传12场。", {"legal-publicity"}),
    ("理论学习中心组集体学法6次。", {"leaders-study"}),
    ("聘请律师2名担任法律顾问。", {"legal-counsel"}),
    ("落实重大行政决策程序，开展合法性审查。", {"legality-review", "major-decision"}),
]
SLOGANS = [
    "以习近平新时代中国特色社会主义思想为指导，努力营造良好法治环境。",
    "法治政府建设取得了一定成绩。",
    "为经济社会高质量发展提供坚强法治保障。",
]


@pytest.mark.parametrize(("sentence", "types"), DONE)
def test_what_was_done(sentence: str, types: set[str]) -> None:
    assert types <= {t for t, status in activities(sentence) if status == "done"}


@pytest.mark.parametrize("sentence", SLOGANS)
def test_slogans_say_nothing(sentence: str) -> None:
    assert activities(sentence) == set()


@pytest.mark.parametrize(
    ("heading", "status"), [("一、主要工作", "done"), ("二、存在问题", "deficient"), ("三、下步打算", "planned")]
)
def test_the_section_gives_the_status(heading: str, status: str) -> None:
    assert ("legal-publicity", status) in activities(
        "法治宣传形式单一。" if status == "deficient" else "开展法治宣传。", heading
    )


def test_an_occasion_goes_to_an_activity_of_its_sentence() -> None:
    facts = read("借“12·4”国家宪法日，开展法治宣传12场。")
    assert {a.occasions for a in facts.activities} == {("constitution-day",)}


def test_every_activity_names_the_words_that_made_it() -> None:
    assert all(a.rule for a in read("组织网格员排查矛盾纠纷，开展法治宣传12场。").activities)
