"""``jixiao serve`` and ``jixiao worker``: the processes (architecture §7)."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Annotated

import typer
import uvicorn
from starlette.types import ASGIApp

from dashboard.asgi import create_app
from domain.errors import MonitoringError
from domain.store import StoreKind
from ops.cli.context import open_machine, say
from ops.demo.accounts import open_sample_accounts
from ops.demo.clock import VirtualClock
from ops.demo.load import choose, load
from ops.logs import set_up_logs
from scheduler.clockwork import Clockwork
from services.access.first_start import first_link
from services.access.samples import SAMPLE_PASSWORD, is_sample
from services.api.app import create_api
from services.api.binding import is_loopback, require_safe_binding
from services.bootstrap import Services
from services.clock import today
from services.founding import store_on_record
from services.intake.sandbox.client import warm
from services.projections.supervisor import Supervisor
from services.readmodel.lookups import Lookups
from services.resuming import resume_all
from services.settings import Settings


def serve(
    web_only: Annotated[
        bool, typer.Option("--web-only", help="只提供网页和接口，投影与定时任务由 worker 承担")
    ] = False,
    sample: Annotated[
        bool, typer.Option("--sample", help="数据目录为空时，先装入虚构的示例年度")
    ] = False,
) -> None:
    """启动服务：网页、接口、投影和定时任务。"""
    clock = VirtualClock()
    with open_machine(clock, web_only=web_only) as services:
        if sample:
            require_safe_binding(services.settings, sample=True)
            _load_sample(services, clock)
        serve_here(services, web_only=web_only)


def _load_sample(services: Services, clock: VirtualClock) -> None:
    """The sample year, unless the store holds real data."""
    store = store_on_record(services.log)
    if store is None or store.kind is StoreKind.DEMO:
        load(services, clock, choose(services.log, None, None), say)
        open_sample_accounts(services)


def worker() -> None:
    """启动后台进程：投影和定时任务。"""
    with open_machine() as services, background(services):
        set_up_logs(services.settings.log_level)
        say("后台进程已启动，按 Ctrl-C 停止。")
        stopped = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopped.set())
        stopped.wait()
        say("正在停止……")


def serve_here(services: Services, *, web_only: bool = False) -> None:
    """Serve until Ctrl-C or SIGTERM.

    Raises:
        NotLoopbackError: it would be reached from elsewhere, and nothing protects it.
        SettingError: the certificate cannot be used.
    """
    settings = services.settings
    require_safe_binding(settings, sample=is_sample(services.log))
    set_up_logs(settings.log_level)
    warm()
    config = listening(settings, create_app(services, create_api(services)))
    with background(services, idle=web_only):
        address = _address(settings)
        server = Announcing(config, address, _how_to_sign_in(services))
        with _signals_taken_once():
            server.run()
    say("已停止。")


def listening(settings: Settings, app: ASGIApp) -> uvicorn.Config:
    """How the server listens.

    Who asks is whoever connects, unless a proxy that the settings name says otherwise: without
    one anybody on this machine could say to be somebody else.
    """
    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
        proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=list(settings.proxies),
        ssl_certfile=settings.tls_certificate,
        ssl_keyfile=settings.tls_key,
    )


@contextmanager
def _signals_taken_once() -> Iterator[None]:
    """The server takes Ctrl-C and SIGTERM, and raises them again when it is done.

    What has to be closed behind it is closed by us, so the second time nothing is to happen.
    """
    taken = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, lambda *_: None) for number in taken]
    try:
        yield
    finally:
        for number, handler in zip(taken, before, strict=True):
            signal.signal(number, handler)


class Announcing(uvicorn.Server):
    """Says where it listens, once it does."""

    def __init__(self, config: uvicorn.Config, address: str, how_to_sign_in: str) -> None:
        super().__init__(config)
        self._address = address
        self._how_to_sign_in = how_to_sign_in

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        """Bind, then tell."""
        await super().startup(sockets)  # type: ignore[arg-type]
        if self.started:
            reach = "仅限本机访问；" if is_loopback(self.config.host) else ""
            say(f"服务已启动：{self._address}  （{reach}按 Ctrl-C 停止）")
            say(self._how_to_sign_in)


def _address(settings: Settings) -> str:
    """Where a browser finds it, as the terminal says."""
    if not is_loopback(settings.host):
        return str(settings.base_url)
    scheme = "http" if settings.tls_certificate is None else "https"
    return f"{scheme}://{settings.host}:{settings.port}/"


def _how_to_sign_in(services: Services) -> str:
    """What the terminal says about signing in: sample logins, or a link for the first one."""
    if is_sample(services.log):
        return f"示例账户：绩效股、450001经办、450001负责人、审计……，密码均为 {SAMPLE_PASSWORD}"
    desk = services.sign_in_desk
    if desk.credentials.any():
        return "请用已开立的账户登录。"
    link = first_link(desk, services.settings, services.clock())
    return f"还没有账户。请在浏览器打开此链接，开立财政管理员账户（24小时内有效，一次性）：\n{link}"


def _go_on_with_imports(services: Services) -> None:
    """Imports that were broken off go on where they stopped."""
    day = today(services.clock)
    with closing(Lookups(services.database.worker_url)) as lookups:
        try:
            for report in resume_all(services.log, lookups, today=day, progress=say):
                say(f"已接着上次中断处导入完毕：{report.name}，新{report.stored}行。")
        except MonitoringError as problem:
            say(f"有一次中断的导入未能继续：{problem} 可稍后用 jixiao import resume 重试。")


@contextmanager
def background(services: Services, *, idle: bool = False) -> Iterator[None]:
    """Projections and timetable, for the length of a block."""
    if idle:
        yield
        return
    _go_on_with_imports(services)
    supervisor = Supervisor(services.projector, services.log.channel)
    clockwork = Clockwork(services)
    supervisor.start()
    clockwork.start()
    try:
        yield
    finally:
        clockwork.stop()
        supervisor.stop()
        logging.getLogger(__name__).info("background stopped")
