"""Varied reports to measure with: those of the test corpus under other names, years and figures, their paragraphs mixed.

python -m benchmarks.varied FOLDER 1000
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

CORPUS = Path(__file__).parents[1] / "tests" / "corpus"
FIRST, SECOND = "青白红黄石柳桃松柏云龙凤虎马牛羊金银铜铁", "山河湖泉溪沟坝岭坪湾洼塘岗滩台庄桥店铺营"
COUNTIES = ("临溪县", "望川县", "平岚县", "沙渚区", "汀洲市")


def reports(number: int) -> Iterator[tuple[str, str]]:
    """Give that many reports, each with the name of its file; the same number gives the same reports."""
    bases = [path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*/texts/*.txt"))]
    for at in range(number):
        yield f"{at:05}.txt", vary(bases[at % len(bases)], random.Random(at), at)


def vary(text: str, chance: random.Random, at: int) -> str:
    """Put another name, year and figures into a report, and mix its paragraphs but for the first three and the last."""
    pair = divmod(at // 5, len(SECOND))
    name = FIRST[pair[0] % len(FIRST)] + SECOND[pair[1]] + "镇"
    year = 2019 + at % 5
    lines = [line for line in text.split("\n") if line.strip()]
    head, body, tail = lines[1:3], lines[3:-1], lines[-1:]
    chance.shuffle(body)
    title = f"{COUNTIES[at % len(COUNTIES)]}{name}{year}年法治政府建设年度报告"
    figures = re.compile(r"(?<![\d.])\d{1,4}(?![\d.]|年|月|日)")
    mixed = "\n".join([*head, *body, *tail])
    return title + "\n" + figures.sub(lambda found: str(max(1, int(found[0]) + chance.randrange(-3, 9))), mixed)


def main() -> None:
    """Write the reports into a folder."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in reports(int(sys.argv[2])):
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
