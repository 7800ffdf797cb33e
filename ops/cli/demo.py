"""``jixiao demo``: the sample year, loaded, judged and served."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from ops.cli.context import open_machine, say
from ops.cli.serve import serve_here
from ops.demo.accounts import open_sample_accounts
from ops.demo.clock import VirtualClock
from ops.demo.load import choose, load
from ops.demo.sample import DEFAULT_SEED
from ops.demo.summary import as_text, summary
from services.api.binding import require_safe_binding


def demo(
    once: Annotated[
        bool, typer.Option("--once", help="装入并逐月评判后即结束，不启动服务")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
    seed: Annotated[
        int | None, typer.Option(help=f"演示数据的种子，默认{DEFAULT_SEED}", show_default=False)
    ] = None,
    scale: Annotated[
        int | None, typer.Option(help="演示数据的倍数，默认1", min=1, max=100, show_default=False)
    ] = None,
) -> None:
    """装入一个虚构县的2025年演示数据，逐月评判，然后启动服务。"""
    clock = VirtualClock()
    with open_machine(clock) as services:
        if not once:
            require_safe_binding(services.settings, sample=True)
        sample = choose(services.log, seed, scale)
        load(services, clock, sample, say)
        if once or as_json:
            figures = summary(services, sample)
            typer.echo(json.dumps(figures, ensure_ascii=False) if as_json else as_text(figures))
        if not once:
            open_sample_accounts(services)
            serve_here(services)
