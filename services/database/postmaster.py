"""The server's main process: is it there, is it really ours, and how it is ended.

What ``postmaster.pid`` says is a claim. After a crash or a reboot its number may belong to
another program, and a dead process that nobody has waited for still answers to signals.
"""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from services.database.places import SOCKET_NAME

PID_FILE = "postmaster.pid"
POLL = 0.02  # seconds
FAST_SHUTDOWN = 90.0  # seconds for a checkpoint of all that is in memory
IMMEDIATE_SHUTDOWN = 10.0


@dataclass(frozen=True, slots=True)
class Postmaster:
    """What ``postmaster.pid`` says of a server."""

    pid: int
    socket_dir: Path | None
    status: str

    @property
    def is_ready(self) -> bool:
        """Whether it takes connections."""
        return self.status == "ready" and self.socket_dir is not None

    @property
    def has_socket(self) -> bool:
        """Whether its socket is still where it was made."""
        return self.socket_dir is not None and (self.socket_dir / SOCKET_NAME).exists()


def claimed(cluster: Path) -> Postmaster | None:
    """Read ``postmaster.pid``; None when there is none or it is not written yet."""
    try:
        lines = (cluster / PID_FILE).read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return None
    if not lines or not lines[0].strip().isdigit():
        return None
    lines += [""] * (8 - len(lines))
    socket_dir = Path(lines[4].strip()) if lines[4].strip() else None
    return Postmaster(int(lines[0]), socket_dir, lines[7].strip())


def running(cluster: Path) -> Postmaster | None:
    """Return the server of this cluster if it is alive, and is it and nobody else."""
    postmaster = claimed(cluster)
    if postmaster is None or not is_postmaster(postmaster.pid, cluster):
        return None
    return postmaster


def is_postmaster(pid: int, cluster: Path) -> bool:
    """Whether a process lives and serves this cluster."""
    return is_alive(pid) and _works_in(pid, cluster) and _is_main(pid)


def is_alive(pid: int) -> bool:
    """Whether a process exists and is more than a zombie."""
    with suppress(ChildProcessError, OverflowError):
        os.waitpid(pid, os.WNOHANG)  # as the first process of a container we inherit orphans
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return status.rpartition(")")[2].split()[0] not in {"Z", "X"}


def clear_stale(cluster: Path, socket_dir: Path) -> None:
    """Take away the lock files that a dead server left behind.

    PostgreSQL does so itself unless their number answers to a signal: a zombie, or another
    program of the same user. The caller holds the server's lock: nothing of it lives.
    """
    for file in (cluster / PID_FILE, socket_dir / f"{SOCKET_NAME}.lock", socket_dir / SOCKET_NAME):
        file.unlink(missing_ok=True)


def end_orphans(cluster: Path) -> None:
    """End sessions whose postmaster is dead: a busy one does not notice by itself for long."""
    for pid in _processes_in(cluster):
        with suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGQUIT)


def stop(cluster: Path) -> None:
    """Stop the server and wait: fast at first, hard when it does not end."""
    postmaster = running(cluster)
    if postmaster is None:
        return
    for sign, patience in (
        (signal.SIGINT, FAST_SHUTDOWN),
        (signal.SIGQUIT, IMMEDIATE_SHUTDOWN),
        (signal.SIGKILL, IMMEDIATE_SHUTDOWN),
    ):
        with suppress(ProcessLookupError):
            os.kill(postmaster.pid, sign)
        if _gone(postmaster.pid, cluster, patience):
            return


def _gone(pid: int, cluster: Path, patience: float) -> bool:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if not is_postmaster(pid, cluster):
            return True
        time.sleep(POLL)
    return False


def _works_in(pid: int, cluster: Path) -> bool:
    """Whether a process' working folder is the cluster, as that of every server process is."""
    try:
        return Path(f"/proc/{pid}/cwd").samefile(cluster)
    except FileNotFoundError:
        return False
    except OSError:
        # Not ours to look at, or root in a container without the right to: ask the command line.
        return str(cluster).encode() in _command(pid)


def _is_main(pid: int) -> bool:
    """Whether it is the postmaster: its sessions carry a title in place of the command line."""
    command = _command(pid)
    return bool(command) and command[0].rpartition(b"/")[2] in {b"postgres", b"postmaster"}


def _command(pid: int) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return []


def _processes_in(cluster: Path) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                if (entry / "cwd").samefile(cluster):
                    found.append(int(entry.name))
    return found
