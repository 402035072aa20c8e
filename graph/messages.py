"""The sentences that people read, in Chinese and English: ``graph/messages/*.toml``."""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LANGUAGES = ("zh", "en")


class ToldError(Exception):
    """An error that a person is to read: the key of a message, and what fills it.

    >>> str(ToldError("build.not-held", name="a.txt")).startswith("a.txt")
    True
    """

    def __init__(self, key: str, **fields: object) -> None:
        super().__init__(key, fields)
        self.key, self.fields = key, fields

    def __str__(self) -> str:
        return say(self.key, **self.fields)


def say(key: str, lang: str | None = None, /, **fields: object) -> str:
    """Give the sentence that ``key`` (``"topic.name"``) stands for, filled with ``fields``.

    Without ``lang`` the language is that of the locale. An unknown key is a KeyError.

    >>> say("build.nothing", "en")
    'There is nothing to build: no report was found.'
    """
    topic, _, name = key.partition(".")
    return texts(topic)[name][lang or language()].format(**fields)


def known(key: str) -> bool:
    """Tell whether a message of this key exists.

    >>> known("build.nothing"), known("build.no such key"), known("no such topic.x")
    (True, False, False)
    """
    topic, _, name = key.partition(".")
    return files("graph").joinpath("messages", f"{topic}.toml").is_file() and name in texts(topic)


@cache
def texts(topic: str) -> Mapping[str, Mapping[str, str]]:
    """Read one topic's file: key → language → sentence; dotted tables give dotted keys."""
    path = files("graph").joinpath("messages", f"{topic}.toml")
    return dict(_flat(tomllib.loads(path.read_text(encoding="utf-8")), ""))


def _flat(table: Mapping[str, object], prefix: str) -> list[tuple[str, Mapping[str, str]]]:
    found: list[tuple[str, Mapping[str, str]]] = []
    for key, inner in table.items():
        if not isinstance(inner, dict):
            raise TypeError(f"{prefix}{key}: not a table of zh and en")
        if set(inner) == set(LANGUAGES):
            found.append((prefix + key, inner))
        else:
            found += _flat(inner, f"{prefix}{key}.")
    return found


def language(chosen: str | None = None, environ: Mapping[str, str] = os.environ) -> str:
    """Give the language to speak: the one chosen, else ``ZHILI_LANG``, else Chinese where the locale is Chinese.

    >>> language(environ={"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}), language(environ={"LANG": "zh_CN.GBK"})
    ('en', 'zh')
    >>> language("zh"), language(environ={"ZHILI_LANG": "zh"})
    ('zh', 'zh')
    """
    asked = chosen or environ.get("ZHILI_LANG")
    if asked in LANGUAGES:
        return asked
    names = [environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)]
    return "zh" if (names[0] if names else _windows_locale()).lower().startswith("zh") else "en"


def _windows_locale() -> str:
    """Give the language of Windows' own menus ("zh" or ""); elsewhere ""."""
    if sys.platform != "win32":
        return ""
    import ctypes

    chinese = 0x04
    return "zh" if ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == chinese else ""
