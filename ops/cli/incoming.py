"""What commands that bring files in share: the services they need, and how a report is told."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from domain.importing import Import, ImportKind
from ops.cli.context import FINDINGS, open_services, say
from services.bootstrap import Services
from services.clock import today
from services.founding import opened
from services.helping import mapping_of
from services.incoming import preview_file
from services.log.meta import Meta
from services.readmodel.documents import plain
from services.readmodel.lookups import Lookups
from services.recording import BadLinesError, Door, ImportReport, Outcome, Upload
from services.running import ImportCancelledError, run_file

SHOWN = 20
"""Problems and conflicts on the terminal; ``--json`` has all."""

STDIN = Path("-")

_OUTCOMES = {
    Outcome.PREVIEW: "预览（未入库）",
    Outcome.COMPLETED: "已入库",
    Outcome.RESUMED: "已接着上次中断处入库完毕",
    Outcome.ALREADY_IMPORTED: "此前已导入，本次未作改动",
}


@dataclass(frozen=True, slots=True)
class Desk:
    """The services as somebody at the terminal uses them."""

    services: Services
    lookups: Lookups
    meta: Meta

    @property
    def today(self) -> date:
        """The calendar day in Shanghai."""
        return today(self.services.clock)

    @property
    def region(self) -> str:
        """The region of the store, or the configured one."""
        return self.services.region

    def found(self) -> str:
        """The region; an empty store is founded as a real one by its first write."""
        return opened(self.services.log, self.services.settings.region, self.meta).region

    def year(self, asked: int | None) -> int:
        """The fiscal year asked for, else the newest on record, else the present one."""
        years = self.services.read_model.fiscal_years()
        return asked or (years[0] if years else self.today.year)


@contextmanager
def open_desk() -> Iterator[Desk]:
    """Open the services for a command that records something."""
    with open_services() as services:
        lookups = Lookups(services.database.web_url)
        try:
            yield Desk(services, lookups, services.meta("cli"))
        finally:
            lookups.close()


def content_of(file: Path) -> bytes:
    """Read a file; a usage error where it cannot be opened."""
    try:
        return file.read_bytes()
    except OSError as problem:
        raise typer.BadParameter(f"文件打不开：{file}（{problem.strerror}）。") from problem


Map = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="列=字段",
        help="某列是什么，可多次；“列=-”略去该列。同样表头的文件下次照此读取",
    ),
]


def mapping_said(kind: ImportKind, said: Sequence[str] | None) -> dict[str, str]:
    """Read ``列=字段``; the last sign of equality parts them, as a heading may hold one."""
    columns: dict[str, str] = {}
    for one in said or ():
        heading, mark, field = one.rpartition("=")
        if not mark or not heading.strip():
            raise typer.BadParameter(
                f"“{one}”应写作“列=字段”，如 金额=指标金额。", param_hint="--map"
            )
        columns[heading.strip()] = field
    return mapping_of(kind, columns)


def sent(file: Path) -> tuple[bytes, str]:
    """What is brought in, and its name; ``-`` is the standard input."""
    if file == STDIN:
        return typer.get_binary_stream("stdin").read(), "标准输入"
    return content_of(file), file.name


def look(desk: Desk, upload: Upload, kind: ImportKind) -> ImportReport:
    """Say what a file would do, as things stand now."""
    # Projects and units are found in the read tables, which have to know what came just now.
    desk.services.projector.catch_up()
    return preview_file(door_of(desk), upload, kind).summary


def store(desk: Desk, upload: Upload, kind: ImportKind) -> ImportReport:
    """Store a file; whoever stops it is told how to go on, and ends as signals do."""
    desk.services.projector.catch_up()
    with telling_how_to_go_on(Import.create_id(upload.key(kind))):
        report = run_file(door_of(desk), upload, kind, meta=desk.meta).summary
    desk.services.projector.catch_up()
    return report


def door_of(desk: Desk) -> Door:
    """What files are read with at the terminal."""
    return Door(desk.services.log, desk.lookups, desk.today, say)


@contextmanager
def telling_how_to_go_on(import_id: UUID) -> Iterator[None]:
    """End a stopped import with 130 and the command that goes on with it."""
    how = (
        "此前入库的批次保留，不会重复入库；"
        f"再次执行同一命令，或 jixiao import resume {import_id}，即接着进行。"
    )
    try:
        yield
    except KeyboardInterrupt:
        say(f"已停止。{how}")
        raise typer.Exit(128 + signal.SIGINT) from None
    except ImportCancelledError:
        say(f"已被取消。{how}")
        raise typer.Exit(128 + signal.SIGINT) from None


def tell(report: ImportReport, *, as_json: bool) -> None:
    """Show a report, and end with 1 where something needs a person."""
    if as_json:
        typer.echo(json.dumps(plain(report), ensure_ascii=False))
    else:
        typer.echo("\n".join(lines_of(report)))
    if report.conflict_count or report.refused:
        raise typer.Exit(FINDINGS)


def refuse(problem: BadLinesError, *, as_json: bool) -> None:
    """Show why nothing was stored, with the lines, and end with 1."""
    if as_json:
        typer.echo(json.dumps(plain(problem.report), ensure_ascii=False))
    else:
        typer.echo("\n".join(lines_of(problem.report)))
        typer.echo(f"{problem} （只导入其余各行：--accept-bad-lines）", err=True)
    raise typer.Exit(FINDINGS)


def lines_of(report: ImportReport) -> Iterator[str]:
    """Tell a report in Chinese, the figures first."""
    yield f"{report.name}：{_OUTCOMES[report.outcome]}。"
    if report.outcome is Outcome.ALREADY_IMPORTED and report.first_at is not None:
        yield f"  首次导入：{report.first_by}，{report.first_at.astimezone():%Y-%m-%d %H:%M}"
    yield (
        f"  共{report.rows}行：新{report.stored}，已有{report.known}，"
        f"冲突{report.conflict_count}，不能读取{report.refused}"
    )
    if report.unclaimed:
        yield f"  其中未认领（对不上项目）：{report.unclaimed}行"
    if report.complete_to or report.proposed_complete_to:
        stated = report.complete_to or f"未声明（建议{report.proposed_complete_to}）"
        yield f"  支付数据截至日：{stated}"
    yield from (f"  {note}" for note in report.notes)
    yield from _first(f"{p.place} {p.field}：{p.message}" for p in report.problems)
    yield from _first(conflict.message for conflict in report.conflicts)


def _first(lines: Iterator[str]) -> Iterator[str]:
    left = 0
    for number, line in enumerate(lines):
        if number < SHOWN:
            yield f"  ✗ {line}"
        else:
            left += 1
    if left:
        yield f"  ……另有{left}条，用 --json 查看全部"
