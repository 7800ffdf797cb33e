"""Where the embedded server's things lie, and who may enter.

``<data folder>/database`` holds locks, passwords and, below ``cluster``, PostgreSQL's own
folder. As root the server's account must reach the cluster; where it cannot, because a
parent is closed to it, the cluster goes below the account's home and the data folder keeps
a note of the place. The rights of folders that we did not make are never changed.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from services.database.errors import DataFolderError
from services.database.ownership import make_folder
from services.database.server_user import HOME, ServerUser, user_for

PORT = 5432  # only the name of the socket file: the server never listens on TCP
SOCKET_NAME = f".s.PGSQL.{PORT}"
LONGEST_SOCKET = 100  # the kernel takes 107 bytes
PLAIN_PATH = re.compile(r"[A-Za-z0-9/._+-]+")  # libpq splits hosts at commas
NOTE = "cluster-lies-at"  # in the data folder
OWNER_NOTE = "belongs-to"  # in the place, for people who tidy up


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one embedded server."""

    home: Path
    """``<data folder>/database``: passwords, and the note of another place."""
    base: Path
    """Where cluster and lock files lie: ``home``, or a folder that the account can enter."""
    user: ServerUser
    """Who runs the server and owns the cluster."""

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own folder (PGDATA)."""
        return self.base / "cluster"

    @property
    def unfinished(self) -> Path:
        """Where initdb works, so that a cluster is there whole or not at all."""
        return self.base / "cluster.unfinished"

    @property
    def start_lock(self) -> Path:
        """Held alone by whoever makes, starts or stops the server."""
        return self.base / "start.lock"

    @property
    def users_lock(self) -> Path:
        """Shared by everyone who uses the server, for as long as they do."""
        return self.base / "users.lock"

    @property
    def server_lock(self) -> Path:
        """Held alone by the server's own processes: while it is, no second server starts."""
        return self.base / "server.lock"

    @property
    def passwords(self) -> Path:
        """One file a password."""
        return self.home / "passwords"

    @property
    def start_log(self) -> Path:
        """What the server says before its own log is open."""
        return self.base / "start.log"


def find_places(data_dir: Path) -> Places:
    """Make the folders that are missing and settle where the cluster lies.

    Raises:
        DataFolderError: the folder belongs to somebody else or cannot be written.
        ServerUserMissingError: as root, without an account to run the server.
    """
    data_dir = data_dir.expanduser().resolve()
    try:
        return _settle(data_dir)
    except OSError as problem:
        raise DataFolderError(data_dir, problem.strerror or str(problem)) from problem


def known_places(data_dir: Path) -> Places | None:
    """Return the places if a cluster exists; make nothing."""
    home = data_dir.expanduser().resolve() / "database"
    base = _noted(home) or home
    if not (base / "cluster" / "PG_VERSION").exists():
        return None
    return Places(home, base, user_for(base / "cluster"))


def make_socket_folder(places: Places) -> Path:
    """Return a folder for the socket: short, owned by the server's user, closed to others."""
    for folder in _socket_folders(places):
        fits = len(str(folder / SOCKET_NAME).encode()) <= LONGEST_SOCKET
        if fits and PLAIN_PATH.fullmatch(str(folder)) and _make_private(folder, places.user):
            return folder
    raise DataFolderError(places.base, "没有可以放置数据库套接字的私有目录")


def _settle(data_dir: Path) -> Places:
    shared = os.geteuid() == 0  # the account has to pass through, but may list nothing
    data_dir.parent.mkdir(parents=True, exist_ok=True)
    make_folder(data_dir, 0o711 if shared else 0o700)
    home = data_dir / "database"
    make_folder(home, 0o711 if shared else 0o700)
    _belongs_to_us(home)
    base = _noted(home)
    user = user_for((base or home) / "cluster")
    if base is None:
        base = home if _can_hold(home, user) else _settle_elsewhere(data_dir, home)
    places = Places(home, base, user)
    make_folder(places.passwords, 0o700)
    return places


def _belongs_to_us(home: Path) -> None:
    owner = home.stat().st_uid
    if os.geteuid() not in {0, owner}:
        raise DataFolderError(home, f"它属于另一个用户（uid {owner}）")


def _noted(home: Path) -> Path | None:
    try:
        return Path((home / NOTE).read_text(encoding="utf-8").strip())
    except FileNotFoundError:
        return None


def _can_hold(home: Path, user: ServerUser) -> bool:
    """Whether the server's user reaches the folder; a cluster that is there stays there."""
    if not user.is_other or user.can_enter(home):
        return True
    if (home / "cluster").exists():
        raise DataFolderError(home, f"数据库用户 {user.name} 不能再进入它")
    return False


def _settle_elsewhere(data_dir: Path, home: Path) -> Path:
    """Choose a place below the account's home and note it, once for all processes."""
    make_folder(HOME, 0o711)
    make_folder(HOME / "clusters", 0o711)
    name = re.sub(r"[^A-Za-z0-9]+", "-", data_dir.name).strip("-")[:20]
    base = HOME / "clusters" / f"{name}-{secrets.token_hex(6)}"
    make_folder(base, 0o711)
    (base / OWNER_NOTE).write_text(f"{home}\n", encoding="utf-8")
    descriptor, fresh = tempfile.mkstemp(dir=home)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(f"{base}\n")
            stream.flush()
            os.fsync(stream.fileno())
        os.link(fresh, home / NOTE)
    except FileExistsError:
        shutil.rmtree(base)  # another process was quicker: its choice holds
    finally:
        Path(fresh).unlink()
    return _noted(home) or base


def _socket_folders(places: Places) -> Iterator[Path]:
    """Candidates, best first.

    Not below XDG_RUNTIME_DIR before the last: it is removed when its user logs out, and the
    server may outlive the login. A name in /tmp can be taken by anybody; then another is.
    """
    key = sha256(str(places.base).encode()).hexdigest()[:12]
    yield places.base / "run"
    if places.user.is_other:
        with suppress(OSError):
            make_folder(HOME, 0o711)
        yield HOME / f"run-{key}"
    short = Path("/tmp")  # noqa: S108  # rights and owner are checked, see _make_private
    yield short / f"jixiao-{places.user.uid}-{key}"
    yield short / f"jixiao-{places.user.uid}-{secrets.token_hex(6)}"
    if runtime := os.environ.get("XDG_RUNTIME_DIR"):
        yield Path(runtime) / f"jixiao-{key}"


def _make_private(folder: Path, user: ServerUser) -> bool:
    """Make the folder the user's own and closed; say no to one that is anybody else's."""
    try:
        folder.mkdir(mode=0o700)
        folder.chmod(0o700)
        user.own(folder)
    except FileExistsError:
        pass
    except OSError:
        return False
    state = folder.lstat()
    if not stat.S_ISDIR(state.st_mode) or state.st_uid != user.uid:
        return False
    if stat.S_IMODE(state.st_mode) != 0o700:
        folder.chmod(0o700)
    return True
