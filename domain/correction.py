"""A text of a file that a person replaced before the file was brought in (更正)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Correction:
    """What was printed, what stands in its place, and who put it there (rules §9).

    ``project`` and ``about`` name the project and, for a row, its indicator as the file prints
    them; ``field`` is named as in the contract of ``form read`` (``value_text``, ``total``).
    None is blank: nothing was printed, or what was printed is left out. ``where`` is the place
    in the file. ``check`` is the check of the review whose proposal was taken, None where the
    person wrote it.
    """

    project: str
    field: str
    printed: str | None
    corrected: str | None
    by: str
    about: str | None = None
    where: str | None = None
    check: str | None = None
