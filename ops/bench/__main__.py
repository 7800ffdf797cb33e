"""All bars in one run, on one server: ``python -m ops.bench``; 1 when one is missed twice."""

from __future__ import annotations

import sys

from ops.bench import append, projecting
from ops.bench.bars import embedded, judge


def main() -> int:
    """Measure the append, then the projector."""
    with embedded() as database:
        cleared = [judge(measure, database) for measure in (append.measure, projecting.measure_on)]
    return 0 if all(cleared) else 1


if __name__ == "__main__":
    sys.exit(main())
