"""Trying what lies in functions: the tests are collected once, and a fork swaps one function.

Only the tests that reach the mutant's statement are run, the likeliest first. What survives
here may still be noticed where a function works at import, and is tried again (``fresh.py``).
"""

from __future__ import annotations

import gc
import json
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import coverage
import pytest
from _pytest.runner import runtestprotocol

from ops.mutation.forking import KILLED, SURVIVED, UNDECIDED, Pool, run_apart
from ops.mutation.jobs import Jobs, Results
from ops.mutation.mutants import Mutant

FLAGS = ("-x", "-q", "-p", "no:cacheprovider", "--capture=no", "--tb=native")


@dataclass(frozen=True, slots=True)
class Reach:
    """Which tests reach which lines of which file, and the seconds that each test takes."""

    lines: dict[str, dict[str, list[str]]]
    seconds: dict[str, float]

    def tests_of(self, mutant: Mutant) -> list[str]:
        """The tests that run a mutant's statement, the likeliest and quickest first."""
        first, last = mutant.lines
        at = self.lines.get(mutant.path, {})
        reaching = {test for line in range(first, last + 1) for test in at.get(str(line), ())}
        named = f"test_{Path(mutant.path).stem}.py"
        return sorted(reaching, key=lambda test: (named not in test, self.seconds[test], test))

    def files_of(self, path: str) -> list[str]:
        """The test files that reach a file at all, the quickest first."""
        files = {
            test.partition("::")[0] for tests in self.lines.get(path, {}).values() for test in tests
        }
        return sorted(files, key=self.seconds_of_file)

    def seconds_of_file(self, file: str) -> float:
        """What all tests of a file take."""
        return sum(s for test, s in self.seconds.items() if test.startswith(f"{file}::"))


def read_reach(path: Path) -> Reach:
    """Read what was observed."""
    return Reach(**json.loads(path.read_text("utf-8")))


class WarmRun:
    """A pytest plugin that runs mutants in place of the tests, once these are collected."""

    def __init__(self, jobs: Jobs, results: Results, reach_path: Path) -> None:
        self._jobs, self._results, self._reach_path = jobs, results, reach_path

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Observe the tests, then try each mutant."""
        items = {item.nodeid: item for item in session.items}
        if run_apart(lambda: observe(list(items.values()), self._reach_path)) != SURVIVED:
            raise pytest.UsageError("the tests fail without any mutant")
        reach, functions = read_reach(self._reach_path), _functions()
        pool = Pool(self._jobs.processes, self._results.add)
        gc.freeze()  # what the forks share is not to be copied for counting it
        for number, mutant in enumerate(self._jobs.mutants):
            tests = reach.tests_of(mutant)
            if mutant.function is None or not tests:
                continue
            seconds = sum(reach.seconds[test] for test in tests)
            asked = [items[test] for test in tests]
            swap = functions.get((_module(mutant.path), mutant.function), [])
            pool.start(
                number,
                partial(_try, mutant, swap, asked),
                5 + int(5 * seconds),
            )
        pool.finish()
        return True


def observe(items: list[pytest.Item], path: Path) -> int:
    """Run every test once, and write which lines each reaches and how long it takes."""
    seen = coverage.Coverage(data_file=None, include=["domain/*"])
    caches = _caches()
    seconds: dict[str, float] = {}
    seen.start()
    for item in items:
        for cache in caches:  # what is remembered would not be reached again
            cache.cache_clear()
        seen.switch_context(item.nodeid)
        since = time.process_time()
        if not _passes(item):
            return KILLED
        seconds[item.nodeid] = time.process_time() - since
    seen.stop()
    lines: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for file in seen.get_data().measured_files():
        name = Path(file).relative_to(Path.cwd()).as_posix()
        for line, tests in seen.get_data().contexts_by_lineno(file).items():
            lines[name][str(line)] = sorted(test for test in tests if test in seconds)
    path.write_text(json.dumps({"lines": lines, "seconds": seconds}), "utf-8")
    return SURVIVED


def _try(mutant: Mutant, functions: list[FunctionType], items: list[pytest.Item]) -> int:
    """Swap the function for its mutant and run tests until one fails."""
    source = mutant.change.applied(Path(mutant.path).read_text("utf-8"))
    code = _code_in(compile(source, str(Path(mutant.path).absolute()), "exec"), mutant.function)
    if code is None or not functions:
        return UNDECIDED
    for function in functions:
        function.__code__ = code
    return SURVIVED if all(_passes(item) for item in items) else KILLED


def _passes(item: pytest.Item) -> bool:
    reports = runtestprotocol(item, log=False, nextitem=None)
    return not any(report.failed for report in reports)


def _functions() -> dict[tuple[str, str], list[FunctionType]]:
    """The functions of the domain that are alive, by module and name: bare of any decorator."""
    found: dict[tuple[str, str], list[FunctionType]] = defaultdict(list)
    for one in gc.get_objects():
        if isinstance(one, FunctionType) and str(one.__module__).startswith("domain."):
            found[one.__module__, one.__qualname__].append(one)
    return found


def _caches() -> list[Any]:
    """What remembers results in the domain."""
    return [
        one
        for one in gc.get_objects()
        if hasattr(type(one), "cache_clear")
        and str(getattr(one, "__module__", "")).startswith("domain.")
    ]


def _code_in(code: CodeType, name: str | None) -> CodeType | None:
    """The code of a function by its qualified name."""
    return next((one for one in _codes(code) if one.co_qualname == name), None)


def _codes(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes(constant)


def _module(path: str) -> str:
    return path.removesuffix(".py").replace("/", ".")
