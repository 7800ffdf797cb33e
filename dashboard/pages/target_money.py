"""The money of one target: the curve, the sentence, the checkpoints, the fund lines."""

from __future__ import annotations

from collections.abc import Iterable

from dash import html
from dash.development.base_component import Component

from dashboard import ids, text
from dashboard.components.badges import light_badge, word_badge
from dashboard.components.banners import banner
from dashboard.components.graph import graph
from dashboard.components.tables import Column, cell, row, row_heading, table
from dashboard.figures.curve import curve_figure, curve_sentence
from dashboard.figures.year import CheckpointRow, Reached, TargetYear
from dashboard.pages.target_year import target_year
from domain.funds import FundLine
from domain.money_light import MoneyStanding
from domain.picture import TargetPicture
from services.readmodel.rows import TargetDetail

NUMBER = "number"


def money_section(detail: TargetDetail) -> Component:
    """The curve on the left, what it says on the right."""
    year = target_year(detail)
    picture, money = detail.judged.picture, detail.judged.standing.money
    return html.Section(
        [
            html.Div([html.H2("预算执行（资金灯）"), _plan_kind(money)], className="section-head"),
            html.Div(
                [
                    html.Div(
                        graph(ids.CURVE, curve_figure(year), curve_sentence(year)),
                        className="money__curve",
                    ),
                    _facts(picture, money),
                ],
                className="money",
            ),
            html.Div(
                [_checkpoints(year), _lines(detail.declaration.money_unit, picture.fund_lines)],
                className="two-tables",
            ),
        ],
        className="card",
    )


def _plan_kind(money: MoneyStanding) -> Component:
    if money.default_plan:
        return word_badge(f"{text.DEFAULT_PLAN}：申报表未附资金支出计划，按月均匀")
    return word_badge("按申报的资金支出计划")


def _facts(picture: TargetPicture, money: MoneyStanding) -> Component:
    return html.Div(
        [
            html.Div(light_badge(money.light), className="money__light"),
            html.P(f"{money.reason}。" if money.reason else "", className="money__reason"),
            html.Dl([part for pair in _figures(picture, money) for part in _pair(*pair)]),
            banner("支出数大于全年预算数，请核对追加是否漏录。", "warning")
            if money.check_over_budget
            else None,
        ],
        className="money__facts",
    )


def _pair(name: str, figure: str) -> tuple[Component, Component]:
    return html.Dt(name), html.Dd(figure)


def _figures(picture: TargetPicture, money: MoneyStanding) -> Iterable[tuple[str, str]]:
    yield "全年预算数", f"{text.wan(money.budget)}万元"
    if money.original_budget != money.budget:
        yield "年初预算数", f"{text.wan(money.original_budget)}万元"
    yield "支出", f"{text.wan(money.executed)}万元"
    yield "按计划应支出", f"{text.wan(money.planned)}万元"
    yield "执行率", text.executed_share(money.execution_rate)
    if money.original_budget != money.budget:
        yield "占年初预算数", text.executed_share(money.original_execution_rate)
    yield "计划进度", text.planned_share(money.planned_share)
    gap = money.gap_share
    yield "差", text.NOTHING if gap is None else f"{text.points(-gap)}个百分点"
    if picture.executed_other is not None:
        yield "另：其他资金支出", f"{text.wan(picture.executed_other)}万元"


def _checkpoints(year: TargetYear) -> Component:
    return html.Div(
        [
            html.H3("计划节点"),
            table(
                "资金支出计划的节点和实际支出",
                [
                    Column("节点"),
                    Column("计划进度", NUMBER),
                    Column("应支出（万元）", NUMBER),
                    Column("实际支出（万元）", NUMBER),
                    Column("差（万元）", NUMBER),
                    Column("情况"),
                ],
                [_checkpoint(one) for one in year.checkpoints],
            ),
        ]
    )


_STATE_LIGHTS = {Reached.MET: "green", Reached.MISSED: "red", Reached.TO_COME: "none"}


def _checkpoint(one: CheckpointRow) -> Component:
    return row(
        [
            row_heading(text.month_day(one.on)),
            cell(text.planned_share(one.share), NUMBER),
            cell(text.wan(one.planned), NUMBER),
            cell(text.wan(one.executed), NUMBER),
            cell(f"-{text.wan(one.missing)}" if one.missing else text.NOTHING, NUMBER),
            cell(html.Span(one.reached.value, className=f"reached--{_STATE_LIGHTS[one.reached]}")),
        ]
    )


def _lines(form_unit: str, lines: Iterable[FundLine]) -> Component:
    return html.Div(
        [
            html.H3("资金构成"),
            table(
                "资金行",
                [
                    Column("资金来源"),
                    Column("金额（万元）", NUMBER),
                    Column("下达日"),
                    Column("文号"),
                    Column("备注"),
                ],
                [_fund_line(line) for line in lines],
            ),
            html.P(f"申报表以{form_unit}填报。", className="note"),
        ]
    )


def _fund_line(line: FundLine) -> Component:
    remarks = [line.level, line.fund_nature, None if line.original else "年中追加追减"]
    return row(
        [
            row_heading(line.source.value),
            cell(text.wan(line.amount), NUMBER),
            cell(text.short_day(line.arrived_on)),
            cell(line.document_no or text.NOTHING),
            cell("，".join(remark for remark in remarks if remark) or text.NOTHING),
        ]
    )
