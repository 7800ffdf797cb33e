"""Trying what works at import: a fork in which the domain was never imported imports the mutant."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, ModuleType

import pytest

from ops.mutation.forking import Pool
from ops.mutation.jobs import Jobs, Results, open_numbers
from ops.mutation.mutants import Mutant
from ops.mutation.scope import imported
from ops.mutation.warm import FLAGS, Reach


def run_fresh(jobs: Jobs, results: Results, reach: Reach) -> None:
    """Try every mutant that no test has noticed yet, by all test files that reach its module."""
    pool = Pool(jobs.processes, results.add)
    for number in open_numbers(jobs.mutants, results.read()):
        mutant = jobs.mutants[number]
        files = _files(mutant, jobs.tests, reach)
        seconds = sum(reach.seconds_of_file(file) for file in files)
        pool.start(number, partial(_try, mutant, files), 15 + int(3 * seconds))
    pool.finish()


def _files(mutant: Mutant, tests: Sequence[str], reach: Reach) -> list[str]:
    """The files that reach the module or name it, its own first, then the quickest."""
    module = mutant.path.removesuffix(".py").replace("/", ".")
    wanted = {module, "pkgutil"}  # who walks all modules, reaches this one too
    naming = [test for test in tests if wanted & imported(Path(test).read_text("utf-8"))]
    files = {*reach.files_of(mutant.path), *naming}
    named = f"test_{Path(mutant.path).stem}.py"
    return sorted(files, key=lambda file: (named not in file, reach.seconds_of_file(file), file))


def _try(mutant: Mutant, files: Sequence[str]) -> int:
    sys.meta_path.insert(0, _MutatedModule(mutant))
    return int(pytest.main([*FLAGS, *files]))


class _MutatedModule(MetaPathFinder):
    """Finds one module with its change, and leaves all others to the finders after it."""

    def __init__(self, mutant: Mutant) -> None:
        self._name = mutant.path.removesuffix(".py").replace("/", ".")
        self._mutant = mutant

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The mutant's module, if it is asked for."""
        del path, target
        if fullname != self._name:
            return None
        file = str(Path(self._mutant.path).absolute())
        return spec_from_file_location(fullname, file, loader=_Loader(fullname, file, self._mutant))


class _Loader(SourceFileLoader):
    def __init__(self, fullname: str, path: str, mutant: Mutant) -> None:
        super().__init__(fullname, path)
        self._mutant = mutant

    def get_code(self, fullname: str) -> CodeType:
        """Compile the changed text, and keep it out of any cache on disk."""
        del fullname
        source = self._mutant.change.applied(Path(self.path).read_text("utf-8"))
        return compile(source, self.path, "exec")
