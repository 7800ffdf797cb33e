"""A browser, a server of its own, and a guard that forgives nothing.

Screenshots are written to ``build/screens``, to be looked at.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from services.api.door.cookie import COOKIE
from services.database.connect import Database
from tests.accounts import KEYS, session_for
from tests.county import REGION, VirtualClock, services_on, tell_the_year
from tests.servers import RunningServer, wait_until

ROOT = Path(__file__).resolve().parents[2]
SCREENS = ROOT / "build" / "screens"
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--lang=zh-CN",
    "--force-color-profile=srgb",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
IDLE = """() => {
  const state = window.dash_stores?.[0]?.getState(), now = performance.now();
  const charts = [...document.querySelectorAll(".graph")];
  const drawn = charts.every((one) => one.querySelector(".js-plotly-plot .main-svg"));
  if (!state || state.appLifecycle !== "HYDRATED" || state.isLoading || !drawn) {
    window.__idle = now;
    return false;
  }
  window.__idle ??= now;
  return now - window.__idle > 120;
}"""

UNNAMED = """[...document.querySelectorAll("input, select, button, a, [role=img]")]
  .filter((one) => one.offsetParent && one.ariaHidden !== "true")
  .filter((one) => !(one.ariaLabel || one.textContent.trim() || one.labels?.length))
  .map((one) => one.outerHTML)"""
"""Controls that nobody who listens could name."""


@dataclass
class Guarded:
    """A page that remembers what must not happen: console errors, other hosts, exceptions."""

    page: Page
    url: str
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.faults.append(f"exception: {error}"))
        self.page.on("request", lambda request: self._watch(request.url))

    def open(self, path: str) -> None:
        """Open an address and wait until nothing moves."""
        self.page.goto(self.url + path)
        self.settle()

    def settle(self) -> None:
        """Wait until Dash is idle and the charts are drawn."""
        self.page.wait_for_function(IDLE, timeout=30_000)

    def shoot(self, name: str) -> None:
        """Write what is seen to the folder of screenshots."""
        SCREENS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENS / f"{name}.png", full_page=True)

    def at(self) -> str:
        """The address, without the host."""
        return self.page.url.removeprefix(self.url)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.faults.append(f"console {message.type}: {message.text}")

    def _watch(self, url: str) -> None:
        if not url.startswith((self.url, "data:", "blob:")):
            self.faults.append(f"request to {url}")


@contextmanager
def serving(database: Database) -> Iterator[str]:
    """A server process on a free port, for a block; answers its address."""
    with services_on(database, VirtualClock()) as services:
        key = session_for(services, REGION)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(64)
        command = [sys.executable, "-m", "tests.browser.serve", str(listening.fileno())]
        process = subprocess.Popen(
            [*command, database.web_url, database.worker_url],
            cwd=ROOT,
            pass_fds=[listening.fileno()],
        )
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    try:
        wait_until(lambda: answers(f"{url}/-/healthy"), "the server answers", 60)
        KEYS[url] = key
        yield url
    finally:
        process.terminate()
        process.wait(timeout=20)


def answers(url: str) -> bool:
    """Whether a server answers 200."""
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310  # our own address
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


@contextmanager
def county_served(embedded_server: RunningServer) -> Iterator[str]:
    """A server over a county's year from January to August, for a block."""
    with embedded_server.fresh() as database:
        clock = VirtualClock()
        with services_on(database, clock) as services:
            tell_the_year(services, clock)
        with serving(database) as url:
            yield url


@pytest.fixture(scope="session")
def county_url(embedded_server: RunningServer) -> Iterator[str]:
    """A county that all tests share that change nothing of it."""
    with county_served(embedded_server) as url:
        yield url


@pytest.fixture(scope="session")
def empty_url(embedded_server: RunningServer) -> Iterator[str]:
    """A server over an empty store."""
    with embedded_server.fresh() as database, serving(database) as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, in Chinese."""
    if not CHROMIUM.exists():
        pytest.fail(f"{CHROMIUM} is missing: apt-get install chromium fonts-noto-cjk")
    in_chinese = {**os.environ, "LANG": "zh_CN.UTF-8", "LANGUAGE": "zh_CN"}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=FLAGS, env=dict(in_chinese)
        )
        yield browser
        browser.close()


@contextmanager
def guarded(browser: Browser, url: str, *, strict: bool = False) -> Iterator[Guarded]:
    """A guarded page for a block; what it saw is judged at the end.

    Waiting for a condition needs to evaluate text, which our policy forbids: it is lifted
    except where it is what is tested.
    """
    context: BrowserContext = browser.new_context(
        viewport={"width": 1440, "height": 900}, locale="zh-CN", bypass_csp=not strict
    )
    if url in KEYS:
        context.add_cookies([{"name": COOKIE, "value": KEYS[url], "url": url}])
    try:
        page = Guarded(context.new_page(), url)
        yield page
        assert page.faults == []
    finally:
        context.close()


@pytest.fixture
def county(browser: Browser, county_url: str) -> Iterator[Guarded]:
    """A guarded page on the county."""
    with guarded(browser, county_url) as page:
        yield page


@pytest.fixture
def empty(browser: Browser, empty_url: str) -> Iterator[Guarded]:
    """A guarded page on an empty store."""
    with guarded(browser, empty_url) as page:
        yield page
