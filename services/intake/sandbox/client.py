"""The asking side: ``in_child(function, …)`` instead of ``function(…)``."""

from __future__ import annotations

import atexit
import json
import logging
import os
import pickle
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from threading import BoundedSemaphore, Lock
from typing import Any, NoReturn, ParamSpec, TypeVar, get_type_hints

import msgspec

from services.intake.readers.grid import UnreadableFileError
from services.intake.sandbox.child import ANSWER, HEAD, LENGTH, NO_MEMORY, REFUSAL
from services.intake.sandbox.limits import LARGEST_ANSWER, Limits

P = ParamSpec("P")
Answer = TypeVar("Answer")
Said = tuple[bytes, bytearray]
"""What a child says: its kind, and the content."""

AT_ONCE = max(2, os.cpu_count() or 1)
"""Children at work; who asks beyond that waits."""

_PRELOADED = (
    "services.intake.achievement_rows",
    "services.intake.baselines",
    "services.intake.forms.document",
    "services.intake.funds",
    "services.intake.guessing",
    "services.intake.packing",
    "services.intake.payments",
    "services.intake.project_codes",
    "services.intake.provincial_sheets",
    "services.intake.target_rows",
    "services.intake.title_year",
    "services.intake.units",
)
"""What the starter has loaded before it forks; anything else a child loads itself."""

PASSED_ON = ("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR")
"""Of the environment; passwords and addresses of databases are in it, too."""

_START = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]);"
    "from services.intake.sandbox.starter import main;"
    "main(int(sys.argv[2]), json.loads(sys.argv[3]))"
)
_PIECE = 1024 * 1024
_GRACE = 30.0
"""Seconds beyond a child's own limit after which its starter must be stuck."""

TOO_MUCH = "文件展开后占用内存过大，已停止读取。请拆分，或删去图片和多余内容后重试。"

_logger = logging.getLogger(__name__)


class Sandbox:
    """A starter process, begun when it is first asked, and the way to have it fork children.

    Safe to be used by many threads. ``preload`` names the modules the starter loads.
    """

    def __init__(self, preload: tuple[str, ...] = _PRELOADED) -> None:
        self._preload = preload
        self._lock = Lock()
        self._slots = BoundedSemaphore(AT_ONCE)
        self._owner = 0
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def warm(self) -> None:
        """Begin the starter, which loads the readers while others go on."""
        with self._lock:
            self._ready()

    def call(self, call: bytes, limits: Limits) -> Said:
        """Have a child make a pickled call, and answer what it says.

        Raises:
            UnreadableFileError: it died of the file, or did not come to an end in time.
        """
        with self._slots:
            ours, theirs = socket.socketpair()
            told, fate = os.pipe()
            try:
                try:
                    self._ask(limits, theirs.fileno(), fate)
                finally:
                    theirs.close()
                    os.close(fate)
                ours.settimeout(limits.seconds + _GRACE)
                return _converse(ours, call) or _died(told, limits)
            finally:
                ours.close()
                os.close(told)

    def _ask(self, limits: Limits, stream: int, fate: int) -> None:
        """Hand a request to the starter; one that has gone is begun anew."""
        request = json.dumps(limits.to_json()).encode()
        with self._lock:
            try:
                socket.send_fds(self._ready(), [request], [stream, fate])
            except OSError:
                self._forget()
                socket.send_fds(self._ready(), [request], [stream, fate])

    def _ready(self) -> socket.socket:
        """The way to the starter, which is begun where there is none."""
        if self._control is not None and self._owner == os.getpid():
            return self._control
        # After a fork the parent's starter is not ours to ask.
        self._forget()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-I", "-c", _START, json.dumps(sys.path)]
        command += [str(theirs.fileno()), json.dumps(self._preload)]
        with theirs:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
                start_new_session=True,
            )
        self._control, self._owner = ours, os.getpid()
        return ours

    def _forget(self) -> None:
        if self._control is not None:
            self._control.close()
        if self._process is not None and self._owner == os.getpid():
            self._process.wait()
        self._control = self._process = None

    def close(self) -> None:
        """End the starter, and with it every child."""
        with self._lock:
            self._forget()


def _converse(stream: socket.socket, call: bytes) -> Said | None:
    """Say the call, and hear the answer to its end; None where the other side breaks off."""
    try:
        stream.sendall(LENGTH.pack(len(call)))
        stream.sendall(call)
        head = _heard(stream, HEAD.size)
        if len(head) < HEAD.size:
            return None
        kind, length = HEAD.unpack(head)
        content = _heard(stream, min(length, LARGEST_ANSWER))
    except OSError:
        # Gone, or silent for longer than its limit.
        return None
    return (kind, content) if len(content) == length else None


def _heard(stream: socket.socket, length: int) -> bytearray:
    heard = bytearray()
    while len(heard) < length and (piece := stream.recv(min(length - len(heard), _PIECE))):
        heard += piece
    return heard


def _died(told: int, limits: Limits) -> NoReturn:
    """Say why a child ended without an answer, as its starter tells it."""
    said = os.read(told, 1000)
    ended = json.loads(said) if said else {"signal": 0, "late": False}
    fatal = ended["signal"]
    _logger.warning("a file ended its reader: %s", ended)
    if ended["late"] or fatal == signal.SIGXCPU:
        raise UnreadableFileError(
            f"文件过于复杂，{limits.seconds:.0f}秒内没有读完，已停止。"
            "请拆分，或另存为更简单的格式（.xlsx、.csv）后重试。"
        )
    if fatal in {signal.SIGABRT, signal.SIGKILL}:
        raise UnreadableFileError(TOO_MUCH)
    raise UnreadableFileError("读取过程意外中断，文件可能已损坏。请用原来的程序打开、另存后重试。")


@cache
def _decoder(function: Callable[..., Any]) -> msgspec.msgpack.Decoder[Any]:
    """What turns a function's answer into its own type again, and refuses anything else."""
    return msgspec.msgpack.Decoder(get_type_hints(function)["return"])


SANDBOX = Sandbox()
"""The one of this process."""

atexit.register(SANDBOX.close)


def in_child(function: Callable[P, Answer], *arguments: P.args, **named: P.kwargs) -> Answer:
    """Call a pure module-level function in a child process, within the usual limits.

    Its arguments are pickled; what it answers has to be of its annotated type, built of
    dataclasses and what msgspec knows.

    Raises:
        UnreadableFileError: the function raised it, or the child died of the file.
    """
    return in_child_within(Limits(), function, *arguments, **named)


def in_child_within(
    limits: Limits, function: Callable[P, Answer], *arguments: P.args, **named: P.kwargs
) -> Answer:
    """Call a function as ``in_child`` does, within limits of one's own."""
    call = pickle.dumps((function, arguments, named), pickle.HIGHEST_PROTOCOL)
    kind, content = SANDBOX.call(call, limits)
    if kind == ANSWER:
        return _decoded(function, content)
    if kind == REFUSAL:
        raise UnreadableFileError(content.decode())
    if kind == NO_MEMORY:
        raise UnreadableFileError(TOO_MUCH)
    raise _failed(content.decode("utf-8", "replace"))


def _decoded(function: Callable[P, Answer], content: bytearray) -> Answer:
    """The answer, if it is what the function answers: the file may have taken the child over."""
    try:
        answer: Answer = _decoder(function).decode(content)
    except msgspec.ValidationError as problem:
        raise _failed(str(problem)) from problem
    return answer


def _failed(what: str) -> UnreadableFileError:
    _logger.error("a reader failed in its child:\n%s", what)
    return UnreadableFileError(
        "读取这个文件时程序出错，已记入日志。请另存为另一种格式后重试，或联系维护人员。"
    )


def warm() -> None:
    """Begin loading the readers, for who will have files to read soon."""
    SANDBOX.warm()
