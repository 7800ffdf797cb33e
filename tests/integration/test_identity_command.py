"""``jixiao identity``: what the desk does about an identity provider, at the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.access.account import Account
from domain.access.role import Role
from domain.errors import NotOnRecordError
from services.access.signing_in import holder_of
from services.bootstrap import Services, open_services
from services.founding import opened
from services.settings import Settings
from tests.accounts import META, account_for, token_for
from tests.hostile_provider import Hostile, hostile
from tests.integration.terminal import answer, run
from tests.integration.test_hostile_provider import ONE, describe, publish
from tests.payment_files import REGION
from tests.servers import silent


@pytest.fixture
def provider(terminal: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hostile]:
    """A provider that behaves, said in the environment of the command."""
    with hostile() as told:
        describe(told, end_session_endpoint=f"{told.address}/out")
        publish(told, ONE)
        secret = terminal / "secret"
        secret.touch(mode=0o600)
        secret.write_text("kept-with-the-provider-7Qd2", encoding="ascii")
        monkeypatch.setenv("JIXIAO_OIDC_ISSUER", told.address)
        monkeypatch.setenv("JIXIAO_OIDC_CLIENT_ID", "jixiao")
        monkeypatch.setenv("JIXIAO_OIDC_CLIENT_SECRET_FILE", str(secret))
        yield told


@pytest.fixture
def administrator(provider: Hostile, monkeypatch: pytest.MonkeyPatch) -> Hostile:
    """The same, with somebody at the terminal who manages accounts, and two more people."""
    with open_services(Settings.from_env(), silent) as services:
        opened(services.log, REGION, META)
        for login in ("zhaoliu", "sunqi"):
            account_for(services, REGION, login, [Role.CLERK])
        key = token_for(services, REGION, "guanliyuan", [Role.FINANCE_ADMINISTRATOR])
        password_for(services, "sunqi")
    monkeypatch.setenv("JIXIAO_TOKEN", key)
    return provider


def password_for(services: Services, login: str) -> None:
    """Give somebody a password: from then on the terminal is open to no one without a token."""
    account = services.log.get(Account, Account.create_id(REGION, login))
    credentials = services.sign_in_desk.credentials
    credentials.set(holder_of(account), "Xiang-mu2025", now=services.clock(), must_change=False)


def test_check_names_what_has_to_be_registered(
    provider: Hostile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIXIAO_BASE_URL", "https://jixiao.example.gov.cn/")
    code, found = answer("identity", "check")
    assert code == 0
    assert found == {
        "issuer": provider.address,
        "client_id": "jixiao",
        "redirect_uri": "https://jixiao.example.gov.cn/oidc/callback",
        "post_logout_redirect_uri": "https://jixiao.example.gov.cn/login",
        "auth_method": "client_secret_basic",
        "leaves_provider": True,
    }
    assert "逐字一致" in run("identity", "check")[1]


def test_an_account_is_linked_listed_and_unlinked(administrator: Hostile) -> None:
    assert run("identity", "list", "zhaoliu") == (0, "没有关联。\n")
    assert run("identity", "link", "zhaoliu", "p-1001") == (0, "已关联：zhaoliu ← p-1001\n")
    (found,) = answer("identity", "list", "zhaoliu")[1]["identities"]
    assert (found["issuer"], found["subject"]) == (administrator.address, "p-1001")
    assert "未用过" in run("identity", "list", "zhaoliu")[1]
    assert run("identity", "unlink", "zhaoliu") == (0, "已解除1项关联。\n")
    assert run("identity", "unlink", "zhaoliu") == (0, "已解除0项关联。\n")


@pytest.mark.usefixtures("administrator")
def test_who_does_not_manage_accounts_links_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JIXIAO_TOKEN")
    for words in (("invite", "zhaoliu"), ("link", "zhaoliu", "p-1001"), ("unlink", "zhaoliu")):
        with pytest.raises(NotOnRecordError):
            run("identity", *words)


@pytest.mark.usefixtures("administrator")
def test_an_invitation_is_an_address_of_ours() -> None:
    code, printed = run("identity", "invite", "sunqi")
    assert code == 0
    address, _, key = printed.strip().partition("?key=")
    assert address == "http://127.0.0.1:8000/oidc/link"
    assert len(key) >= 43
