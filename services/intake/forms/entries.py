"""What a form would declare: each project as the domain takes it, or why it cannot be taken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from domain.declaration import Declaration
from domain.errors import MonitoringError
from services.intake.forms.declaration import FileReading
from services.intake.forms.to_target import to_domain


@dataclass(frozen=True, slots=True)
class FormEntry:
    """One project of a form; where ``declaration`` is None, ``problem`` says what it lacks."""

    project_name: str
    declaration: Declaration | None
    problem: str | None


def form_entries(
    readings: Iterable[FileReading], *, region: str, fiscal_year: int | None
) -> list[FormEntry]:
    """All projects of some forms; one that cannot be taken never hides another."""
    entries = []
    for reading in readings:
        for declared in reading.declarations:
            name = declared.project_name or "（无项目名称）"
            try:
                taken = to_domain(
                    declared, region=region, fiscal_year=fiscal_year, source=reading.file
                )
            except MonitoringError as problem:
                entries.append(FormEntry(name, None, str(problem)))
            else:
                entries.append(FormEntry(name, taken, None))
    return entries
