"""Which sample year a store holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

DEFAULT_SEED = 2025

_TEXT = re.compile(r"demo seed=(-?\d+) scale=(\d+)")


@dataclass(frozen=True, slots=True)
class Sample:
    """``seed`` makes it, ``scale`` multiplies it."""

    seed: int = DEFAULT_SEED
    scale: int = 1

    @property
    def text(self) -> str:
        """What the store's first event keeps of it."""
        return f"demo seed={self.seed} scale={self.scale}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Read it back; None where the text says something else."""
        found = _TEXT.fullmatch(text)
        return cls(int(found[1]), int(found[2])) if found else None
