"""What a child may use before it is stopped (faults D5, D7)."""

from __future__ import annotations

from dataclasses import asdict, dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds on the clock, seconds of the processor, and bytes of address space."""

    seconds: float = 120.0
    processor_seconds: int = 60
    memory: int = 1024 * MEGABYTE

    def to_json(self) -> dict[str, float]:
        """As the starter takes them."""
        return asdict(self)


LARGEST_WRITTEN = 256 * MEGABYTE
"""Bytes of one file; only LibreOffice writes any."""

MOST_OPEN = 256
"""Files open at once."""

LARGEST_ANSWER = 512 * MEGABYTE
"""Bytes that are taken from a child."""
