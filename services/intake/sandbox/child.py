"""What happens in a child: limits, one call, one answer, the end."""

from __future__ import annotations

import ctypes
import gc
import os
import pickle
import resource
import signal
import socket
import struct
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path

import msgspec

from services.intake.readers.grid import UnreadableFileError
from services.intake.sandbox.limits import LARGEST_WRITTEN, MOST_OPEN, Limits

ANSWER, REFUSAL, NO_MEMORY, ERROR = b"A", b"R", b"M", b"E"
"""What a child says: data, one sentence, that memory did not suffice, or where it failed."""

LENGTH = struct.Struct(">Q")
HEAD = struct.Struct(">cQ")
"""Before a call stands its length, before an answer its kind and length."""

_PIECE = 1024 * 1024
_PR_SET_PDEATHSIG = 1


def serve(stream: socket.socket, limits: Limits, folder: Path) -> None:
    """Take one call from the stream, answer it, and leave; never returns.

    ``folder`` is for files that another program needs; the starter removes it.
    """
    try:
        _confine(limits, folder)
        _say(stream, *_outcome(_receive(stream)))
    finally:
        os._exit(0)


def _confine(limits: Limits, folder: Path) -> None:
    """Take away what a reader does not need: the terminal, a parent gone, and endless means."""
    os.setsid()
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    os.close(nothing)
    for what, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_FSIZE, LARGEST_WRITTEN),
        (resource.RLIMIT_NOFILE, MOST_OPEN),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    # The soft limit ends a process with a signal that tells why; the hard one just ends it.
    seconds = limits.processor_seconds
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    # A file of 100,000 lines is half a million objects that all stay.
    gc.set_threshold(200_000, 10, 10)
    folder.mkdir(mode=0o700)
    tempfile.tempdir = str(folder)


def _receive(stream: socket.socket) -> bytes:
    (length,) = LENGTH.unpack(_exactly(stream, LENGTH.size))
    return _exactly(stream, length)


def _exactly(stream: socket.socket, length: int) -> bytes:
    """Read so many bytes; EOFError where the caller has gone."""
    taken = bytearray(length)
    view = memoryview(taken)
    while view:
        count = stream.recv_into(view, min(len(view), _PIECE))
        if not count:
            raise EOFError
        view = view[count:]
    return bytes(taken)


def _outcome(call: bytes) -> tuple[bytes, bytes]:
    """Make the call, and put what comes of it into bytes."""
    try:
        # The call comes from the process that started this one, not from the file.
        function, arguments, named = pickle.loads(call)  # noqa: S301
        del call
        return ANSWER, _answer(function, arguments, named)
    except UnreadableFileError as refusal:
        return REFUSAL, str(refusal).encode()
    except MemoryError:
        return NO_MEMORY, b""
    except BaseException as fault:  # noqa: BLE001  # whatever it is, the caller has to hear of it
        # Without its message, which may repeat what the file holds: this goes into the log.
        frames = "".join(traceback.format_tb(fault.__traceback__))
        return ERROR, f"{frames}{type(fault).__name__}".encode("utf-8", "replace")


def _answer(
    function: Callable[..., object], arguments: tuple[object, ...], named: dict[str, object]
) -> bytes:
    return msgspec.msgpack.encode(function(*arguments, **named))


def _say(stream: socket.socket, kind: bytes, content: bytes) -> None:
    stream.sendall(HEAD.pack(kind, len(content)))
    stream.sendall(content)
