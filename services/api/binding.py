"""Where the service may listen while it has no accounts: on this machine alone."""

from __future__ import annotations

import socket
from ipaddress import ip_address

from domain.errors import MonitoringError


class NotLoopbackError(MonitoringError):
    """The service would be reached from other machines, and nobody asks who comes."""

    code = "not_loopback"

    def __init__(self, host: str) -> None:
        super().__init__(
            f"尚未启用账号，服务只能绑定本机地址（127.0.0.1、::1或localhost），不能绑定“{host}”。"
            "请把 JIXIAO_HOST 改为 127.0.0.1。"
        )


def require_loopback(host: str) -> None:
    """Refuse to listen anywhere but on this machine.

    Raises:
        NotLoopbackError: some address of the host is not this machine's own.
    """
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(host or "*", None)}
    except (OSError, UnicodeError):
        found = set()
    if not found or not all(ip_address(one.partition("%")[0]).is_loopback for one in found):
        raise NotLoopbackError(host)
