"""The overview's key figures, each with what it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from dash import html
from dash.development.base_component import Component

from dashboard import text
from dashboard.address import Address
from dashboard.components.kpi import kpi, kpis
from dashboard.pages.listing import Listing, light_counts
from domain.light import Light
from domain.money import ZERO
from domain.money_light import MoneyStanding


def key_figures(found: Listing, address: Address, unclaimed: dict[str, Decimal]) -> Component:
    """Money in the first row, lights and open work in the second."""
    return html.Section(
        [
            kpis(_money(found), "预算执行"),
            kpis(_lights(found) + _open_work(found, address, unclaimed), "预警和待办"),
        ],
        className="key-figures",
    )


def _money(found: Listing) -> list[Component]:
    money = found.money
    return [
        kpi("项目", str(len(found.of_unit)), "个", _projects_rest(found)),
        kpi("全年预算数", text.wan(money.budget), "万元", "本年财政拨款＋上年结转，含追加追减"),
        kpi("支出", text.wan(money.executed), "万元", _executed_rests(money)),
        kpi("执行率", text.executed_share(money.execution_rate), "", _rate_rests(money)),
    ]


def _projects_rest(found: Listing) -> str:
    units = len({one.unit for one in found.of_unit})
    indicators = sum(len(one.standing.goals.indicators) for one in found.of_unit)
    return f"{units}个单位，绩效指标{indicators}项"


def _executed_rests(money: MoneyStanding) -> str:
    if money.judged_on is None:
        return "尚无支付数据"
    return f"按支付日累计到{text.month_day(money.judged_on)}"


def _rate_rests(money: MoneyStanding) -> str:
    if money.planned_share is None or money.gap_share is None:
        return "无法判定"
    planned = f"计划进度{text.planned_share(money.planned_share)}"
    points = text.points(-money.gap_share).lstrip("+-")
    if money.gap_share > 0:
        return f"{planned}，低{points}个百分点、差{text.wan(money.gap)}万元"
    return f"{planned}，高{points}个百分点"


def _lights(found: Listing) -> list[Component]:
    return [
        _light_kpi(text.MONEY_LIGHT, (one.standing.money.light for one in found.of_unit)),
        _light_kpi(text.GOALS_LIGHT, (one.standing.goals.light for one in found.of_unit)),
    ]


def _light_kpi(name: str, lights: Iterable[Light]) -> Component:
    counts = light_counts(lights)
    shown = [
        html.Span(
            [html.Span(light.label[0], className="count__word"), str(counts[light])],
            className=f"count count--{light}",
        )
        for light in (Light.RED, Light.YELLOW)
    ]
    rest = [f"绿{counts[Light.GREEN]}"]
    if counts[Light.BLUE]:
        rest.append(f"蓝{counts[Light.BLUE]}")
    rest.append(f"未亮灯{counts[Light.NONE]}")
    return kpi(f"{name}　红／黄", html.Span(shown, className="counts"), "", "　".join(rest))


def _open_work(found: Listing, address: Address, unclaimed: dict[str, Decimal]) -> list[Component]:
    silent = [one for one in found.of_unit if one.standing.goals.not_reported]
    items = sum(one.standing.goals.not_reported for one in silent)
    amount = unclaimed_of(unclaimed, address.unit)
    whose = "本单位" if address.unit else "全部单位"
    return [
        kpi("未报", str(items), "项", f"涉及{len(silent)}个项目"),
        kpi("未销号预警", str(found.alerts), "条", _alerts_rest(found)),
        kpi("未认领支付", text.wan(amount), "万元", f"{whose}，未计入项目支出"),
    ]


def _alerts_rest(found: Listing) -> str:
    targets = sum(one.picture.target_id in found.open_alerts for one in found.of_unit)
    return f"涉及{targets}个项目"


def unclaimed_of(unclaimed: dict[str, Decimal], unit: str | None) -> Decimal:
    """What nobody claimed, of a unit or of all; in yuan."""
    return sum(
        (amount for key, amount in unclaimed.items() if unit in (None, key)),
        ZERO,
    )
