"""The embedded PostgreSQL: starts by itself, is shared by its users, stopped by the last.

Each user of the server holds a shared lock on a file; whoever leaves and gets it alone
stops the server. The kernel frees the lock of a user that is killed, so nothing has to be
counted and nothing goes stale.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

from psycopg.conninfo import make_conninfo

from services.database import cluster, postmaster
from services.database.errors import (
    DataFolderError,
    PasswordLostError,
    ServerStartError,
    UnsupportedSystemError,
)
from services.database.locks import FileLock, alone
from services.database.openness import require_closed
from services.database.passwords import password
from services.database.places import PORT, SOCKET_NAME, Places, find_places
from services.database.postmaster import Postmaster
from services.database.programs import Programs, programs_for
from services.database.watch import Watch

Progress = Callable[[str], None]


class EmbeddedServer:
    """A PostgreSQL of our own in a data folder, reached by a private Unix socket."""

    def __init__(self, places: Places, programs: Programs, progress: Progress) -> None:
        self.places = places
        self.programs = programs
        self._progress = progress
        self._socket_dir = places.base

    @classmethod
    @contextmanager
    def open(cls, data_dir: Path, progress: Progress) -> Iterator[Self]:
        """Use the server of a data folder: make, start or join it, and leave it at the end.

        Args:
            data_dir: the data folder; made if missing.
            progress: hears, in Chinese, what takes time.

        Raises:
            MonitoringError: it cannot run here; the sentence says the next step.
        """
        if not sys.platform.startswith("linux"):
            raise UnsupportedSystemError(sys.platform)
        places = find_places(data_dir)
        server = cls(places, programs_for(places.user), progress)
        with server._users_lock() as users:
            server._join(users)
            try:
                with Watch(server.ensure_running):
                    yield server
            finally:
                server._leave(users)

    @property
    def admin_conninfo(self) -> str:
        """The superuser's connection, to the maintenance database."""
        return self.conninfo(cluster.ADMIN, self.password(cluster.ADMIN), "postgres")

    def conninfo(self, user: str, password: str, dbname: str) -> str:
        """A connection string for libpq; nothing is left to the environment."""
        return make_conninfo(
            host=str(self._socket_dir), port=PORT, user=user, password=password, dbname=dbname
        )

    def password(self, role: str) -> str:
        """The password of a role, kept in the data folder; made on first use."""
        return password(self.places.passwords, role)

    @property
    def pid(self) -> int | None:
        """The server's process, or None while there is none."""
        server = postmaster.running(self.places.cluster)
        return server.pid if server else None

    def ensure_running(self) -> None:
        """Bring the server back if it has died; cheap when it runs.

        Raises:
            ServerStartError: it does not come up, or its cluster is gone: no empty one is made
                under the hands of those who use it.
        """
        if postmaster.running(self.places.cluster) is None:
            if not cluster.exists(self.places):
                raise ServerStartError("数据库启动失败", f"{self.places.cluster} 不见了")
            with self._start_lock():
                self._run()

    def _users_lock(self) -> FileLock:
        try:
            return FileLock(self.places.users_lock)
        except OSError as problem:
            raise DataFolderError(self.places.base, str(problem)) from problem

    def _join(self, users: FileLock) -> None:
        with self._start_lock():
            users.share()
            try:
                self._run()
            except BaseException as problem:
                self._stop_if_last(users)
                if isinstance(problem, OSError):
                    raise DataFolderError(self.places.base, str(problem)) from problem
                raise

    def _leave(self, users: FileLock) -> None:
        with self._start_lock():
            self._stop_if_last(users)

    def _stop_if_last(self, users: FileLock) -> None:
        if users.try_exclusive():
            postmaster.stop(self.places.cluster)
            with suppress(OSError):
                if self._socket_dir != self.places.base:
                    self._socket_dir.rmdir()

    @contextmanager
    def _start_lock(self) -> Iterator[None]:
        told = 0.0

        def waiting(seconds: float) -> None:
            nonlocal told
            if seconds - told >= cluster.QUIET:
                told = seconds
                self._progress(f"正在等待另一个进程启动或停止数据库，已等待 {seconds:.0f} 秒……")

        with alone(self.places.start_lock, waiting):
            yield

    def _run(self) -> None:
        """Have the server running; under the start lock."""
        if not cluster.exists(self.places):
            self._progress("首次运行，正在创建数据库……")
            cluster.create(self.places, self.programs, self.password(cluster.ADMIN), self._progress)
        elif not (self.places.passwords / cluster.ADMIN).exists():
            raise PasswordLostError(self.places.passwords / cluster.ADMIN)
        server = self._running() or self._start()
        if server.socket_dir is None:
            raise ServerStartError("数据库启动失败", "没有套接字")
        for path in (self.places.cluster, server.socket_dir, server.socket_dir / SOCKET_NAME):
            require_closed(path)
        self._socket_dir = server.socket_dir

    def _running(self) -> Postmaster | None:
        """Join a server that runs, or that was starting when its starter was killed."""
        if postmaster.running(self.places.cluster) is None:
            return None
        server = cluster.await_ready(self.places.cluster, self._progress)
        if server is not None and not server.has_socket:
            # Somebody tidied the socket away: nobody can reach this server any more.
            postmaster.stop(self.places.cluster)
            return None
        return server

    def _start(self) -> Postmaster:
        cluster.check_version(self.places)
        self._progress("正在启动数据库……")
        return cluster.start(self.places, self.programs, self._progress)
