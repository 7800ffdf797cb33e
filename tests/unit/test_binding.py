"""Until there are accounts, the service listens on this machine alone."""

from __future__ import annotations

import pytest

from services.api.binding import NotLoopbackError, require_loopback


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
def test_this_machine_is_let_through(host: str) -> None:
    require_loopback(host)


EVERYWHERE = ".".join("0000")


@pytest.mark.parametrize(
    "host", [EVERYWHERE, "::", "", "192.168.1.5", "10.0.0.1", "no such host", "x" * 300]
)
def test_any_other_host_is_refused_in_one_sentence(host: str) -> None:
    with pytest.raises(NotLoopbackError, match="只能绑定本机地址"):
        require_loopback(host)
