"""``jixiao score``: a self-evaluation scored by the rules, each row with its working."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from domain.errors import MonitoringError
from ops.cli.context import USAGE, say
from services.intake.score_request import read_request
from services.scoring import ScoreAnswer
from services.scoring import score as score_request


def score(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="待计分的JSON文件。")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="按接口约定输出JSON。")] = False,
) -> None:
    """按规则为一份自评表计分，逐行给出算式。"""
    try:
        answer = score_request(read_request(file))
    except MonitoringError as problem:
        say(str(problem))
        raise typer.Exit(USAGE) from None
    for finding in answer.scored.findings:
        say(f"提示：{finding}")
    if as_json:
        typer.echo(json.dumps(answer.to_json(), ensure_ascii=False, indent=2).encode())
    else:
        typer.echo("\n".join(_lines(answer)).encode())


def _lines(answer: ScoreAnswer) -> Iterator[str]:
    scored = answer.scored
    yield f"预算执行率  {_points(scored.execution.score)}  {scored.execution.working}"
    for asked, row in zip(answer.request.indicators, scored.rows, strict=True):
        yield f"{asked.name}  {_points(row.score)}  {row.working}"
    if scored.rating:
        yield f"总分 {scored.total}，等级 {scored.rating}"
    else:
        yield f"已定 {scored.total} / 已定满分 {scored.settled_full}，未定 {scored.open_weight}分"


def _points(score: object | None) -> str:
    return "—" if score is None else f"{score}分"
