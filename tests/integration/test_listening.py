"""How the server listens: encrypted if it is to, and believing nobody about who asks."""

from __future__ import annotations

import asyncio
import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from ops.cli.serve import listening
from services.settings import Settings
from tests.certificates import certificate
from tests.servers import wait_until

HERE = Settings(Path("/nowhere"), port=0)
SAID = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}


async def who_asks(scope: Scope, _receive: Receive, send: Send) -> None:
    """Answer with what the server takes the other side for."""
    if scope["type"] == "lifespan":
        return
    body = json.dumps([scope["client"][0], scope["scheme"]]).encode()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": body})


@contextmanager
def serving(settings: Settings) -> Iterator[str]:
    """Serve for a block; the address without its scheme."""
    config = listening(settings, who_asks)
    config.lifespan = "off"
    server = uvicorn.Server(config)
    thread = threading.Thread(target=asyncio.run, args=(server.serve(),))
    thread.start()
    try:
        wait_until(lambda: server.started, "the server listens")
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.mark.parametrize(
    ("proxies", "expected"),
    [((), ["127.0.0.1", "http"]), (("127.0.0.1",), ["203.0.113.9", "https"])],
)
def test_only_a_proxy_that_is_named_is_believed(
    proxies: tuple[str, ...], expected: list[str]
) -> None:
    with serving(replace(HERE, proxies=proxies)) as address:
        assert httpx.get(f"http://{address}/", headers=SAID).json() == expected


def test_a_proxy_elsewhere_is_not_this_machine() -> None:
    with serving(replace(HERE, proxies=("10.0.0.0/8",))) as address:
        assert httpx.get(f"http://{address}/", headers=SAID).json() == ["127.0.0.1", "http"]


def test_old_tls_is_not_spoken(tmp_path: Path) -> None:
    pem, key = certificate(tmp_path)
    config = listening(replace(HERE, tls_certificate=pem, tls_key=key), who_asks)
    config.load()
    assert config.ssl is not None
    assert config.ssl.minimum_version >= ssl.TLSVersion.TLSv1_2
    assert not [one for one in config.ssl.get_ciphers() if one["strength_bits"] < 128]


def test_with_a_certificate_it_speaks_tls_and_nothing_else(tmp_path: Path) -> None:
    pem, key = certificate(tmp_path)
    trusted: Any = ssl.create_default_context(cafile=str(pem))
    with serving(replace(HERE, tls_certificate=pem, tls_key=key)) as address:
        answer = httpx.get(f"https://{address}/", verify=trusted)
        assert answer.json() == ["127.0.0.1", "https"]
        with pytest.raises(httpx.HTTPError):
            httpx.get(f"http://{address}/")
