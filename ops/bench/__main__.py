"""All bars in one run: ``python -m ops.bench``; 1 when one is missed twice."""

from __future__ import annotations

import sys

from ops.bench import append, preview_file, projecting, voucher_file
from ops.bench.bars import Measurement, cleared

MEASUREMENTS: tuple[Measurement, ...] = (
    append.measure,
    projecting.measure_on,
    voucher_file.measure,
    preview_file.measure,
)


def main() -> int:
    """Measure the append, the projector, a whole file and previews, each on its own server."""
    outcomes = [cleared(measure) for measure in MEASUREMENTS]
    return 0 if all(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
