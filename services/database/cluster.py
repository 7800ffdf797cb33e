"""Making and starting a PostgreSQL cluster, and waiting until it answers."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from services.database import postmaster
from services.database.errors import ServerStartError
from services.database.locks import FileLock
from services.database.ownership import belongs_to_folder
from services.database.places import PORT, Places, make_socket_folder
from services.database.postmaster import Postmaster
from services.database.programs import MAJOR, Programs

Progress = Callable[[str], None]

ADMIN = "jixiao_admin"  # the cluster's superuser: makes roles and databases, nothing else
INITDB = (
    "--auth-local=scram-sha-256",
    "--auth-host=reject",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
)
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_wal_size": "256MB",  # bounds what a recovery has to read again
    "restart_after_crash": "on",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "Asia/Shanghai",
    "log_connections": "on",
    "logging_collector": "on",
    "log_directory": "log",
    "log_filename": "postgresql-%u.log",  # one a weekday: a week is kept
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    "log_truncate_on_rotation": "on",
}
STARTING = 900.0  # seconds a recovery may take before we give up waiting
REMAINS = 60.0  # seconds for the processes of a killed server to go away
QUIET = 2.0  # seconds before waiting is worth a word, and between two words
TAIL = 4000  # characters of a log that can tell why a start failed
STAMP = re.compile(r"^\d{4}-\d\d-\d\d [^\[]*\[\d+\] ")
ERROR = re.compile(r"(FATAL|PANIC|ERROR|[a-z]+: error): ")
NOT_YET = re.compile(r"the database system is (starting|shutting|not yet|in recovery)")


def exists(places: Places) -> bool:
    """Whether the cluster has been made."""
    return (places.cluster / "PG_VERSION").exists()


def create(places: Places, programs: Programs, password: str, progress: Progress) -> None:
    """Make the cluster: SCRAM for everybody, nothing by network, UTF-8 and its own sort order.

    It is made beside its place and moved there when it is whole: a process killed half way
    leaves nothing that looks like a cluster. Its initdb may live on for a moment; it holds
    the server's lock, so that the next process waits for it.
    """
    with FileLock(places.server_lock) as lock:
        _outwait_remains(lock, places, progress)
        shutil.rmtree(places.unfinished, ignore_errors=True)
        places.unfinished.mkdir(mode=0o700)
        places.user.own(places.unfinished)
        with tempfile.NamedTemporaryFile("w", dir=places.base, prefix=".init-") as secret:
            secret.write(password + "\n")
            secret.flush()
            places.user.own(Path(secret.name))
            command = [programs.path("initdb"), *INITDB, f"--pwfile={secret.name}"]
            command += [f"--username={ADMIN}", f"--pgdata={places.unfinished}"]
            done = places.user.run(command, programs.environment(), keep=(lock.descriptor,))
        if done.returncode != 0:
            raise ServerStartError("数据库创建失败", _last_lines(done.stdout))
        places.unfinished.rename(places.cluster)


def check_version(places: Places) -> None:
    """Refuse a cluster of another major version than the programs'."""
    version = (places.cluster / "PG_VERSION").read_text(encoding="ascii").strip()
    if version != str(MAJOR):
        raise ServerStartError(
            "数据库启动失败", f"数据由 PostgreSQL {version} 写成，本程序自带的是 {MAJOR}"
        )


def start(places: Places, programs: Programs, progress: Progress) -> Postmaster:
    """Start the server and wait until it takes connections; under the start lock.

    The server and its sessions inherit a lock. While any of them lives nobody else starts
    one, whatever numbers, zombies or containers make its pid file look like; once the lock
    is ours, whatever a dead server left behind can be cleared away.
    """
    with FileLock(places.server_lock) as lock:
        _outwait_remains(lock, places, progress)
        socket_dir = make_socket_folder(places)
        postmaster.clear_stale(places.cluster, socket_dir)
        before = _log_sizes(places)
        process = _spawn(places, programs, socket_dir, lock)
    if (ready := _wait(process, places.cluster, progress)) is None:
        said = _said_since(places, before)
        raise ServerStartError("数据库启动失败", _last_lines(said), places.cluster / "log")
    return ready


def await_ready(cluster: Path, progress: Progress) -> Postmaster | None:
    """Wait for a server that somebody else started; None when it ends instead."""
    return _wait(None, cluster, progress)


def _outwait_remains(lock: FileLock, places: Places, progress: Progress) -> None:
    """Take the server's lock; sessions of a dead server that still hold it are ended."""
    told = 0.0

    def waiting(seconds: float) -> None:
        nonlocal told
        postmaster.end_orphans(places.cluster)
        if seconds > REMAINS:
            raise ServerStartError(
                "数据库启动失败", "数据正被另一个看不到的数据库进程使用，例如另一个容器中的"
            )
        if seconds - told >= QUIET:
            told = seconds
            progress(f"正在等待上次的数据库进程退出，已等待 {seconds:.0f} 秒……")

    lock.wait_exclusive(waiting)


def _spawn(
    places: Places, programs: Programs, socket_dir: Path, lock: FileLock
) -> subprocess.Popen[bytes]:
    command = [programs.path("postgres"), "-D", str(places.cluster)]
    command += ["-k", str(socket_dir), "-p", str(PORT)]
    for name, value in SETTINGS.items():
        command += ["-c", f"{name}={value}"]
    with open(places.start_log, "wb", opener=_private) as log:
        belongs_to_folder(log.fileno(), places.base)
        process = places.user.spawn(command, programs.environment(), log, lock.descriptor)
    # Somebody has to wait for it, or a crash leaves a zombie that looks like a server.
    threading.Thread(target=process.wait, name="postmaster-reaper", daemon=True).start()
    return process


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW, 0o600)


def _wait(
    process: subprocess.Popen[bytes] | None, cluster: Path, progress: Progress
) -> Postmaster | None:
    """Wait while a server recovers, with a word every two seconds; None when it ends."""
    began = told = time.monotonic()
    while (now := time.monotonic()) - began < STARTING:
        server = postmaster.running(cluster)
        if server is not None and server.is_ready:
            return server
        ended = server is None if process is None else process.poll() is not None
        if ended:
            return None
        if now - told >= QUIET:
            told = now
            progress(
                f"数据库仍在启动（上次若未正常结束，正在恢复数据），已等待 {now - began:.0f} 秒……"
            )
        time.sleep(postmaster.POLL)
    raise ServerStartError("数据库启动失败", f"等待超过 {STARTING:.0f} 秒")


def _log_sizes(places: Places) -> dict[Path, int]:
    return {log: log.stat().st_size for log in (places.cluster / "log").glob("*.log")}


def _said_since(places: Places, before: dict[Path, int]) -> str:
    """Return what the server said since then, before and after its own log was open."""
    said = places.start_log.read_text(encoding="utf-8", errors="replace")
    for log, size in sorted(_log_sizes(places).items()):
        grown = before.get(log, 0) if size >= before.get(log, 0) else 0
        if size > grown:
            said += log.read_bytes()[grown:].decode("utf-8", errors="replace")
    return said[-TAIL:]


def _last_lines(said: str) -> str:
    """Return what went wrong, on one line: a log's last error and the line before it."""
    lines = [line.strip() for line in said.strip().splitlines()]
    news = [STAMP.sub("", line) for line in lines if line and not NOT_YET.search(line)]
    errors = [number for number, line in enumerate(news) if ERROR.match(line)]
    last = errors[-1] if errors else len(news) - 1
    return " / ".join(news[max(0, last - 1) : last + 1])
