"""Signing in by a real identity provider (npm's oidc-provider), and all that must not sign in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import UUID, uuid4

import pytest
from psycopg_pool import ConnectionPool
from starlette.testclient import TestClient

from dashboard.asgi import create_app
from domain.access.account import Account, AccountKind
from domain.access.role import Role
from services.access.accounts import disable
from services.access.audit import Asked
from services.access.desk import SignInDesk
from services.access.invitations import LASTS as INVITED_FOR
from services.access.invitations import Purpose
from services.access.oidc.errors import IdentityTakenError, NotLinkableError
from services.access.oidc.identities import Identity
from services.access.oidc.linking import invite_to_link, link, unlink
from services.access.oidc.pending import AT_MOST
from services.access.oidc.pending import LASTS as PENDING_FOR
from services.access.sessions import Way
from services.access.signing_in import holder_of
from services.api.app import create_api
from services.api.door.cookie import BROWSER, COOKIE
from services.bootstrap import Services
from services.secret import Secret
from tests.accounts import META, account_for
from tests.identity_provider import CLIENT_ID, CLIENT_SECRET, Person, running_provider
from tests.integration.api_service import OWN_ADDRESS, REGION, SteppedClock, running
from tests.servers import RunningServer

CALLBACK = f"{OWN_ADDRESS}/oidc/callback"
LOGIN = f"{OWN_ADDRESS}/login"
GOOD = "Xiang-mu2025"


@dataclass
class House:
    """The whole application beside a provider, and one browser."""

    client: TestClient
    services: Services
    issuer: str
    clock: SteppedClock
    people: list[Person] = field(default_factory=list)

    @property
    def desk(self) -> SignInDesk:
        """The desk at the door."""
        return self.services.sign_in_desk

    @property
    def pool(self) -> ConnectionPool[Any]:
        """Connections of the web's role."""
        return self.services.lookups.pool

    def account(self, login: str, *roles: Role) -> UUID:
        """Open an account."""
        return account_for(self.services, REGION, login, roles or (Role.FINANCE_DESK,))

    def linked(self, login: str, subject: str) -> UUID:
        """Open an account that somebody's identity is linked to."""
        account_id = self.account(login)
        identity = Identity(self.issuer, subject)
        link(self.services.log, self.desk, account_id, identity, now=self.clock(), meta=META)
        return account_id

    def person(self, subject: str) -> Person:
        """Somebody with a browser of his own at the provider."""
        person = Person(self.issuer, subject)
        self.people.append(person)
        return person

    def get(self, address: str) -> Any:
        """Ask us for a page, as a browser does."""
        return self.client.get(address, headers={"Accept": "text/html"})

    def start(self, **query: str) -> Any:
        """Begin to sign in."""
        return self.get(f"/oidc/start?{urlencode(query)}")

    def come(self, subject: str, **query: str) -> Any:
        """Sign in from end to end; what the last address of ours answers."""
        sent = self.start(**query)
        assert sent.status_code == 303, sent.text
        return self.get(self.person(subject).sign_in(sent.headers["location"]))

    def audited(self) -> list[tuple[str, str, str]]:
        """The last lines of the audit: actor, outcome and detail, newest first."""
        lines = self.desk.audit.page(Asked(limit=5))
        return [(line.actor, line.outcome, line.detail) for line in lines]

    def is_in(self) -> bool:
        """Whether this browser is let in."""
        return bool(self.get("/account").status_code == 200)


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    with running_provider(CALLBACK, LOGIN) as issuer:
        yield issuer


@pytest.fixture(scope="module")
def shared(
    embedded_server: RunningServer, provider: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    clock = SteppedClock(datetime.now(UTC))
    with (
        embedded_server.fresh() as database,
        running(
            database,
            tmp_path_factory.mktemp("oidc"),
            clock,
            oidc_issuer=provider,
            oidc_client_id=CLIENT_ID,
            oidc_secret=Secret(CLIENT_SECRET),
            oidc_name="政务统一认证",
        ) as services,
        TestClient(
            create_app(services, create_api(services)),
            OWN_ADDRESS,
            raise_server_exceptions=False,
            follow_redirects=False,
        ) as client,
    ):
        yield House(client, services, provider, clock)


@pytest.fixture
def house(shared: House) -> Iterator[House]:
    """The house with nobody in it, by the clock of the wall."""
    shared.client.cookies.clear()
    shared.clock.now = datetime.now(UTC)
    with shared.pool.connection() as connection:
        connection.execute("DELETE FROM operational.pending_sign_ins")
    yield shared
    for person in shared.people:
        person.close()
    shared.people.clear()


def some(name: str) -> str:
    """A name that no other test has."""
    return f"{name}-{uuid4().hex[:8]}"


# -- in and out ----------------------------------------------------------------------------


def test_an_invitation_links_an_identity_and_from_then_on_it_signs_in(house: House) -> None:
    login, subject = some("zhao"), some("p-1001")
    account_id = house.account(login)
    key = invite_to_link(house.services.log, house.desk, account_id, now=house.clock())
    shown = house.get(f"/oidc/link?key={key}")
    assert shown.status_code == 200
    assert login in shown.text
    assert f"/oidc/start?key={key}" in shown.text
    arrived = house.come(subject, key=key)
    assert (arrived.status_code, arrived.headers["location"]) == (303, "/")
    assert house.is_in()
    house.client.cookies.clear()
    assert house.come(subject).status_code == 303
    assert login in house.get("/account").text
    (known,) = house.desk.identities.of_account(account_id)
    assert (known.issuer, known.subject) == (house.issuer, subject)
    assert known.last_used_at is not None
    assert house.audited()[0] == (login, "done", "oidc")


def test_the_request_carries_state_nonce_and_the_digest_of_a_verifier(house: House) -> None:
    first, second = (parse_qs(urlsplit(house.start().headers["location"]).query) for _ in range(2))
    assert first["redirect_uri"] == [CALLBACK]
    assert first["scope"] == ["openid"]
    assert first["response_type"] == ["code"]
    assert first["code_challenge_method"] == ["S256"]
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name][0]) >= 43
        assert first[name] != second[name]


def test_somebody_comes_back_to_the_page_he_wanted(house: House) -> None:
    subject = some("p")
    house.linked(some("qian"), subject)
    assert house.come(subject, next="/targets?year=2025").headers["location"] == (
        "/targets?year=2025"
    )


@pytest.mark.parametrize(
    "wanted",
    ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:1", "/\t/x"],
)
def test_nobody_is_led_elsewhere(house: House, wanted: str) -> None:
    subject = some("p")
    house.linked(some("sun"), subject)
    assert house.come(subject, next=wanted).headers["location"] == "/"


def test_the_sign_in_page_offers_it_by_the_name_it_was_given(house: House) -> None:
    page = house.get("/login?next=/targets").text
    assert "用政务统一认证登录" in page
    assert 'href="/oidc/start?next=/targets"' in page


def test_who_leaves_may_leave_the_provider_too_and_only_to_us(house: House) -> None:
    subject = some("p")
    house.linked(some("li"), subject)
    house.come(subject)
    left = house.client.post("/logout", headers={"Origin": OWN_ADDRESS})
    assert left.headers["location"] == "/login?left=1"
    assert not house.is_in()
    assert "同时退出政务统一认证" in house.get("/login?left=1").text
    out = house.get("/oidc/leave").headers["location"]
    assert out.startswith(f"{house.issuer}/")
    assert parse_qs(urlsplit(out).query) == {
        "client_id": [CLIENT_ID],
        "post_logout_redirect_uri": [LOGIN],
    }
    assert house.people[0].get(out).status_code == 200, "the provider knows the address"


def test_who_signed_in_by_password_is_not_told_to_leave_a_provider(house: House) -> None:
    login = some("wang")
    account_id = house.account(login)
    holder = holder_of(house.services.log.get(Account, account_id))
    house.desk.credentials.set(holder, GOOD, now=house.clock(), must_change=False)
    house.client.post("/login", data={"login": login, "password": GOOD})
    assert house.is_in()
    assert house.client.post("/logout").headers["location"] == "/login"


def test_a_password_that_is_due_does_not_stand_in_the_way(house: House) -> None:
    subject, login = some("p"), some("zhou")
    account_id = house.linked(login, subject)
    holder = holder_of(house.services.log.get(Account, account_id))
    house.desk.credentials.set(holder, GOOD, now=house.clock(), must_change=True)
    house.come(subject)
    assert house.is_in()
    house.client.cookies.clear()
    house.client.post("/login", data={"login": login, "password": GOOD})
    assert house.get("/").headers["location"] == "/account?must=1"


# -- who is not let in ---------------------------------------------------------------------


def test_an_identity_that_is_not_linked_gets_no_account_whatever_it_is_called(
    house: House,
) -> None:
    """The provider calls everybody caizheng, and so is an account of ours."""
    house.account("caizheng")
    subject = some("caizheng")
    refused = house.come(subject)
    assert refused.status_code == 403
    assert f"标识 {subject}" in refused.text
    assert "请联系财政管理员" in refused.text
    assert not house.is_in()
    assert house.audited()[0] == ("?", "refused", "oidc identity_unknown")
    assert house.come("caizheng").status_code == 403, "a subject is no login name"


def test_the_same_subject_of_another_issuer_is_somebody_else(house: House) -> None:
    subject, account_id = some("p"), house.account(some("wu"))
    other = Identity("https://other.example.gov.cn", subject)
    link(house.services.log, house.desk, account_id, other, now=house.clock(), meta=META)
    assert house.come(subject).status_code == 403


def test_an_answer_is_taken_once(house: House) -> None:
    subject = some("p")
    house.linked(some("zheng"), subject)
    back = house.person(subject).sign_in(house.start().headers["location"])
    browser = house.client.cookies[BROWSER]
    assert house.get(back).status_code == 303
    house.client.cookies.set(BROWSER, browser)
    again = house.get(back)
    assert again.status_code == 401
    assert "重新登录" in again.text


def test_an_answer_is_taken_from_the_browser_that_asked(house: House) -> None:
    """Otherwise somebody could sign another into an account of his own choice (login CSRF)."""
    subject = some("p")
    house.linked(some("feng"), subject)
    back = house.person(subject).sign_in(house.start().headers["location"])
    own = house.client.cookies[BROWSER]
    for key in (None, "", "x" * 43):
        house.client.cookies.clear()
        if key is not None:
            house.client.cookies.set(BROWSER, key)
        assert house.get(back).status_code == 401
        assert not house.is_in()
    house.client.cookies.set(BROWSER, own)
    assert house.get(back).status_code == 303, "and the right browser still gets its answer"


@pytest.mark.parametrize("name", ["state", "code", "iss"])
def test_an_answer_that_was_changed_signs_nobody_in(house: House, name: str) -> None:
    subject = some("p")
    house.linked(some("chen"), subject)
    back = urlsplit(house.person(subject).sign_in(house.start().headers["location"]))
    query = {key: values[0] for key, values in parse_qs(back.query).items()}
    assert query["iss"] == house.issuer
    changed = house.get(f"{back.path}?{urlencode(query | {name: query[name] + 'x'})}")
    assert changed.status_code == 401, changed.text
    assert not house.is_in()


def test_an_answer_without_its_issuer_is_refused_where_the_provider_always_names_it(
    house: House,
) -> None:
    subject = some("p")
    house.linked(some("chu"), subject)
    back = urlsplit(house.person(subject).sign_in(house.start().headers["location"]))
    query = {key: values[0] for key, values in parse_qs(back.query).items() if key != "iss"}
    assert house.get(f"{back.path}?{urlencode(query)}").status_code == 401


def test_a_code_is_worth_nothing_without_the_verifier_of_its_request(house: House) -> None:
    """PKCE: the provider itself refuses; a stolen code opens no session."""
    subject = some("p")
    house.linked(some("wei"), subject)
    back = house.person(subject).sign_in(house.start().headers["location"])
    with house.pool.connection() as connection:
        connection.execute("UPDATE operational.pending_sign_ins SET verifier = repeat('x', 43)")
    refused = house.get(back)
    assert refused.status_code == 401
    assert "invalid_grant" in refused.text


def test_a_token_for_another_request_is_refused(house: House) -> None:
    """The nonce in the token is that of the request, or nobody is signed in."""
    subject = some("p")
    house.linked(some("jiang"), subject)
    back = house.person(subject).sign_in(house.start().headers["location"])
    with house.pool.connection() as connection:
        connection.execute("UPDATE operational.pending_sign_ins SET nonce = repeat('x', 43)")
    assert house.get(back).status_code == 401
    assert house.audited()[0] == ("?", "refused", "oidc id_token_refused")


def test_a_sign_in_that_takes_too_long_is_begun_anew(house: House) -> None:
    subject = some("p")
    house.linked(some("shen"), subject)
    back = house.person(subject).sign_in(house.start().headers["location"])
    house.clock.now += PENDING_FOR
    assert house.get(back).status_code == 401


def test_a_shut_account_stays_shut(house: House) -> None:
    subject = some("p")
    account_id = house.linked(some("han"), subject)
    disable(house.services.log, house.desk, account_id, reason="离职", meta=META)
    refused = house.come(subject)
    assert refused.status_code == 403
    assert "已停用" in refused.text


def test_what_the_provider_refuses_is_said_and_nothing_else_is(house: House) -> None:
    for error, said in (
        ("access_denied", "被取消或拒绝"),
        ("temporarily_unavailable", "temporarily_unavailable"),
        ("<b>点这里</b>", "unknown_error"),
    ):
        sent = house.start().headers["location"]
        state = parse_qs(urlsplit(sent).query)["state"][0]
        query = {"error": error, "error_description": "点这里", "state": state}
        refused = house.get(f"/oidc/callback?{urlencode(query | {'iss': house.issuer})}")
        assert refused.status_code == 401
        assert said in refused.text
        assert "点这里" not in refused.text


def test_a_session_has_a_new_key_and_one_that_was_planted_opens_nothing(house: House) -> None:
    subject = some("p")
    account_id = house.linked(some("yang"), subject)
    house.client.cookies.set(COOKIE, "planted" * 6)
    arrived = house.come(subject)
    given = arrived.headers["set-cookie"]
    assert f"{COOKIE}=planted" not in given
    assert "HttpOnly" in given
    assert "SameSite=lax" in given
    (session,) = house.desk.sessions.of_account(account_id, house.clock())
    assert session.way is Way.PROVIDER
    house.client.cookies.clear()
    house.client.cookies.set(COOKIE, "planted" * 6)
    assert not house.is_in()


def test_who_signs_in_over_a_session_ends_it(house: House) -> None:
    subject = some("p")
    account_id = house.linked(some("lin"), subject)
    house.come(subject)
    house.come(subject)
    assert len(house.desk.sessions.of_account(account_id, house.clock())) == 1


def test_another_address_to_come_back_to_is_refused_by_the_provider(house: House) -> None:
    sent = house.start().headers["location"].replace("%2Foidc%2Fcallback", "%2Foidc%2Fcallback2")
    refused = house.person(some("p")).get(sent)
    assert refused.status_code == 400
    assert "redirect_uri" in refused.text


def test_a_page_of_another_site_signs_nobody_in(house: House) -> None:
    for site in ("cross-site", "same-site"):
        shown = house.client.get("/oidc/start?next=/x", headers={"Sec-Fetch-Site": site})
        assert shown.status_code == 200
        assert 'href="/oidc/start?next=/x"' in shown.text
    for site in ("same-origin", "none"):
        sent = house.client.get("/oidc/start", headers={"Sec-Fetch-Site": site})
        assert sent.status_code == 303


def test_one_address_does_not_fill_the_table(house: House) -> None:
    for _ in range(AT_MOST):
        house.desk.pending.begin("/", None, "testclient", house.clock())
    refused = house.start()
    assert refused.status_code == 429
    assert "请十分钟后再试" in refused.text
    house.clock.now += PENDING_FOR
    assert house.start().status_code == 303


# -- linking -------------------------------------------------------------------------------


def test_the_desk_invites_and_takes_back_on_the_page_of_an_account(house: House) -> None:
    desk, keeper, login, subject = some("g"), some("p"), some("jia"), some("q")
    keeper_id = house.account(desk, Role.FINANCE_ADMINISTRATOR)
    account_id = house.account(login, Role.CLERK)
    identity = Identity(house.issuer, keeper)
    link(house.services.log, house.desk, keeper_id, identity, now=house.clock(), meta=META)
    house.come(keeper)
    page = f"/people/{account_id}"
    assert "没有关联" in house.get(page).text
    invited = house.client.post(f"{page}/identity/invitation").text
    (key,) = re.findall(r"http://127\.0\.0\.1:8000/oidc/link\?key=([\w-]+)", invited)
    assert key not in house.get(page).text
    house.client.cookies.clear()
    assert house.come(subject, key=key).status_code == 303
    assert house.client.post(f"{page}/identity/unlink").status_code in {403, 404}
    house.client.cookies.clear()
    house.come(keeper)
    assert subject in house.get(page).text
    ended = house.client.post(f"{page}/identity/unlink").text
    assert "已解除1项关联" in ended
    assert house.desk.identities.of_account(account_id) == []
    again = house.client.post(f"{page}/identity/unlink").text
    assert "没有关联" in again


def test_an_invitation_is_good_once_and_for_a_day(house: House) -> None:
    account_id = house.account(some("zhu"))
    log, desk = house.services.log, house.desk
    key = invite_to_link(log, desk, account_id, now=house.clock())
    assert house.come(some("p"), key=key).status_code == 303
    assert house.start(key=key).status_code == 410
    assert house.get(f"/oidc/link?key={key}").status_code == 410
    other = invite_to_link(log, desk, house.account(some("qin")), now=house.clock())
    house.clock.now += INVITED_FOR
    assert house.start(key=other).status_code == 410
    assert house.start(key="x" * 43).status_code == 410


def test_of_two_who_hold_one_invitation_one_is_linked(house: House) -> None:
    account_id = house.account(some("you"))
    key = invite_to_link(house.services.log, house.desk, account_id, now=house.clock())
    first, second = some("p"), some("q")
    one = house.person(first).sign_in(house.start(key=key).headers["location"])
    one_browser = house.client.cookies[BROWSER]
    house.client.cookies.clear()
    assert house.come(second, key=key).status_code == 303
    house.client.cookies.clear()
    house.client.cookies.set(BROWSER, one_browser)
    assert house.get(one).status_code == 410
    known = house.desk.identities.of_account(account_id)
    assert [one.subject for one in known] == [second]


def test_a_key_for_another_purpose_links_nothing(house: House) -> None:
    account_id = house.account(some("xu"))
    key = house.desk.invitations.invite(Purpose.SET_PASSWORD, account_id, now=house.clock())
    assert house.start(key=key).status_code == 410


def test_an_identity_is_one_accounts_and_a_person_has_one(house: House) -> None:
    log, desk, now = house.services.log, house.desk, house.clock()
    subject = some("p")
    account_id = house.linked(some("he"), subject)
    identity = Identity(house.issuer, subject)
    link(log, desk, account_id, identity, now=now, meta=META)
    with pytest.raises(IdentityTakenError):
        link(log, desk, house.account(some("lv")), identity, now=now, meta=META)
    with pytest.raises(IdentityTakenError):
        link(log, desk, account_id, Identity(house.issuer, some("q")), now=now, meta=META)
    assert len(desk.identities.of_account(account_id)) == 1


def test_several_people_may_use_a_units_account_each_by_an_identity_of_his_own(
    house: House,
) -> None:
    account = Account.open(REGION, some("450001"), "某单位", AccountKind.SHARED)
    house.services.log.save(account, meta=META)
    for subject in (some("p"), some("q")):
        identity = Identity(house.issuer, subject)
        link(house.services.log, house.desk, account.id, identity, now=house.clock(), meta=META)
        house.client.cookies.clear()
        assert house.come(subject).status_code == 303


def test_programs_and_shut_accounts_are_not_linked(house: House) -> None:
    log, desk = house.services.log, house.desk
    shut = house.account(some("shi"))
    disable(log, desk, shut, reason="离职", meta=META)
    for account_id in (house.account(some("api"), Role.SERVICE), shut):
        with pytest.raises(NotLinkableError):
            invite_to_link(log, desk, account_id, now=house.clock())
        identity = Identity(house.issuer, some("p"))
        with pytest.raises(NotLinkableError):
            link(log, desk, account_id, identity, now=house.clock(), meta=META)


def test_who_is_unlinked_is_out_at_once(house: House) -> None:
    subject = some("p")
    account_id = house.linked(some("zhang"), subject)
    house.come(subject)
    assert house.is_in()
    assert unlink(house.services.log, house.desk, account_id, meta=META) == 1
    assert not house.is_in()
    assert house.come(subject).status_code == 403
    assert unlink(house.services.log, house.desk, account_id, meta=META) == 0


def test_that_an_identity_was_linked_is_on_record_and_whose_it_is_is_not(house: House) -> None:
    subject = some("p-secret")
    account_id = house.linked(some("kong"), subject)
    with house.pool.connection() as connection:
        rows = connection.execute(
            "SELECT topic, convert_from(state, 'UTF8') FROM log.events WHERE originator_id = %s",
            [account_id],
        ).fetchall()
    assert any("identity_linked" in state for _, state in rows)
    assert not any(subject in state for _, state in rows)
