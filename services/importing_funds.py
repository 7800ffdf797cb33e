"""Files of allotments come in (指标下达、追加、调减导入; rules §2).

An allotment of the beginning of the year is the money that was declared, with its document
and its day: it takes the place of the declared line. What was added or taken back is a line of
its own. What a file does not tell is asked back, never guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from domain.errors import MonitoringError
from domain.funds import FundLine, FundSource
from domain.importing import ImportKind, Tally
from domain.money import ZERO, yuan_text
from domain.target import LineConflictError, Target
from services.helping import aids_for
from services.importing_rows import RowsKind, Survey
from services.intake.funds import Change, FundDefaults, FundFile, FundRow, read_funds
from services.intake.matching import UnmatchedError
from services.intake.readers.grid import UnreadableFileError
from services.intake.row_reader import problem_at
from services.intake.sandbox.client import in_child
from services.intake.tables.table import RowProblem
from services.readmodel.lookups import TargetBook
from services.recording import Door, Upload

_LINE_BYTES = 600
"""What an allotment takes in the log, estimated from above."""

_TargetRows = tuple[UUID, list[FundRow]]


@dataclass(slots=True)
class Settled:
    """What the rows of one target did to it, and those that cannot be taken."""

    stored: list[FundRow] = field(default_factory=list)
    known: list[FundRow] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)

    @property
    def tally(self) -> Tally:
        """The rows counted."""
        return Tally(stored=len(self.stored), known=len(self.known))

    def refuse(self, row: FundRow, name: str, message: str) -> None:
        """A row that contradicts the record, or does not say what it is."""
        self.problems.append(problem_at(row.places, name, message))


def settle(target: Target, rows: Sequence[FundRow], today: date) -> Settled:
    """Record the rows on a target, as far as they can be taken."""
    settled = Settled()
    fresh: dict[FundSource, list[FundRow]] = defaultdict(list)
    for row in rows:
        known = target.lines.get(row.line.line_no)
        if known is None:
            fresh[row.line.source].append(row)
        elif _same(known, row.line):
            settled.known.append(row)
        else:
            settled.refuse(row, "amount", str(LineConflictError(known, row.line)))
    for source, of_source in fresh.items():
        _take(target, source, of_source, settled)
    for row in rows:
        _reduce(target, row, today, settled)
    return settled


def _same(known: FundLine, given: FundLine) -> bool:
    """Whether a line says what is on record; whether it was original may be told only once."""
    return replace(known, original=given.original) == given


def _take(target: Target, source: FundSource, rows: Sequence[FundRow], settled: Settled) -> None:
    """Take new rows of one source: declared money by its allotments, the rest as it comes."""
    changes = [row for row in rows if row.change is Change.CHANGE]
    first = [row for row in rows if row.change is Change.FIRST]
    unsaid = [row for row in rows if row.change is Change.UNSAID]
    declared = sum((one.amount for one in target.declared_funds if one.source is source), ZERO)
    if declared and unsaid:
        granted = sum((row.line.amount for row in (*first, *unsaid)), ZERO)
        if granted == declared:
            first, unsaid = [*first, *unsaid], []
        else:
            message = (
                f"{source}申报了{yuan_text(declared)}元，看不出这笔是年初预算还是追加、追减。"
                "请加一列“调整类型”，逐行写明年初、追加或追减。"
            )
            for row in unsaid:
                settled.refuse(row, "amount", message)
            unsaid = []
    if declared and first:
        _detail(target, first, settled)
        first = []
    for row in (*first, *changes, *unsaid):
        target.add_fund_line(row.line)
        settled.stored.append(row)


def _detail(target: Target, rows: Sequence[FundRow], settled: Settled) -> None:
    try:
        target.detail_funds([replace(row.line, original=True) for row in rows])
    except MonitoringError as problem:
        for row in rows:
            settled.refuse(row, "amount", str(problem))
    else:
        settled.stored += rows


def _reduce(target: Target, row: FundRow, today: date, settled: Settled) -> None:
    """Take back what a row says was taken back of it in all, less what is on record of that."""
    if row.reduction is None or row.line.line_no not in target.lines:
        return
    stem = f"{row.line.line_no}减"
    before = [line for no, line in target.lines.items() if no.startswith(stem)]
    left = row.reduction + sum((line.amount for line in before), ZERO)
    if left:
        target.add_fund_line(
            replace(
                row.line,
                line_no=f"{stem}{len(before) + 1}",
                amount=-left,
                arrived_on=today,
                original=False,
            )
        )
        if row in settled.known:
            settled.known.remove(row)
            settled.stored.append(row)


def _read(door: Door, upload: Upload) -> FundFile:
    aids = aids_for(door.lookups, upload, ImportKind.FUNDS)
    defaults = FundDefaults(upload.fiscal_year, door.today, aids)
    file = in_child(read_funds, upload.content, defaults)
    if not (file.rows or file.heard.errors):
        raise UnreadableFileError("表头以下没有指标下达数据。")
    return file


def _survey(door: Door, upload: Upload, file: FundFile) -> Survey[_TargetRows]:
    """Match the rows with targets, and try them on each as it stands; nothing is stored."""
    survey: Survey[_TargetRows] = Survey(
        problems=[*file.heard.errors],
        findings=file.heard.findings,
        notes=file.heard.all_notes(),
        columns=file.heard.columns,
    )
    book = door.lookups.targets(upload.region, upload.fiscal_year)
    by_target = _matched(file.rows, book, survey)
    targets = door.log.get_many(Target, by_target)
    for target_id, rows in by_target.items():
        settled = settle(targets[target_id], rows, door.today)
        survey.tally += settled.tally
        survey.problems += settled.problems
        survey.items.append((target_id, rows))
    if any(row.reduction for row in file.rows):
        survey.notes.append(f"调减金额未注明日期，新增的按今天（{door.today}）计。")
    return survey


def _matched(
    rows: Sequence[FundRow], book: TargetBook, survey: Survey[_TargetRows]
) -> Mapping[UUID, list[FundRow]]:
    by_target: dict[UUID, list[FundRow]] = defaultdict(list)
    for row in rows:
        try:
            by_target[row.project.find(book).target_id].append(row)
        except UnmatchedError as problem:
            survey.problems.append(problem_at(row.places, problem.field, str(problem)))
    return by_target


def _decide(door: Door, chunk: Sequence[_TargetRows]) -> tuple[Tally, list[Target]]:
    targets = door.log.get_many(Target, [target_id for target_id, _ in chunk])
    tally = Tally()
    for target_id, rows in chunk:
        tally += settle(targets[target_id], rows, door.today).tally
    return tally, list(targets.values())


def _weigh(of_target: _TargetRows) -> tuple[int, int]:
    _, rows = of_target
    return len(rows), _LINE_BYTES * len(rows)


FUNDS = RowsKind(ImportKind.FUNDS, FundFile, _read, _survey, _decide, _weigh)
