"""The mutation run on a domain of one file: noticed, hung and surviving mutants."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from textwrap import dedent

import pytest

from ops.mutation.jobs import Outcome
from ops.mutation.mutants import Mutant, mutants_of
from ops.mutation.running import RunFailedError, outcomes_of

ROOT = Path(__file__).resolve().parents[2]

_DOMAIN = '''
from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache


def _doubled(number: int) -> int:
    return number * 2


LIMIT = _doubled(4)
WORDS = {"red": "红", "green": "绿"}


@dataclass(frozen=True, slots=True)
class Toy:
    """A value with a property."""

    number: int

    @property
    def fits(self) -> bool:
        return self.number < LIMIT


@lru_cache(maxsize=8)
def halves(number: int) -> int:
    count = 0
    while count * 2 < number:
        count += 1
    return count


def untested(number: int) -> int:
    return number + 1
'''

_TESTS = """
from domain.toy import WORDS, Toy, halves


def test_below_the_limit_it_fits():
    assert Toy(7).fits
    assert not Toy(8).fits


def test_words():
    assert WORDS["red"] == "红"


def test_halves():
    assert halves(4) == 2
    assert halves(4) == 2
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A tree with one module and its tests."""
    files = {
        "domain/__init__.py": "",
        "domain/toy.py": _DOMAIN,
        "tests/unit/conftest.py": "from hypothesis import settings\n",
        "tests/unit/test_toy.py": _TESTS,
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def _mutant(after: str) -> Mutant:
    found = mutants_of("domain/toy.py", _DOMAIN, {}).mutants
    return next(mutant for mutant in found if mutant.after == after)


def test_each_mutant_is_noticed_where_a_test_speaks_of_it(tree: Path) -> None:
    expected = {
        "return self.number <= LIMIT": Outcome.KILLED,  # a property
        "return number * 3": Outcome.KILLED,  # a function that works at import
        "": Outcome.KILLED,  # a decorator
        'WORDS = {"red": "红X", "green": "绿"}': Outcome.KILLED,  # a table
        'WORDS = {"red": "红", "green": "绿X"}': Outcome.SURVIVED,
        "while count * 2 <= number:": Outcome.KILLED,  # a function that remembers
        "while count * 2 != number:": Outcome.SURVIVED,
        "return number - 1": Outcome.SURVIVED,
    }
    outcomes = outcomes_of(tree, [_mutant(after) for after in expected], 2)
    assert dict(zip(expected, outcomes, strict=True)) == expected
    assert (tree / "domain" / "toy.py").read_text("utf-8") == _DOMAIN


def test_a_mutant_that_never_ends_is_noticed(tree: Path) -> None:
    assert outcomes_of(tree, [_mutant("count += 0")], 1) == [Outcome.TIMED_OUT]


def test_tests_that_fail_by_themselves_end_the_run(tree: Path) -> None:
    (tree / "tests" / "unit" / "test_toy.py").write_text(
        dedent("""
        import domain.toy

        def test_nothing_is_right():
            assert domain.toy.LIMIT == 0
        """),
        "utf-8",
    )
    with pytest.raises(RunFailedError, match="do not pass without a mutant"):
        outcomes_of(tree, [_mutant("count += 0")], 1)


def test_a_run_that_is_ended_leaves_no_process_and_no_folder(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "ops.mutation", "--only", "/light.py", "--processes", "1"]
    with subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "TMPDIR": str(tmp_path)}, stdout=subprocess.DEVNULL
    ) as run:
        while not _working_in(tmp_path):
            time.sleep(0.05)
            assert run.poll() is None
        run.send_signal(signal.SIGTERM)

    assert run.returncode == 128 + signal.SIGTERM
    assert list(tmp_path.iterdir()) == []
    assert _left_working_in(tmp_path) == []


def _left_working_in(folder: Path) -> list[str]:
    """Those still there after a while: the forks of a killed group end when they are scheduled."""
    for _ in range(200):
        if not (found := _working_in(folder)):
            break
        time.sleep(0.05)
    return found


def _working_in(folder: Path) -> list[str]:
    """The processes whose working folder lies, or lay, below this one."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it ended, or belongs to somebody else
            if str(process.joinpath("cwd").readlink()).startswith(str(folder)):
                found.append(process.name)
    return found
