"""Where the service may listen: on this machine, or beyond it where what travels is encrypted."""

from __future__ import annotations

import socket
import ssl
from ipaddress import ip_address
from pathlib import Path

from domain.errors import MonitoringError
from services.secret import open_rights
from services.settings import SettingError, Settings


class NotLoopbackError(MonitoringError):
    """The service would be reached from other machines in a way that protects nobody."""

    code = "not_loopback"

    def __init__(self, host: str, reason: str) -> None:
        super().__init__(
            f"服务不能绑定“{host}”：{reason}。"
            "请把 JIXIAO_HOST 改为 127.0.0.1，或补上所缺的设置后重新启动。"
        )


def require_safe_binding(settings: Settings, *, sample: bool) -> None:
    """Refuse to listen where others could listen in, or walk in.

    Args:
        settings: where to listen, and what protects it.
        sample: whether the data are made up, so that everybody knows the passwords.

    Raises:
        NotLoopbackError: beyond this machine without TLS and without a proxy that has it, or
            with the accounts of the sample year.
        SettingError: the certificate or its key cannot be used.
    """
    _require_sound_certificate(settings)
    if is_loopback(settings.host):
        return
    if sample:
        raise NotLoopbackError(settings.host, "示例账户的密码是公开的，示例数据只供本机使用")
    if not settings.is_encrypted:
        raise NotLoopbackError(
            settings.host, "JIXIAO_BASE_URL 须写明对外的 https:// 地址，登录信息才不会明文传输"
        )
    if settings.tls_certificate is None and not settings.proxies:
        raise NotLoopbackError(
            settings.host,
            "没有证书（JIXIAO_TLS_CERTIFICATE、JIXIAO_TLS_KEY），"
            "也没有说明前面的反向代理（JIXIAO_PROXIES 填其IP地址）",
        )


def is_loopback(host: str) -> bool:
    """Whether all addresses of a host are this machine's own."""
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(host or "*", None)}
    except (OSError, UnicodeError):
        found = set()
    return bool(found) and all(ip_address(one.partition("%")[0]).is_loopback for one in found)


def _require_sound_certificate(settings: Settings) -> None:
    certificate, key = settings.tls_certificate, settings.tls_key
    if certificate is None and key is None:
        return
    if certificate is None:
        raise SettingError(
            "JIXIAO_TLS_CERTIFICATE", "未设置，而 JIXIAO_TLS_KEY 已设置。请补上证书。"
        )
    if key is None:
        raise SettingError(
            "JIXIAO_TLS_KEY", "未设置，而 JIXIAO_TLS_CERTIFICATE 已设置。请补上私钥。"
        )
    _require_pair(certificate, key)


def _require_pair(certificate: Path, key: Path) -> None:
    try:
        if open_rights(key):
            raise SettingError(
                "JIXIAO_TLS_KEY",
                f"指向的私钥 {key} 对本机其他用户开放。请运行 chmod 600 {key} 后重试。",
            )
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(certificate, key)
    except OSError as problem:  # SSLError is one
        raise SettingError(
            "JIXIAO_TLS_CERTIFICATE",
            f"指向的证书 {certificate} 或其私钥 {key} 不能使用：{problem.strerror or problem}。"
            "请检查两个文件是否存在、是否成对、私钥是否未加密。",
        ) from problem
