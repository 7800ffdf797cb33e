"""``python -m ops.mutation``: break the rules on purpose, and see whether a test notices.

The scale is JIXIAO_SOAK: at 1 a seeded sample, from 10 on every mutant. It ends with 1 when in
any group fewer are noticed than the bar asks, and with 2 when the run itself fails.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from collections import Counter
from pathlib import Path

from ops.mutation.mutants import Mutant, enumerations_of, mutants_of
from ops.mutation.operators import LeftOut
from ops.mutation.report import Tried, left_out_text, table
from ops.mutation.running import RunFailedError, outcomes_of
from ops.mutation.sampling import sample
from ops.mutation.scope import mutated_files
from ops.mutation.survivors import KNOWN, listed, read_known, survivor

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Find, choose, try, report."""
    options = _options()
    signal.signal(signal.SIGTERM, _end)
    since = time.monotonic()
    groups, left_out = _find(options.only)
    soak = 10 if options.all else options.soak
    chosen = sample(groups, soak, options.seed)
    count, total = sum(map(len, chosen.values())), sum(map(len, groups.values()))
    print(f"{count} of {total} mutants, {options.processes} at a time")
    try:
        outcomes = _tried(chosen, options.processes)
    except RunFailedError as failed:
        print(failed, file=sys.stderr)
        return 2
    print(left_out_text(left_out.items()), end="\n\n")
    print(table(outcomes))
    _tell_of_survivors(outcomes, options.report)
    print(f"{(time.monotonic() - since) / 60:.1f} minutes")
    return 0 if all(tried.clears_the_bar for tried in outcomes.values()) else 1


def _end(number: int, frame: object) -> None:
    """End by an exception, so that the worker ends too and its folder goes."""
    del frame
    sys.exit(128 + number)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m ops.mutation", description=__doc__)
    soak = int(os.environ.get("JIXIAO_SOAK") or 1)
    cores = len(os.sched_getaffinity(0))
    parser.add_argument("--soak", type=int, default=soak, help="how many samples; 10: all")
    parser.add_argument("--all", action="store_true", help="every mutant")
    parser.add_argument("--seed", type=int, default=1, help="of the sample")
    parser.add_argument("--processes", type=int, default=cores, help="at a time")
    parser.add_argument("--only", default="", help="files whose path holds this")
    parser.add_argument("--report", type=Path, default=ROOT / "build" / "mutation.md")
    return parser.parse_args()


def _find(only: str) -> tuple[dict[str, list[Mutant]], Counter[LeftOut]]:
    """The mutants of each group, and what was left out."""
    domain = sorted((ROOT / "domain").rglob("*.py"))
    enumerations = enumerations_of(path.read_text("utf-8") for path in domain)
    groups: dict[str, list[Mutant]] = {}
    left_out = Counter[LeftOut]()
    for group, files in mutated_files(ROOT).items():
        for file in (file for file in files if only in file):
            found = mutants_of(file, (ROOT / file).read_text("utf-8"), enumerations)
            groups.setdefault(group, []).extend(found.mutants)
            left_out += found.left_out
    return groups, left_out


def _tried(chosen: dict[str, tuple[Mutant, ...]], processes: int) -> dict[str, Tried]:
    """What became of the chosen ones, by group."""
    outcomes = iter(outcomes_of(ROOT, [m for group in chosen.values() for m in group], processes))
    return {
        group: Tried(tuple((mutant, next(outcomes)) for mutant in mutants))
        for group, mutants in chosen.items()
    }


def _tell_of_survivors(outcomes: dict[str, Tried], report: Path) -> None:
    """Write all survivors to the report; name those that nobody has given a reason for."""
    known = read_known(KNOWN.read_text("utf-8"))
    found = [survivor(mutant) for tried in outcomes.values() for mutant in tried.survivors]
    unknown = [one for one in found if one not in known]
    report.parent.mkdir(parents=True, exist_ok=True)
    report.write_text(listed(found, known), "utf-8")
    print(f"\n{len(found)} survivors, {len(unknown)} of them without a reason; see {report}")
    for one in sorted(set(unknown)):
        print(f"  {one.path} {one.place}: {one.before}  →  {one.after}")


if __name__ == "__main__":
    sys.exit(main())
