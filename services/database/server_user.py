"""Who runs the embedded server: ourselves, or as root an unprivileged account of its own.

PostgreSQL refuses to run as root, and should: a flaw in it must not be a flaw in the machine.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypedDict

from services.database.errors import ServerUserMissingError

ACCOUNT = "jixiao-db"
HOME = Path("/var/lib/jixiao-db")
SHELL = "/bin/sh"
SYSTEM_PROGRAMS = "/usr/sbin:/sbin:/usr/bin:/bin"


class _Switch(TypedDict):
    """How a child process changes its user; nothing when it stays who we are."""

    user: int | None
    group: int | None
    extra_groups: list[int] | None


@dataclass(frozen=True, slots=True)
class ServerUser:
    """The operating system's user whose processes and files the server's are."""

    name: str
    uid: int
    gid: int

    @property
    def is_other(self) -> bool:
        """Whether children have to change to this user."""
        return self.uid != os.geteuid()

    def _switch(self) -> _Switch:
        if self.is_other:
            return {"user": self.uid, "group": self.gid, "extra_groups": []}
        return {"user": None, "group": None, "extra_groups": None}

    def run(
        self, command: Sequence[str], env: Mapping[str, str], keep: tuple[int, ...] = ()
    ) -> subprocess.CompletedProcess[str]:
        """Run a program to its end as this user, with its output as text.

        ``keep`` are descriptors that it inherits and holds open as long as it lives.
        """
        return subprocess.run(
            command,
            env=env,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
            umask=0o077,
            pass_fds=keep,
            **self._switch(),
        )

    def spawn(
        self, command: Sequence[str], env: Mapping[str, str], log: IO[bytes], keep: int
    ) -> subprocess.Popen[bytes]:
        """Start a program as this user, in a session of its own: Ctrl-C does not reach it.

        ``keep`` is a descriptor that it inherits and holds open as long as it lives.
        """
        return subprocess.Popen(
            command,
            env=env,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=(keep,),
            umask=0o077,
            **self._switch(),
        )

    def can_enter(self, folder: Path) -> bool:
        """Whether this user reaches a folder through all its parents; asked of the kernel."""
        probe = [SHELL, "-c", 'cd -- "$0"', str(folder)]
        return self.run(probe, env={}).returncode == 0

    def own(self, path: Path) -> None:
        """Hand a file or folder of ours over to this user."""
        if self.is_other:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def user_for(existing_cluster: Path) -> ServerUser:
    """Choose who runs the server: the owner of the cluster, ourselves, or as root the account."""
    if os.geteuid() != 0:
        return ServerUser(_name(os.geteuid()), os.geteuid(), os.getegid())
    if existing_cluster.exists() and (owner := existing_cluster.stat()).st_uid != 0:
        return ServerUser(_name(owner.st_uid), owner.st_uid, owner.st_gid)
    return _account()


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _account() -> ServerUser:
    if (found := _find_account()) is None:
        reason = _create_account()
        if (found := _wait_for_account()) is None:
            raise ServerUserMissingError(ACCOUNT, reason)
    return found


def _find_account() -> ServerUser | None:
    try:
        entry = pwd.getpwnam(ACCOUNT)
    except KeyError:
        return None
    return ServerUser(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _wait_for_account() -> ServerUser | None:
    """Look again for a moment: of two processes making the account one fails, and both have it."""
    for _ in range(40):
        if (found := _find_account()) is not None:
            return found
        time.sleep(0.05)
    return None


def _create_account() -> str:
    """Make the system account with what the machine has; answer what went wrong, if anything."""
    nologin = shutil.which("nologin", path=SYSTEM_PROGRAMS) or "/bin/false"
    if useradd := shutil.which("useradd", path=SYSTEM_PROGRAMS):
        command = [useradd, "--system", "--user-group", "--no-create-home"]
        command += ["--home-dir", str(HOME), "--shell", nologin, ACCOUNT]
    elif adduser := shutil.which("adduser", path=SYSTEM_PROGRAMS):
        # The adduser of BusyBox, where there is no useradd; Debian always has both.
        command = [adduser, "-S", "-D", "-H", "-h", str(HOME), "-s", nologin, ACCOUNT]
    else:
        return "系统中没有 useradd 或 adduser 命令"
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stderr.strip() or f"{command[0]} 返回 {done.returncode}"
