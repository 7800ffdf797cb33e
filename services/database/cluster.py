"""Making and starting a PostgreSQL cluster, and waiting until it answers."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from services.database import postmaster
from services.database.errors import ServerStartError
from services.database.places import PORT, Places, make_socket_folder
from services.database.postmaster import Postmaster
from services.database.programs import MAJOR, Programs

ADMIN = "jixiao_admin"  # the cluster's superuser: makes roles and databases, nothing else
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
RETRYING = 60.0  # seconds for the remains of a killed server to go away
QUIET = 2.0  # seconds before waiting is worth a word, and between two words
IN_THE_WAY = ("pre-existing shared memory block", "lock file", "Is another postmaster")

Progress = Callable[[str], None]


def exists(places: Places) -> bool:
    """Whether the cluster has been made."""
    return (places.cluster / "PG_VERSION").exists()


def create(places: Places, programs: Programs, password: str) -> None:
    """Make the cluster: SCRAM for everybody, nothing by network, UTF-8 and its own sort order.

    It is made beside its place and moved there when it is whole: a process killed half way
    leaves nothing that looks like a cluster.
    """
    shutil.rmtree(places.unfinished, ignore_errors=True)
    places.unfinished.mkdir(mode=0o700)
    places.user.own(places.unfinished)
    with tempfile.NamedTemporaryFile("w", dir=places.base, prefix=".init-") as secret:
        secret.write(password + "\n")
        secret.flush()
        places.user.own(Path(secret.name))
        done = places.user.run(
            [
                programs.path("initdb"),
                f"--pgdata={places.unfinished}",
                f"--username={ADMIN}",
                f"--pwfile={secret.name}",
                "--auth-local=scram-sha-256",
                "--auth-host=reject",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions",
            ],
            programs.environment(),
        )
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
    """Start the server and wait until it takes connections.

    The caller holds the start lock, and no server runs. What a killed server left behind
    (a zombie, a number used by another program, sessions still busy) is cleared away first
    or waited for; a recovery is waited for, with a word every two seconds.
    """
    socket_dir = make_socket_folder(places)
    deadline = time.monotonic() + RETRYING
    while True:
        postmaster.end_orphans(places.cluster)
        postmaster.clear_stale(places.cluster, socket_dir)
        process = _spawn(places, programs, socket_dir)
        ready = _wait(process, places.cluster, progress)
        if ready is not None:
            return ready
        said = places.start_log.read_text(encoding="utf-8", errors="replace")
        if time.monotonic() > deadline or not any(words in said for words in IN_THE_WAY):
            raise ServerStartError("数据库启动失败", _last_lines(said), _newest_log(places))
        time.sleep(0.2)


def await_ready(cluster: Path, progress: Progress) -> Postmaster | None:
    """Wait for a server that somebody else started; None when it ends instead."""
    return _wait(None, cluster, progress)


def _spawn(places: Places, programs: Programs, socket_dir: Path) -> subprocess.Popen[bytes]:
    command = [programs.path("postgres"), "-D", str(places.cluster)]
    command += ["-k", str(socket_dir), "-p", str(PORT)]
    for name, value in SETTINGS.items():
        command += ["-c", f"{name}={value}"]
    with open(places.start_log, "wb", opener=_private) as log:  # for the rights
        process = places.user.spawn(command, programs.environment(), log)
    # Somebody has to wait for it, or a crash leaves a zombie that looks like a server.
    threading.Thread(target=process.wait, name="postmaster-reaper", daemon=True).start()
    return process


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _wait(
    process: subprocess.Popen[bytes] | None, cluster: Path, progress: Progress
) -> Postmaster | None:
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
            progress(f"数据库正在恢复上次未正常结束时的数据，已等待 {now - began:.0f} 秒……")
        time.sleep(postmaster.POLL)
    raise ServerStartError("数据库启动失败", f"等待超过 {STARTING:.0f} 秒")


def _last_lines(said: str) -> str:
    """Return the end of what a program said, on one line."""
    return " / ".join(line.strip() for line in said.strip().splitlines()[-3:])


def _newest_log(places: Places) -> Path:
    logs = sorted((places.cluster / "log").glob("*.log"), key=lambda log: log.stat().st_mtime)
    return logs[-1] if logs else places.start_log
