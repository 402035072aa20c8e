"""The process apart in which files are parsed: reads requests on its input, answers on its output, keeps no state.

A request is a line of JSON (``kind``, ``name``, ``size``) and ``size`` bytes; an answer is a line of JSON with
either ``text`` and ``meta`` or ``reason`` and ``detail``.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from typing import BinaryIO

from extractors.formats import Refused, read


def main(memory: int, scratch: str) -> None:
    """Answer requests until the input ends; ``memory`` bounds the process in bytes where the system can."""
    requests, answers = sys.stdin.buffer, _claim_output()
    tempfile.tempdir = scratch
    _bound(memory)
    while line := requests.readline():
        request = json.loads(line)
        data = requests.read(request["size"])
        answers.write(json.dumps(_answer(request["kind"], data, request["name"])).encode() + b"\n")
        answers.flush()


def _claim_output() -> BinaryIO:
    """The output for answers alone: what a library prints goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return answers


def _bound(memory: int) -> None:
    if sys.platform != "win32":
        import resource  # not on Windows

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        most = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _answer(kind: str, data: bytes, name: str) -> dict[str, object]:
    try:
        loaded = read(kind, data, name)
    except Refused as refused:
        return {"reason": refused.reason, "detail": refused.detail}
    except MemoryError:
        return {"reason": "memory", "detail": ""}
    except Exception as error:  # a parser may raise anything on a broken file
        return {"reason": "broken", "detail": type(error).__name__}
    return {"text": loaded.text, "meta": dict(loaded.meta)}
