"""Choosing which mutants to try: all, or a seeded sample of every group."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from ops.mutation.mutants import Mutant

PER_SOAK = 1600
"""Mutants tried at JIXIAO_SOAK=1."""

_AT_LEAST = 150
"""From every group, so that its share says something."""


def sample(
    groups: Mapping[str, Sequence[Mutant]], soak: int, seed: int
) -> dict[str, tuple[Mutant, ...]]:
    """Choose from each group in proportion to its size; from ten on, all."""
    total = sum(map(len, groups.values()))
    wanted = total if soak >= 10 else PER_SOAK * soak
    chosen = {}
    for group, mutants in groups.items():
        count = min(len(mutants), max(_AT_LEAST, round(wanted * len(mutants) / total)))
        picked = random.Random(f"{seed}/{group}").sample(range(len(mutants)), count)  # noqa: S311
        chosen[group] = tuple(mutants[index] for index in sorted(picked))
    return chosen
