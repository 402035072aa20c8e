"""Parsing in processes apart, each bounded in time and memory; a process is used again until it fails or is old."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from extractors.formats import Loaded, Refused

AGE = 500  # files after which a process is replaced, since parsers leak
START = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]); "
    "from extractors.worker import main; main(int(sys.argv[2]), sys.argv[3])"
)


class Worker:
    """One process that parses files, started when first asked."""

    def __init__(self, *, memory: int, scratch: str) -> None:
        self._memory = memory
        self._scratch = scratch
        self._process: subprocess.Popen[bytes] | None = None
        self._asked = 0

    def ask(self, kind: str, data: bytes, name: str, *, seconds: float) -> Loaded:
        """What ``formats.read`` gives for the file; raises ``Refused``, also where the process had to be ended."""
        process = self._started()
        late = threading.Event()
        timer = threading.Timer(seconds, _end_late, (process, late))
        timer.start()
        try:
            answer = _exchange(process, kind, data, name)
        except (OSError, ValueError):
            answer = {}
        finally:
            timer.cancel()
        if not answer or late.is_set():
            self.close()
            answer = {"reason": "time" if late.is_set() else "crash", "detail": f"{seconds:g}"}
        return _outcome(answer)

    def _started(self) -> subprocess.Popen[bytes]:
        self._asked += 1
        if self._process is None or self._process.poll() is not None or self._asked > AGE:
            self.close()
            self._asked = 0
            self._process = subprocess.Popen(
                [sys.executable, "-X", "utf8", "-c", START, json.dumps(sys.path), str(self._memory), self._scratch],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        return self._process

    def close(self) -> None:
        """End the process and what it started."""
        process, self._process = self._process, None
        if process is None:
            return
        _end(process)
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):
                pipe.close()  # type: ignore[union-attr]
        process.wait()


def _exchange(process: subprocess.Popen[bytes], kind: str, data: bytes, name: str) -> dict[str, Any]:
    assert process.stdin and process.stdout
    process.stdin.write(json.dumps({"kind": kind, "name": name, "size": len(data)}).encode() + b"\n")
    process.stdin.write(data)
    process.stdin.flush()
    line = process.stdout.readline()
    return dict(json.loads(line)) if line else {}


def _outcome(answer: dict[str, Any]) -> Loaded:
    if "reason" in answer:
        raise Refused(answer["reason"], answer["detail"])
    return Loaded(answer["text"], answer["meta"])


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill a process with all that it started."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


def _end_late(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    _end(process)


class Pool:
    """Workers side by side; leaves no process and no temporary file behind."""

    def __init__(self, *, jobs: int, memory: int, seconds: float) -> None:
        self._scratch = tempfile.TemporaryDirectory(prefix="zhili-", ignore_cleanup_errors=True)
        self._seconds = seconds
        self._threads = ThreadPoolExecutor(jobs, thread_name_prefix="zhili-parse")
        self._idle: queue.LifoQueue[Worker] = queue.LifoQueue()
        self._all = [Worker(memory=memory, scratch=self._scratch.name) for _ in range(jobs)]
        for worker in reversed(self._all):
            self._idle.put(worker)

    def submit(self, kind: str, load: Callable[[], bytes], name: str) -> Future[Loaded]:
        """Parse ``load()`` as a file of that kind; the future raises ``Refused`` where it gives no text."""
        return self._threads.submit(self._parse, kind, load, name)

    def _parse(self, kind: str, load: Callable[[], bytes], name: str) -> Loaded:
        worker = self._idle.get()
        try:
            return worker.ask(kind, load(), name, seconds=self._seconds)
        finally:
            self._idle.put(worker)

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._all:
            worker.close()
        self._threads.shutdown(wait=True)
        for worker in self._all:  # one may have been started meanwhile
            worker.close()
        self._scratch.cleanup()

    @property
    def scratch(self) -> Path:
        """The folder for temporary files, gone when the pool closes."""
        return Path(self._scratch.name)
