"""``jixiao evaluate``: judge a day, and record what changed."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated

import typer

from ops.cli.context import open_services
from services.clock import today
from services.evaluating import EvaluationReport
from services.readmodel.documents import plain


def evaluate(
    as_of: Annotated[
        datetime, typer.Option("--as-of", formats=["%Y-%m-%d"], help="评判哪一天（当日终了）")
    ],
    year: Annotated[int | None, typer.Option(help="预算年度，默认为该日所在年")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """评判一天的资金灯和目标灯，记录预警的变化；重复执行不改变任何记录。"""
    with open_services() as services:
        report = services.evaluator().evaluate(
            year or as_of.year,
            as_of.date(),
            today=today(services.clock),
            meta=services.meta("cli"),
        )
    typer.echo(json.dumps(_as_json(report), ensure_ascii=False) if as_json else _as_text(report))


def _as_json(report: EvaluationReport) -> dict[str, object]:
    found = [
        {
            "alert_id": str(one.alert_id),
            "rule": one.lag.scope.rule,
            "target_id": str(one.lag.scope.target_id),
            "severity": one.lag.severity,
            "change": one.change,
            "sentence": one.lag.sentence,
            "inputs": dict(one.lag.inputs),
        }
        for one in report.found
    ]
    return {
        "fiscal_year": report.fiscal_year,
        "as_of": report.as_of.isoformat(),
        "known_at": report.known_at,
        "recorded": report.recorded,
        "targets": report.targets,
        "changes": plain(report.changes),
        "found": found,
        "position": report.position,
        "notes": list(report.notes),
    }


def _as_text(report: EvaluationReport) -> str:
    lines = [one.lag.sentence for one in report.found]
    words = {"raised": "新增", "worsened": "加重", "eased": "减轻", "reopened": "重新发出"}
    words |= {"fell_due": "应报说明", "recovered": "已恢复、待说明", "resolved": "自动解除"}
    changes = "，".join(f"{words[name]}{count}" for name, count in report.changes.items())
    if report.recorded:
        lines.append(f"{report.as_of} 已评判{report.targets}个项目：{changes or '无变化'}。")
    else:
        lines.append(f"{report.as_of} 早于最近一次评判或此后没有新记录，以上仅列出所见，未作记录。")
    return "\n".join([*lines, *report.notes])
