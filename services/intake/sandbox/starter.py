"""The starter: a process of one thread that has loaded the readers and forks a child a call.

It lives as long as the process that asks. Each request comes with two descriptors: the stream
that the child talks on, and the pipe on which the starter tells how the child ended.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import os
import select
import shutil
import signal
import socket
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from services.intake.sandbox import child
from services.intake.sandbox.limits import Limits

REQUEST = 4096
"""Bytes of a request at most."""

_PR_SET_CHILD_SUBREAPER = 36
_GONE = select.POLLERR | select.POLLHUP


@dataclass(slots=True)
class _Child:
    """A child at work: until when, and where its end is told."""

    deadline: float
    fate: int
    late: bool = False


class Starter:
    """Forks, watches, and tells."""

    def __init__(self, control: socket.socket, folder: Path) -> None:
        self._control = control
        self._folder = folder
        self._children: dict[int, _Child] = {}
        self._poll = select.poll()
        self._poll.register(control, select.POLLIN)
        self._woken, waking = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(waking, warn_on_full_buffer=False)
        self._poll.register(self._woken, select.POLLIN)

    def run(self) -> None:
        """Work until whoever asks is gone; then no child outlives it."""
        while self._work():
            pass
        for pid in self._children:
            os.kill(pid, signal.SIGKILL)

    def _work(self) -> bool:
        """Wait for the next thing to happen, and see to it; False when nobody asks any more."""
        for descriptor, event in self._poll.poll(self._patience()):
            if descriptor == self._control.fileno():
                if not self._take():
                    return False
            elif descriptor == self._woken:
                os.read(self._woken, REQUEST)
            elif event & _GONE:
                self._give_up(descriptor)
        self._stop_late()
        self._bury()
        return True

    def _patience(self) -> float | None:
        """Milliseconds to the next deadline."""
        open_ends = [one.deadline for one in self._children.values() if not one.late]
        if not open_ends:
            return None
        return max(min(open_ends) - time.monotonic(), 0.0) * 1000 + 1

    def _take(self) -> bool:
        """Take a request and fork; False where there will be none any more."""
        request, descriptors, _, _ = socket.recv_fds(self._control, REQUEST, 2)
        if not request:
            return False
        stream, fate = descriptors
        limits = Limits(**json.loads(request))
        pid = os.fork()
        if pid == 0:
            self._become(stream, limits)
        os.close(stream)
        self._children[pid] = _Child(time.monotonic() + limits.seconds, fate)
        self._poll.register(fate, 0)
        return True

    def _become(self, stream: int, limits: Limits) -> None:
        """Go on as the child: with nothing of the starter's, and nothing of other children's."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.closerange(3, stream)
        os.closerange(stream + 1, os.sysconf("SC_OPEN_MAX"))
        child.serve(socket.socket(fileno=stream), limits, self._place(os.getpid()))

    def _place(self, pid: int) -> Path:
        return self._folder / str(pid)

    def _give_up(self, fate: int) -> None:
        """Stop a child whose caller is gone."""
        self._poll.unregister(fate)
        for pid, one in self._children.items():
            if one.fate == fate:
                os.kill(pid, signal.SIGKILL)

    def _stop_late(self) -> None:
        now = time.monotonic()
        for pid, one in self._children.items():
            if not one.late and one.deadline <= now:
                one.late = True
                os.kill(pid, signal.SIGKILL)

    def _bury(self) -> None:
        """Tell the end of each child, and clear away what it left behind."""
        while self._children:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            one = self._children.pop(pid, None)
            if one is not None:
                self._tell(one, status)
                _end_orphans(set(self._children))
                shutil.rmtree(self._place(pid), ignore_errors=True)

    def _tell(self, one: _Child, status: int) -> None:
        fatal = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        with suppress(KeyError):
            self._poll.unregister(one.fate)
        with suppress(OSError):
            os.write(one.fate, json.dumps({"signal": fatal, "late": one.late}).encode())
        os.close(one.fate)


def _end_orphans(known: set[int]) -> None:
    """End what a dead child had started: it has become a child of this process."""
    listed = Path(f"/proc/self/task/{os.getpid()}/children")
    with suppress(OSError):
        while orphans := {int(pid) for pid in listed.read_text("ascii").split()} - known:
            for pid in orphans:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)


def main(control: int, preload: Sequence[str]) -> None:
    """Load the readers, then serve until the other end of the control socket closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)
    for module in preload:
        importlib.import_module(module)
    # What is loaded is shared by all children, and no collection is to touch and copy it.
    gc.collect()
    gc.freeze()
    with tempfile.TemporaryDirectory(prefix="jixiao-readers-") as folder:
        Starter(socket.socket(fileno=control), Path(folder)).run()
