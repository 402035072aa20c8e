from __future__ import annotations

import re
import string
from importlib.resources import files

import pytest

from graph.messages import LANGUAGES, language, say, texts

TOPICS = sorted(path.name[:-5] for path in files("graph").joinpath("messages").iterdir() if path.name.endswith(".toml"))
KEYS = [(topic, key) for topic in TOPICS for key in texts(topic)]

#: What may be said without a Chinese character: a sign, a measure's name, fields alone.
SHORT = 12


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize(("topic", "key"), KEYS, ids=[f"{topic}.{key}" for topic, key in KEYS])
def test_every_message_speaks_both_languages_and_takes_the_same_fields(topic: str, key: str) -> None:
    message = texts(topic)[key]
    assert set(message) == set(LANGUAGES)
    assert fields(message["zh"]) == fields(message["en"])
    words = re.sub(r"\{.*?\}", "", message["zh"])
    assert len(words) < SHORT or any("\u4e00" <= char <= "\u9fff" for char in words)


def test_unknown_key_fails() -> None:
    with pytest.raises(KeyError):
        say("build.no-such-message", "zh")


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.GBK"}, "zh"),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "zh_TW", "LANG": "en_GB.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "ZHILI_LANG": "en"}, "en"),
        ({"LANG": "de_DE.UTF-8", "ZHILI_LANG": "klingon"}, "en"),
    ],
)
def test_the_locale_decides(environ: dict[str, str], expected: str) -> None:
    assert language(environ=environ) == expected


def test_a_choice_goes_before_the_locale() -> None:
    assert language("en", {"LANG": "zh_CN.UTF-8"}) == "en"
