"""``make pictures``: the screenshots of the README, taken of the sample year.

A fresh sample year in a folder of its own, a server on a free port, Chromium; what it sees is
written to ``docs/``. Needs what the browser tests need: playwright and Debian's chromium.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import socket
from urllib.error import URLError

from playwright.sync_api import Browser, Page, sync_playwright

from ops.demo.desk import DESK
from services.access.samples import SAMPLE_PASSWORD

PICTURES = Path(__file__).resolve().parents[1] / "docs"
CHROMIUM = "/usr/bin/chromium"
LARGEST = 400_000
"""Bytes; a picture is looked at by people with slow lines."""

_COMMAND = "from ops.cli.main import run; run()"
_STARTS_WITHIN_S = 60


@dataclass(frozen=True, slots=True)
class Picture:
    """One screenshot: where, of what size, and what has to be there first."""

    name: str
    path: str
    size: tuple[int, int]
    shows: str


def pictures(target: str) -> tuple[Picture, ...]:
    """The README's pictures; ``target`` is the page of the worst target."""
    return (
        Picture("overview", "/?as_of=2025-08-31", (1440, 1120), ".table--targets"),
        Picture("target", target, (1440, 1020), ".js-plotly-plot .main-svg"),
    )


def take() -> None:
    """Load, serve, look, and write; raises when a picture is too large."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="jixiao-pictures-") as folder:
        env = os.environ | {"JIXIAO_DATA_DIR": folder, "JIXIAO_PORT": str(free_port())}
        run(env, "demo", "--once")
        with serving(env) as url, chromium() as browser:
            page = browser.new_page(locale="zh-CN", bypass_csp=True)
            sign_in(page, url)
            page.goto(f"{url}/?as_of=2025-08-31")
            worst = page.locator(".table--targets tbody a").first
            for picture in pictures(worst.get_attribute("href") or "/"):
                shoot(page, url, picture)


def sign_in(page: Page, url: str) -> None:
    """Come in as the sample's finance desk."""
    page.goto(f"{url}/login")
    page.fill("input[name=login]", DESK)
    page.fill("input[name=password]", SAMPLE_PASSWORD)
    page.click("button[type=submit]")


def shoot(page: Page, url: str, picture: Picture) -> None:
    """Write one picture."""
    width, height = picture.size
    page.set_viewport_size({"width": width, "height": height})
    page.goto(url + picture.path)
    page.wait_for_selector(picture.shows)
    page.wait_for_timeout(500)  # fonts and lines settle
    path = PICTURES / f"{picture.name}.png"
    page.screenshot(path=path)
    size = path.stat().st_size
    sys.stdout.write(f"{path}  {size // 1000} kB\n")
    if size > LARGEST:
        raise PictureTooLargeError(path, size)


class PictureTooLargeError(Exception):
    """A picture would make the repository heavy."""

    def __init__(self, path: Path, size: int) -> None:
        super().__init__(f"{path} has {size} bytes, more than {LARGEST}")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium for a block."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--lang=zh-CN"]
        )
        yield browser
        browser.close()


@contextmanager
def serving(env: dict[str, str]) -> Iterator[str]:
    """A server of our own for a block; answers its address."""
    server = subprocess.Popen([sys.executable, "-c", _COMMAND, "serve", "--sample"], env=env)
    url = f"http://127.0.0.1:{env['JIXIAO_PORT']}"
    try:
        wait_for(f"{url}/-/healthy")
        yield url
    finally:
        server.terminate()
        server.wait(timeout=30)


def run(env: dict[str, str], *words: str) -> None:
    """Run the jixiao command to its end."""
    subprocess.run([sys.executable, "-c", _COMMAND, *words], env=env, check=True)


def wait_for(url: str) -> None:
    """Wait until an address answers."""
    deadline = time.monotonic() + _STARTS_WITHIN_S
    while True:
        try:
            urllib.request.urlopen(url, timeout=2).close()  # noqa: S310  # our own address
        except (URLError, OSError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            return


def free_port() -> int:
    """A TCP port that nobody listens on just now."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    take()
