"""What a reader may come to with a hostile file; called in a child by the tests of the sandbox."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import cast

from services.intake.readers.grid import UnreadableFileError


@dataclass(frozen=True, slots=True)
class Read:
    """An answer of several types."""

    amount: Decimal
    on: date
    parts: tuple[str, ...]


def answers(amount: Decimal, *, on: date) -> Read:
    return Read(amount, on, ("甲", "乙"))


def size(data: bytes) -> int:
    return len(data)


def repeats(text: str, times: int) -> str:
    return text * times


def refuses(_: bytes) -> int:
    raise UnreadableFileError("文件是空的。")


def fails(data: bytes) -> int:
    raise ValueError(data.decode())


def answers_something_else(_: bytes) -> int:
    return cast("int", {"not": "a number"})


def takes_memory(megabytes: int) -> int:
    return len(bytearray(megabytes * 1024 * 1024))


def spins() -> int:
    while True:
        pass


def waits(seconds: float) -> int:
    time.sleep(seconds)
    return 0


def dies(number: int) -> int:
    os.kill(os.getpid(), number)
    return 0


def leaves(code: int) -> int:
    os._exit(code)


def environment() -> dict[str, str]:
    return dict(os.environ)


def descriptors() -> int:
    """Open files besides the three that go nowhere and the one it answers on."""
    return len(list(Path("/proc/self/fd").iterdir())) - 1 - 4


def chatters() -> int:
    return os.write(1, b"a library that prints")


def leaves_a_program_behind() -> int:
    program = subprocess.Popen(["sleep", "600"], start_new_session=True)
    return program.pid


def leaves_a_file_behind(*, and_dies: bool) -> str:
    path = Path(tempfile.mkstemp()[1])
    if and_dies:
        os.kill(os.getpid(), signal.SIGKILL)
    return str(path)


def process() -> int:
    return os.getpid()


def parent() -> int:
    return os.getppid()
