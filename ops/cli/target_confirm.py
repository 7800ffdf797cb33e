"""``jixiao target confirm|kind``: what the forms leave open, and what a person says of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Annotated
from uuid import UUID

import typer

from domain.indicator import Kind, Measured
from ops.cli.context import open_services
from services.bootstrap import Services
from services.clock import today
from services.confirming import (
    MOST_ANSWERS,
    Answer,
    ConfirmationDesk,
    KindChoice,
    OpenQuestion,
    choose_kind,
    confirm,
    key_of,
    key_text,
    open_questions,
)


def register(app: typer.Typer) -> None:
    """Add the commands to ``jixiao target``."""
    app.command("confirm")(confirm_readings)
    app.command("kind")(change_kind)


def confirm_readings(  # a list with its filters, or one answer
    question: Annotated[
        str | None, typer.Argument(help="问题编号，取自列表；不填则列出待核实问题")
    ] = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="采纳列出的全部建议")] = False,
    choice: Annotated[str | None, typer.Option(help="选项，取自列表；不填即采纳建议")] = None,
    typed: Annotated[str | None, typer.Option("--value", help="填写的内容，代替选项")] = None,
    reason: Annotated[str | None, typer.Option(help="理由；不采纳建议时必填")] = None,
    year: Annotated[int | None, typer.Option(help="预算年度，默认为最新年度")] = None,
    unit: Annotated[str | None, typer.Option(help="单位编码或名称")] = None,
    with_proposals: Annotated[
        bool, typer.Option("--with-proposals", help="连已按建议评判、可改的一起")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """列出待核实问题，或核实其中一项、全部采纳建议。"""
    with open_services() as services:
        services.projector.catch_up()
        if question is not None:
            answer = _answer(question, choice, typed, reason)
            typer.echo(f"已核实{_confirm(services, [answer])}项。")
            return
        found = _open(services, year, unit, with_proposals=with_proposals)
        if everything:
            proposed = [one.acceptance for one in found if one.question.proposal]
            settled = _confirm(services, proposed)
            left = len(found) - len(proposed)
            typer.echo(
                f"已核实{settled}项。" + (f"另有{left}项没有建议，须逐项核实。" if left else "")
            )
            return
    if as_json:
        typer.echo(json.dumps([_plain(one) for one in found], ensure_ascii=False))
    else:
        typer.echo("\n".join(_lines(found)) or "没有待核实问题。")


def _open(
    services: Services, year: int | None, unit: str | None, *, with_proposals: bool
) -> list[OpenQuestion]:
    years = services.read_model.fiscal_years() or [today(services.clock).year]
    rows = services.read_model.asked_targets.of_year(year or years[0], unit=unit)
    return list(open_questions(rows, blocking=None if with_proposals else True))


def _answer(question: str, choice: str | None, typed: str | None, reason: str | None) -> Answer:
    try:
        return Answer(*key_of(question), choice, typed, reason)
    except ValueError as problem:
        raise typer.BadParameter(
            f"“{question}”不是问题编号。请用 jixiao target confirm 列出后照抄。"
        ) from problem


def _confirm(services: Services, answers: Sequence[Answer]) -> int:
    """Settle in portions that one append holds."""
    desk = ConfirmationDesk(services.log, services.read_model, today(services.clock))
    portions = (answers[at : at + MOST_ANSWERS] for at in range(0, len(answers), MOST_ANSWERS))
    return sum(
        confirm(desk, portion, confirmed_on=desk.today, meta=services.meta("cli")).settled
        for portion in portions
    )


def _lines(found: Sequence[OpenQuestion]) -> Iterator[str]:
    before = None
    for one in found:
        if one.row.unit != before:
            before = one.row.unit
            yield f"{one.row.unit_name}"
        asked = one.question
        yield f"  {one.row.asked.project_name}　{asked.about}　印为“{asked.printed}”"
        yield f"    {asked.topic.label}：{asked.topic.asks}"
        proposal = asked.proposal.label if asked.proposal else "无"
        yield f"    建议：{proposal}（{asked.reason}）"
        others = [c for c in asked.choices if c is not asked.proposal]
        if others:
            yield "    其他：" + "；".join(f"{c.key} {c.label}" for c in others)
        if asked.typed:
            yield f"    或：{asked.typed}（--value）"
        yield f"    编号：{key_text(one.question)}"


def _plain(one: OpenQuestion) -> dict[str, object]:
    asked = one.question
    return {
        "question": key_text(one.question),
        "unit": one.row.unit_name,
        "project": one.row.asked.project_name,
        "about": asked.about,
        "topic": asked.topic.value,
        "blocking": asked.topic.blocking,
        "printed": asked.printed,
        "reason": asked.reason,
        "proposal": asked.proposal.key if asked.proposal else None,
        "choices": [{"key": c.key, "label": c.label} for c in asked.choices],
        "typed": asked.typed,
    }


def change_kind(
    target_id: Annotated[UUID, typer.Argument(help="绩效目标编号")],
    indicator_id: Annotated[UUID, typer.Argument(help="绩效指标编号")],
    kind: Annotated[Kind, typer.Argument(help="评判方式")],
    reason: Annotated[str, typer.Option(help="理由")],
    measured: Annotated[Measured, typer.Option(help="何时填报")] = Measured.ROUND,
) -> None:
    """改一项指标的评判方式；再改一次即为撤销。"""
    with open_services() as services:
        done = choose_kind(
            services.log,
            target_id,
            KindChoice(indicator_id, kind, measured, reason),
            chosen_on=today(services.clock),
            meta=services.meta("cli"),
        )
    typer.echo(f"已改（{done.last_position}）。")
