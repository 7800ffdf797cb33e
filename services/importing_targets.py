"""The province's export of targets comes in (绩效目标导出; domain §4.3, rules §5).

Each project is declared as from its form: a new one is a draft, other values for one on record
are a proposed revision, the same values change nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from domain.access.action import Action
from domain.errors import MonitoringError
from domain.identity import target_id
from domain.importing import ImportKind, Tally
from domain.target import Target
from services.access.permitting import permit_declared, permit_target
from services.completing import completed, left_out
from services.declaring import DeclaredAs, declared
from services.helping import aids_for
from services.importing_rows import RowsKind, Survey
from services.intake.forms.declaration import Declaration as Printed
from services.intake.matching import NamedProject, UnmatchedError
from services.intake.readers.grid import UnreadableFileError
from services.intake.sandbox.client import in_child
from services.intake.tables.table import RowProblem
from services.intake.target_rows import TargetDefaults, TargetsFile, read_targets
from services.readmodel.lookups import FoundTarget, TargetBook
from services.recording import Door, Upload

_PROJECT_BYTES = 2_000
_ROW_BYTES = 2_500
"""What a project and one of its indicators take in the log, estimated from above."""

_DONE = {
    DeclaredAs.NEW: "新申报的项目",
    DeclaredAs.REVISION: "提出调整的项目",
    DeclaredAs.UNCHANGED: "与在案一致的项目",
    DeclaredAs.APPROVED: "按已批复记录的项目",
}


@dataclass(frozen=True, slots=True)
class FiledProject:
    """One project of an export, and the target that it is or becomes; None: it has no name."""

    printed: Printed
    target_id: UUID | None
    upload: Upload

    @classmethod
    def of(cls, printed: Printed, found: UUID | None, upload: Upload) -> FiledProject:
        """Name the target: the one that was found, else the one that declaring would make."""
        unit = printed.implementing_unit_code or printed.implementing_unit
        if found is None and printed.project_name and unit:
            place = (upload.region, upload.fiscal_year)
            found = target_id(*place, printed.project_code, unit, printed.project_name)
        return cls(printed, found, upload)


@dataclass(slots=True)
class _Filed:
    """What the projects of an export did, as things stand."""

    targets: dict[UUID, Target] = field(default_factory=dict)
    outcomes: Counter[DeclaredAs] = field(default_factory=Counter)

    @property
    def tally(self) -> Tally:
        known = self.outcomes[DeclaredAs.UNCHANGED]
        return Tally(stored=self.outcomes.total() - known, known=known)

    def file(self, door: Door, project: FiledProject) -> list[str]:
        """Declare one project; answer the indicators on record that it has no more.

        Raises:
            MonitoringError: it cannot be declared; the text says why.
        """
        known = None if project.target_id is None else self.targets.get(project.target_id)
        upload = project.upload
        declaration = completed(
            project.printed,
            known,
            region=upload.region,
            fiscal_year=upload.fiscal_year,
            source=upload.name,
        )
        permit_declared(Action.IMPORT_DECLARATIONS, declaration)
        gone: list[str] = []
        if known is not None:
            permit_target(Action.IMPORT_DECLARATIONS, known)
            gone = list(left_out(declaration, known))
        target, outcome = declared(known, declaration, on=door.today, approval=upload.approval)
        self.targets[target.id] = target
        self.outcomes[outcome] += 1
        return gone


def _read(door: Door, upload: Upload) -> TargetsFile:
    aids = aids_for(door.lookups, upload, ImportKind.TARGETS)
    file = in_child(read_targets, upload.content, TargetDefaults(upload.fiscal_year, aids))
    if not (file.declared or file.heard.errors):
        raise UnreadableFileError("表头以下没有绩效目标。请核对是否导出了空表。")
    return file


def _survey(door: Door, upload: Upload, file: TargetsFile) -> Survey[FiledProject]:
    """Try each project on its target as it stands; nothing is stored."""
    survey: Survey[FiledProject] = Survey(
        problems=[*file.heard.errors],
        findings=[*file.heard.findings],
        notes=file.heard.all_notes(),
        columns=file.heard.columns,
    )
    book = door.lookups.targets(upload.region, upload.fiscal_year)
    projects = [
        FiledProject.of(printed, found, upload)
        for printed in file.declared
        for found in _known(printed, book, survey)
    ]
    filed = _loaded(door, projects)
    for project in projects:
        if _try(door, project, filed, survey):
            survey.items.append(project)
    survey.tally = filed.tally
    survey.notes += [f"{_DONE[done]}：{count}个。" for done, count in filed.outcomes.items()]
    return survey


def _known(
    printed: Printed, book: TargetBook, survey: Survey[FiledProject]
) -> tuple[UUID | None, ...]:
    """The target that a project is, None for a new one; nothing where there are several."""
    named = NamedProject(printed.project_code, printed.project_name, printed.implementing_unit)
    found = book.find(named.code, named.name, named.unit)
    if not found and (uncoded := _uncoded(printed, book)):
        found = uncoded
        message = (
            f"在案的“{uncoded[0].project_name[:40]}”没有项目编码，按名称和单位认作同一项目。"
            "请用“项目编码”导入补录编码。"
        )
        survey.findings.append(RowProblem(printed.where, "项目编码", message))
    if len(found) < 2:
        return (found[0].target_id if found else None,)
    try:
        replace(named, code=None).find(book)
    except UnmatchedError as problem:
        survey.problems.append(RowProblem(printed.where, "项目", str(problem)))
    return ()


def _uncoded(printed: Printed, book: TargetBook) -> list[FoundTarget]:
    """Targets of the name and unit that were declared without a code: it is told only now."""
    if printed.project_code is None:
        return []
    unit = {printed.implementing_unit, printed.implementing_unit_code} - {None}
    return [
        target
        for target in book.find(None, printed.project_name, None)
        if target.project_code is None and (not unit or unit & {target.unit_name, target.unit_code})
    ]


def _loaded(door: Door, projects: Sequence[FiledProject]) -> _Filed:
    ids = {project.target_id for project in projects if project.target_id is not None}
    return _Filed(dict(door.log.get_many(Target, ids)))


def _try(door: Door, project: FiledProject, filed: _Filed, survey: Survey[FiledProject]) -> bool:
    """Declare a project and tell what is to be looked at; answer whether it can be."""
    printed = project.printed
    try:
        gone = filed.file(door, project)
    except MonitoringError as problem:
        survey.problems.append(RowProblem(printed.where, "项目", str(problem)))
        return False
    survey.findings += [
        RowProblem(finding.where or printed.where, "绩效目标", finding.message)
        for finding in printed.findings
    ]
    if gone:
        message = f"在案有、表上没有的指标：{'、'.join(gone[:10])}。按表上的提出调整，请核对。"
        survey.findings.append(RowProblem(printed.where, "三级指标", message))
    return True


def _decide(door: Door, chunk: Sequence[FiledProject]) -> tuple[Tally, list[Target]]:
    filed = _loaded(door, chunk)
    for project in chunk:
        filed.file(door, project)
    return filed.tally, list(filed.targets.values())


def _weigh(project: FiledProject) -> tuple[int, int]:
    rows = len(project.printed.indicators)
    return max(rows, 1), _PROJECT_BYTES + _ROW_BYTES * rows


TARGETS = RowsKind(ImportKind.TARGETS, TargetsFile, _read, _survey, _decide, _weigh)
