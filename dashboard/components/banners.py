"""What whoever looks must know before believing a figure."""

from __future__ import annotations

from datetime import date

from dash import html
from dash.development.base_component import Component

from dashboard import text
from dashboard.clocks import Clocks
from services.readmodel.rows import Readings


def banner(sentence: str, kind: str = "note") -> Component:
    """One sentence across the page; ``kind`` is note or warning."""
    return html.P(sentence, className=f"banner banner--{kind}", role="status")


def reading_banners(readings: Readings) -> list[Component]:
    """What the tables have not read yet, and what they could not."""
    found = []
    if readings.incomplete:
        names = "、".join(text.FAMILIES.get(name, name) for name in readings.incomplete)
        found.append(
            banner(
                f"数据不完整：{names}有记录未能读入，以下数字停在最后可靠的位置。"
                "请系统管理员运行 jixiao projection status 查看原因。",
                "warning",
            )
        )
    if readings.behind:
        found.append(banner(f"还有{readings.behind:,}条新记录正在处理，稍后刷新可见。"))
    return found


def data_banners(clocks: Clocks, known_at: date | int | None) -> list[Component]:
    """Up to which day money can be judged, and what the record was thought to be then."""
    found = []
    if known_at is not None:
        said = f"{text.day(known_at)}终" if isinstance(known_at, date) else f"第{known_at}号记录"
        found.append(banner(f"按当时已录显示：只看{said}以前录入的记录，之后的补录、更正不计。"))
    if clocks.complete_to is None:
        found.append(banner("还没有支付数据，资金灯无法判定。请导入支付明细并注明支付数据截至日。"))
    elif clocks.complete_to < clocks.moment.as_of:
        found.append(
            banner(
                f"支付数据截至{text.day(clocks.complete_to)}，"
                f"早于所选的{text.day(clocks.moment.as_of)}："
                f"资金按{text.month_day(clocks.complete_to)}判定。"
            )
        )
    return found
