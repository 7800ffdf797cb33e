"""All bars in one run: ``python -m ops.bench``; 1 when one is missed twice."""

from __future__ import annotations

import sys

from ops.bench import append, projecting, voucher_file
from ops.bench.bars import Measurement, cleared

MEASUREMENTS: tuple[Measurement, ...] = (
    append.measure,
    projecting.measure_on,
    voucher_file.measure,
)


def main() -> int:
    """Measure the append, the projector and a whole file, each on a server of its own."""
    outcomes = [cleared(measure) for measure in MEASUREMENTS]
    return 0 if all(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
