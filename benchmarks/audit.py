"""How long the audit takes, one report by one and all across each other, beside reading the same reports.

python -m benchmarks.audit [REPORTS]

The reports are put together from sentences: some that every report has, some of the report's own, and, in one report
of ten, paragraphs taken from another township's.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import psutil

CORPUS = Path(__file__).parents[1] / "tests" / "corpus"
FIRST, SECOND = "青白红黄石柳桃松柏云龙凤虎马牛羊金银铜铁", "山河湖泉溪沟坝岭坪湾洼塘岗滩台庄桥店铺营"
T = TypeVar("T")
COMMON, OWN, TAKEN = 12, 70, 15  # sentences of a report: everybody's, its own, another's


def reports(number: int) -> Iterator[tuple[str, str, str]]:
    """Give that many reports: file name, township, text; five years of each township."""
    chance = random.Random(7)
    characters = sorted({c for path in CORPUS.glob("*/texts/*.txt") for c in path.read_text("utf-8") if c > "\u4e00"})
    everybodys = [_sentence(chance, characters) for _ in range(400)]
    before: list[list[str]] = []
    for at in range(number):
        own = [_sentence(chance, characters) for _ in range(OWN)]
        if at % 10 == 9:
            own += chance.choice(before)[:TAKEN]
        before.append(own)
        place = at // 5
        name = FIRST[place % 20] + SECOND[place // 20 % 20] + SECOND[place // 400 % 20] + "镇"
        body = [*chance.sample(everybodys, COMMON), *own]
        chance.shuffle(body)
        title = f"云岭县{name}{2019 + at % 5}年法治政府建设情况报告"
        yield f"{at:05}.txt", name, "\n".join([title, "一、主要工作", "。".join(body) + "。"])


def _sentence(chance: random.Random, characters: list[str]) -> str:
    words = "".join(chance.choices(characters, k=chance.randrange(20, 60)))
    return f"{words}{chance.randrange(2, 300)}次"


def main() -> None:
    """Time each step and say how much memory it took."""
    from extractors.reader import Reader
    from extractors.shapes import Document
    from graph.audit.across import Across
    from graph.audit.auditor import Auditor
    from ontology.vocabulary import load_vocabulary

    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    vocabulary = load_vocabulary()
    made = list(reports(number))
    some = made[: min(number, 200)]
    reader = Reader(vocabulary)
    auditor = _timed("auditor, compiled", lambda: Auditor(vocabulary), 1)
    facts = _timed("read", lambda: [reader.read(Document(name, text)) for name, _, text in some], len(some))
    _timed("audit, one by one", lambda: [auditor.audit(one) for one in facts], len(some))
    real = [path.read_text("utf-8") for path in sorted(CORPUS.glob("*/texts/*.txt"))]
    facts = _timed("read, the test corpus", lambda: [reader.read(Document("a", text)) for text in real], len(real))
    _timed("audit, the test corpus", lambda: [auditor.audit(one) for one in facts], len(real))
    across = Across()
    _timed("fingerprints", lambda: [across.add(text, name, name) for _, name, text in made], number)
    everybodys = _timed("index", across.everybodys, number)
    found = _timed("shared text", lambda: list(everybodys.shared()), number)
    print(f"{len(found)} reports share text; {psutil.Process().memory_info().rss / 1e9:.2f} GB")


def _timed(what: str, work: Callable[[], T], number: int) -> T:
    began = time.process_time()
    result = work()
    took = time.process_time() - began
    print(f"{what:24}{took:8.2f} s{1000 * took / number:10.2f} ms each")
    return result


if __name__ == "__main__":
    main()
