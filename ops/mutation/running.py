"""Trying mutants in a copy of the tree, by a worker in a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from ops.mutation.copying import copy_tree
from ops.mutation.jobs import Jobs, Outcome, Results, write_jobs
from ops.mutation.mutants import Mutant
from ops.mutation.scope import asked_tests

JOBS, RESULTS = "jobs.json", "results.tsv"

_PLAIN = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONHASHSEED": "0"}
"""Every try under the same conditions; the tests of the domain need no plugin."""

_SAY_EVERY_SECONDS = 20


class RunFailedError(Exception):
    """The run itself failed, mostly because the tests do not pass without a mutant."""


def outcomes_of(root: Path, mutants: Sequence[Mutant], processes: int) -> list[Outcome]:
    """Try mutants of the tree at ``root``, in their order, so many at a time.

    Raises:
        RunFailedError: with the end of what the worker said.
    """
    tests = asked_tests(root)
    with tempfile.TemporaryDirectory(prefix="jixiao-mutation-") as name:
        folder = Path(name)
        copy_tree(root, folder, tests)
        write_jobs(folder / JOBS, Jobs(tuple(mutants), tuple(tests), processes))
        results = Results(folder / RESULTS)
        _work(folder, results, len(mutants))
        known = results.read()
    return [known.get(number, Outcome.UNDECIDED) for number in range(len(mutants))]


def _work(folder: Path, results: Results, count: int) -> None:
    """Let the worker run, and say how far it is."""
    command = [sys.executable, "-m", "ops.mutation.worker"]
    environment = {**os.environ, **_PLAIN, "PYTHONPATH": str(folder)}
    log = folder / "worker.log"
    with (
        log.open("wb") as output,
        subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # so that its forks can be ended with it
        ) as worker,
    ):
        try:
            while _is_busy(worker):
                noticed = sum(outcome.noticed for outcome in results.read().values())
                print(f"{noticed} of {count} noticed so far", file=sys.stderr, flush=True)
        except BaseException:
            os.killpg(worker.pid, signal.SIGKILL)
            raise
    if worker.returncode:
        raise RunFailedError(log.read_text("utf-8", errors="replace")[-4000:])


def _is_busy(worker: subprocess.Popen[bytes]) -> bool:
    try:
        worker.wait(timeout=_SAY_EVERY_SECONDS)
    except subprocess.TimeoutExpired:
        return True
    return False
