"""Codes come in for projects that were declared without one (补录项目编码导入; rules §1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from domain.importing import ImportKind, Tally
from domain.target import Target
from services.helping import aids_for
from services.importing_rows import RowsKind, Survey
from services.intake.matching import NamedProject, UnmatchedError
from services.intake.project_codes import CodeFile, CodeRow, read_project_codes
from services.intake.readers.grid import UnreadableFileError
from services.intake.row_reader import problem_at
from services.intake.sandbox.client import in_child
from services.readmodel.lookups import FoundTarget, TargetBook
from services.recording import Door, Upload

_CODE_BYTES = 300

_TargetCodes = tuple[UUID, list[tuple[str, ...]]]
"""A target, and the codes of each row that names it."""


def _read(door: Door, upload: Upload) -> CodeFile:
    aids = aids_for(door.lookups, upload, ImportKind.PROJECT_CODES)
    file = in_child(read_project_codes, upload.content, aids)
    if not (file.rows or file.heard.errors):
        raise UnreadableFileError("表头以下没有项目编码。")
    return file


def _survey(door: Door, upload: Upload, file: CodeFile) -> Survey[_TargetCodes]:
    """Find each project, and see which codes are new; a code of another project is refused."""
    survey: Survey[_TargetCodes] = Survey(
        problems=[*file.heard.errors], notes=file.heard.all_notes(), columns=file.heard.columns
    )
    book = door.lookups.targets(upload.region, upload.fiscal_year)
    taken = {code: target.target_id for code, target in book.by_code.items()}
    found: list[tuple[CodeRow, UUID]] = []
    for row in file.rows:
        try:
            target_id = _find(row, book).target_id
            _claim(row, target_id, taken)
        except UnmatchedError as problem:
            survey.problems.append(problem_at(row.places, problem.field, str(problem)))
        else:
            found.append((row, target_id))
    targets = door.log.get_many(Target, {target_id for _, target_id in found})
    by_target: dict[UUID, list[tuple[str, ...]]] = defaultdict(list)
    for row, target_id in found:
        survey.tally += _add(targets[target_id], row.codes)
        by_target[target_id].append(row.codes)
    survey.items = list(by_target.items())
    return survey


def _find(row: CodeRow, book: TargetBook) -> FoundTarget:
    """The project by the number the county gave it, else by its name.

    Raises:
        UnmatchedError: there is none, or more than one.
    """
    if row.local_code and row.local_code in book.by_code:
        return book.by_code[row.local_code]
    return NamedProject(None, row.project_name, row.unit_name).find(book)


def _claim(row: CodeRow, target_id: UUID, taken: dict[str, UUID]) -> None:
    for code in row.codes:
        if taken.setdefault(code, target_id) != target_id:
            message = f"编码{code}已是另一个项目的编码。请核对。"
            raise UnmatchedError("new_code", message)


def _add(target: Target, codes: Sequence[str]) -> Tally:
    """Let a target take codes; a row that brings none it does not have is known."""
    fresh = [code for code in codes if code not in target.codes]
    for code in fresh:
        target.add_code(code)
    return Tally(stored=1) if fresh else Tally(known=1)


def _decide(door: Door, chunk: Sequence[_TargetCodes]) -> tuple[Tally, list[Target]]:
    targets = door.log.get_many(Target, [target_id for target_id, _ in chunk])
    tally = Tally()
    for target_id, rows in chunk:
        for codes in rows:
            tally += _add(targets[target_id], codes)
    return tally, list(targets.values())


def _weigh(of_target: _TargetCodes) -> tuple[int, int]:
    _, rows = of_target
    return len(rows), _CODE_BYTES * len(rows)


PROJECT_CODES = RowsKind(ImportKind.PROJECT_CODES, CodeFile, _read, _survey, _decide, _weigh)
