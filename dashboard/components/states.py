"""Pages that have nothing to show say why, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.components.view import View


def notice(
    title: str, sentence: str, steps: Sequence[Component | str] = (), *, failed: bool = False
) -> Component:
    """A headline, a sentence and the next steps; a failure is announced at once."""
    return html.Section(
        [
            html.H1(title),
            html.P(sentence),
            html.Ol([html.Li(step) for step in steps]) if steps else None,
        ],
        className="state state--failed" if failed else "state",
        role="alert" if failed else "status",
    )


def empty_store() -> View:
    """Nothing is on record yet."""
    return View(
        "尚无绩效目标",
        [
            notice(
                "尚无绩效目标",
                "库中还没有绩效目标，导入后这里显示全部项目的预算执行和绩效目标完成情况。",
                [
                    _command("导入绩效目标申报表：", "jixiao form import 申报表文件"),
                    _command("导入支付数据：", "jixiao payment import 支付明细文件"),
                    _command("评判并发出预警：", "jixiao evaluate --as-of 2025-06-30"),
                    _command("只想看看样子：另指一个空目录，载入虚构的演示年度：", "jixiao demo"),
                ],
            )
        ],
    )


def _command(what: str, command: str) -> Component:
    return html.Span([what, html.Code(command)])


def no_such_page() -> View:
    """The address leads nowhere."""
    return View(
        "没有这个页面",
        [
            notice(
                "没有这个页面",
                "地址可能写错了，或页面已经改名。",
                [html.Span(["回到", dcc.Link("监控总览", href="/"), "，从列表进入。"])],
            )
        ],
    )


def refused(sentence: str, back: str) -> View:
    """A question the service cannot answer, in its own words."""
    return View(
        "查不到",
        [
            notice(
                "查不到",
                sentence,
                [
                    "核对地址中的编号和日期。",
                    html.Span(["回到", dcc.Link("监控总览", href=back), "，从列表进入。"]),
                ],
                failed=True,
            )
        ],
    )


def unreachable() -> View:
    """The database is away."""
    return View(
        "数据库连不上",
        [
            notice(
                "数据库连不上",
                "数据没有丢失，只是暂时读不到。",
                [
                    "稍等片刻，刷新本页。",
                    _command("仍连不上时，请系统管理员在服务器上查看：", "jixiao db status"),
                ],
                failed=True,
            )
        ],
    )


def failed() -> View:
    """Something went wrong that nobody foresaw; it is in the log."""
    return View(
        "出错了",
        [
            notice(
                "出错了",
                "页面未能显示，原因已记入日志。",
                ["刷新重试。", "若再次出现，请把时间和地址告诉系统管理员。"],
                failed=True,
            )
        ],
    )
