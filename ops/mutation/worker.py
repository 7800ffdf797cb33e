"""The worker in the copied tree: ``python -m ops.mutation.worker``, run there by the run."""

from __future__ import annotations

import sys
from pathlib import Path

import eventsourcing.domain
import hypothesis
import pytest

from ops.mutation.forking import SURVIVED, run_apart
from ops.mutation.fresh import run_fresh
from ops.mutation.jobs import Jobs, Results, read_jobs
from ops.mutation.running import JOBS, RESULTS
from ops.mutation.warm import FLAGS, WarmRun, read_reach

REACH = Path("reach.json")

_WARM = (eventsourcing.domain, hypothesis)
"""Imported here once, so that no fork has to; the domain itself must not be."""


def main() -> int:
    """Try all mutants: first by swapping functions, then what is left by importing anew."""
    jobs, results = read_jobs(Path(JOBS)), Results(Path(RESULTS))
    if run_apart(lambda: _warm(jobs, results)) != SURVIVED:
        sys.stderr.write("The tests do not pass without a mutant, or cannot be collected.\n")
        return 1
    if any(name.partition(".")[0] == "domain" for name in sys.modules):
        sys.stderr.write("The domain was imported before its mutants.\n")
        return 1
    run_fresh(jobs, results, read_reach(REACH))
    return 0


def _warm(jobs: Jobs, results: Results) -> int:
    return int(pytest.main([*FLAGS, *jobs.tests], plugins=[WarmRun(jobs, results, REACH)]))


if __name__ == "__main__":
    sys.exit(main())
