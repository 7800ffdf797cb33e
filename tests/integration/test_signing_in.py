"""Accounts, sessions and tokens on a real database, through a virtual clock."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import Connection
from psycopg.rows import TupleRow
from psycopg_pool import ConnectionPool

from domain.access.account import Account, AccountKind
from domain.access.action import Action
from domain.access.errors import LoginNotUsableError, RolesExcludeError
from domain.access.role import Role
from services.access.accounts import (
    AccountExistsError,
    NewAccount,
    NewGrant,
    disable,
    enable,
    end_right,
    give_right,
    open_account,
    reset_password,
    temporary_password,
)
from services.access.audit import Asked, Outcome, forget_old
from services.access.choices import Scheme
from services.access.credentials import Holder, PasswordPolicy, WrongPasswordError
from services.access.desk import SignInDesk
from services.access.first_start import (
    FirstAdministrator,
    invite_first_administrator,
    open_first_administrator,
)
from services.access.handing_over import Delegation, ToOneselfError, delegate, hand_over
from services.access.invitations import LASTS, InvitationGoneError
from services.access.limits import WaitError
from services.access.password_rules import FIRST_LASTS, WeakPasswordError
from services.access.sessions import ABSOLUTE, IDLE
from services.access.signing_in import (
    FirstPasswordPastError,
    Person,
    SignInRefusedError,
    change_password,
    sign_in,
    sign_out,
    who_by_session,
    who_by_token,
)
from services.access.tokens import Issue, TokenTooLongError
from services.access.visitor import Visitor
from services.database.connect import Database
from services.log.application import Log
from services.log.meta import Meta

REGION = "130730000"
UNIT = ("450", "450001")
START = datetime(2025, 6, 30, 8, tzinfo=UTC)
DAY = date(2025, 6, 30)
META = Meta("admin", None, "test")
GOOD = "Xiang-mu2025"


@dataclass(slots=True)
class Door:
    """The sign-in desk with a clock that is moved by hand."""

    log: Log
    desk: SignInDesk
    database: Database
    now: datetime = START
    passwords: dict[str, str] = field(default_factory=dict)

    def visitor(self, address: str = "10.0.0.7") -> Visitor:
        return Visitor(address, "Firefox", "request-1", self.now)

    def opened(self, login: str) -> UUID:
        asked = NewAccount(REGION, login, f"{login}的姓名")
        opened = open_account(self.log, self.desk, asked, now=self.now, meta=META)
        self.passwords[login] = opened.temporary_password or ""
        return opened.account_id

    def sign_in(self, login: str, password: str | None = None, address: str = "10.0.0.7") -> str:
        given = self.passwords[login] if password is None else password
        return sign_in(self.log, self.desk, REGION, login, given, self.visitor(address)).key

    def who(self, key: str) -> Person | None:
        return who_by_session(self.log, self.desk, key, self.now)

    def known(self, key: str) -> Person:
        person = self.who(key)
        assert person is not None
        return person


@pytest.fixture
def door(database: Database) -> Iterator[Door]:
    log = Log(database.web_url, clock=lambda: START)
    pool: ConnectionPool[Connection[TupleRow]] = ConnectionPool(
        database.web_url, kwargs={"autocommit": True}, min_size=1, max_size=4, open=True
    )
    with pool:
        yield Door(log, SignInDesk.on(pool, PasswordPolicy()), database)
    log.close()


def test_a_new_account_signs_in_with_its_first_password_and_is_asked_for_another(
    door: Door,
) -> None:
    account_id = door.opened("Zhang")
    person = door.known(door.sign_in("ZHANG"[:5], door.passwords["Zhang"]))
    assert (person.account.id, person.must_change) == (account_id, True)
    change_password(
        door.log,
        door.desk,
        person,
        present=door.passwords["Zhang"],
        new=GOOD,
        visitor=door.visitor(),
    )
    assert not door.known(door.sign_in("zhang", GOOD)).must_change
    with pytest.raises(SignInRefusedError):
        door.sign_in("zhang", door.passwords["Zhang"])


def test_a_short_login_name_is_in_no_password_that_is_given_out(door: Door) -> None:
    """Of two letters chance writes every pair now and then."""
    holder = Holder(uuid4(), "k2", "k2")
    is_sound = partial(door.desk.credentials.is_sound, holder)
    assert not any("k2" in temporary_password(is_sound).casefold() for _ in range(300))
    assert not is_sound("Xiang-muK2025")


def test_a_password_that_was_given_out_is_used_within_a_week_or_never(door: Door) -> None:
    door.opened("zhang")
    door.now = START + FIRST_LASTS - timedelta(seconds=1)
    door.sign_in("zhang")
    door.now = START + FIRST_LASTS
    with pytest.raises(FirstPasswordPastError, match="7天"):
        door.sign_in("zhang")
    with pytest.raises(SignInRefusedError):
        door.sign_in("zhang", GOOD)  # who does not know it is told nothing of it
    assert [line.detail for line in door.desk.audit.page(Asked(limit=2))] == [
        "sign_in_refused",
        "first_password_past",
    ]
    zhang = Account.create_id(REGION, "zhang")
    again = reset_password(door.log, door.desk, zhang, now=door.now, meta=META)
    door.now += timedelta(seconds=2)  # two refusals make nobody wait
    door.sign_in("zhang", again)


def test_a_wrong_name_a_wrong_password_and_a_shut_account_are_told_alike(door: Door) -> None:
    account_id = door.opened("zhang")
    door.opened("li")
    disable(door.log, door.desk, account_id, reason="离职", meta=META)
    said = set()
    for login, password in (("nobody", GOOD), ("li", GOOD), ("zhang", door.passwords["zhang"])):
        with pytest.raises(SignInRefusedError) as refused:
            door.sign_in(login, password)
        said.add(str(refused.value))
    assert len(said) == 1


def test_each_sign_in_has_a_key_of_its_own_and_only_its_digest_is_kept(door: Door) -> None:
    door.opened("zhang")
    keys = {door.sign_in("zhang") for _ in range(2)}
    assert len(keys) == 2
    with psycopg.connect(door.database.web_url) as connection:
        rows = connection.execute("SELECT s::text FROM operational.sessions s").fetchall()
    assert len(rows) == 2
    assert not any(key in row[0] for key in keys for row in rows)
    assert door.who("no such key") is None


def test_a_session_ends_when_idle_and_after_half_a_day_in_any_case(door: Door) -> None:
    door.opened("zhang")
    key = door.sign_in("zhang")
    door.now += IDLE - timedelta(seconds=1)
    assert door.who(key) is not None
    door.now += IDLE - timedelta(seconds=1)
    assert door.who(key) is not None, "being seen counts"
    door.now += IDLE
    assert door.who(key) is None
    key = door.sign_in("zhang")
    for _ in range(int(ABSOLUTE / timedelta(minutes=20)) - 1):
        door.now += timedelta(minutes=20)
        assert door.who(key) is not None
    door.now += timedelta(minutes=20)
    assert door.who(key) is None


def test_ones_own_sessions_are_listed_and_ended_and_nobody_elses(door: Door) -> None:
    zhang, li = door.opened("zhang"), door.opened("li")
    first, second = door.sign_in("zhang"), door.sign_in("zhang", address="10.0.0.8")
    theirs = door.known(door.sign_in("li")).session
    listed = door.desk.sessions.of_account(zhang, door.now)
    assert {session.address for session in listed} == {"10.0.0.7", "10.0.0.8"}
    assert theirs is not None
    assert not door.desk.sessions.end(theirs.session_id, zhang)
    assert door.desk.sessions.of_account(li, door.now)
    sign_out(door.desk, door.known(first), door.visitor())
    assert (door.who(first), door.who(second) is None) == (None, False)


def test_shutting_an_account_ends_its_sessions_and_tokens_at_once(door: Door) -> None:
    account_id = door.opened("zhang")
    key = door.sign_in("zhang")
    asked = Issue(account_id, "excel", door.now + timedelta(days=30))
    _, token = door.desk.tokens.issue(asked, now=door.now)
    assert who_by_token(door.log, door.desk, token, door.now) is not None
    disable(door.log, door.desk, account_id, reason="离职", meta=META)
    assert door.who(key) is None
    assert who_by_token(door.log, door.desk, token, door.now) is None
    enable(door.log, account_id, reason="返岗", meta=META)
    assert door.who(key) is None, "it signs in anew"
    assert door.who(door.sign_in("zhang")) is not None


def test_a_right_counts_from_the_next_request_on_and_so_does_its_end(door: Door) -> None:
    account_id = door.opened("zhang")
    key = door.sign_in("zhang")
    assert door.known(key).actor.grants == ()
    grant_id, _ = give_right(
        door.log, account_id, NewGrant(Role.CLERK, UNIT, DAY), reason="任命", meta=META
    )
    assert [grant.role for grant in door.known(key).actor.grants] == [Role.CLERK]
    yesterday = date(2025, 6, 29)
    end_right(door.log, account_id, grant_id, ends_on=yesterday, reason="调岗", meta=META)
    assert door.known(key).actor.grants == ()


def test_the_day_of_a_right_is_shanghais(door: Door) -> None:
    account_id = door.opened("zhang")
    asked = NewGrant(Role.CLERK, UNIT, date(2025, 7, 1))
    give_right(door.log, account_id, asked, reason="任命", meta=META)
    door.now = datetime(2025, 6, 30, 15, 59, tzinfo=UTC)
    assert door.known(door.sign_in("zhang")).actor.grants == ()
    door.now = datetime(2025, 6, 30, 16, 0, tzinfo=UTC)
    assert len(door.known(door.sign_in("zhang")).actor.grants) == 1


def test_the_desk_resets_a_password_and_the_old_sessions_are_over(door: Door) -> None:
    account_id = door.opened("zhang")
    key = door.sign_in("zhang")
    fresh = reset_password(door.log, door.desk, account_id, now=door.now, meta=META)
    assert door.who(key) is None
    with pytest.raises(SignInRefusedError):
        door.sign_in("zhang")
    assert door.known(door.sign_in("zhang", fresh)).must_change


def test_a_new_password_is_none_of_the_last_ones_and_needs_the_present_one(door: Door) -> None:
    door.opened("zhang")
    person = door.known(door.sign_in("zhang"))
    first = door.passwords["zhang"]

    def change(present: str, new: str) -> None:
        change_password(
            door.log, door.desk, person, present=present, new=new, visitor=door.visitor()
        )

    with pytest.raises(WrongPasswordError):
        change("something else", GOOD)
    change(first, GOOD)
    for used in (first, GOOD):
        with pytest.raises(WeakPasswordError, match="最近5次"):
            change(GOOD, used)
    with pytest.raises(WeakPasswordError, match="不足8位"):
        change(GOOD, "Ab1!")


def test_a_password_is_due_after_ninety_days(door: Door) -> None:
    door.opened("zhang")
    person = door.known(door.sign_in("zhang"))
    change_password(
        door.log,
        door.desk,
        person,
        present=door.passwords["zhang"],
        new=GOOD,
        visitor=door.visitor(),
    )
    door.now += timedelta(days=90)
    assert door.known(door.sign_in("zhang", GOOD)).must_change


def test_a_kept_hash_follows_the_scheme_in_force_at_the_next_sign_in(door: Door) -> None:
    door.opened("zhang")
    door.desk.credentials.policy = PasswordPolicy(scheme=Scheme.SM3)
    for _ in range(2):
        door.sign_in("zhang")
        found = door.desk.credentials.find(door.known(door.sign_in("zhang")).account.id)
        assert found is not None
        assert found.hash.startswith("$sm3-pbkdf2$")


def test_failures_make_the_name_wait_also_from_elsewhere_and_a_lock_ends(door: Door) -> None:
    door.opened("zhang")
    for _ in range(5):
        with pytest.raises(SignInRefusedError):
            door.sign_in("zhang", "wrong")
    with pytest.raises(WaitError):
        door.sign_in("zhang", address="10.9.9.9")
    door.now += timedelta(seconds=2)
    assert door.sign_in("zhang")
    for _ in range(20):
        with pytest.raises(SignInRefusedError):
            door.sign_in("zhang", "wrong", address="10.1.1.1")
        door.now += timedelta(seconds=61)
    door.now -= timedelta(seconds=60)
    with pytest.raises(WaitError):
        door.sign_in("zhang", address="10.2.2.2")
    door.now += timedelta(minutes=15)
    assert door.sign_in("zhang", address="10.2.2.2")


def test_an_unknown_name_is_made_to_wait_like_a_known_one(door: Door) -> None:
    for _ in range(5):
        with pytest.raises(SignInRefusedError):
            door.sign_in("nobody", "wrong")
    with pytest.raises(WaitError):
        door.sign_in("nobody", "wrong", address="10.9.9.9")


def test_one_address_that_tries_many_names_is_made_to_wait_and_the_others_are_not(
    door: Door,
) -> None:
    door.opened("zhang")
    refused = 0
    for number in range(40):
        try:
            door.sign_in(f"name{number}", "wrong", address="10.6.6.6")
        except WaitError:
            refused += 1
        except SignInRefusedError:
            pass
    assert refused == 15
    with pytest.raises(WaitError):
        door.sign_in("zhang", address="10.6.6.6")
    assert door.sign_in("zhang", address="10.0.0.7")


def test_of_many_tries_at_the_same_moment_only_the_first_few_are_hashed(door: Door) -> None:
    door.opened("zhang")
    outcomes: list[type[Exception]] = []

    def attempt() -> None:
        try:
            door.sign_in("zhang", "wrong", address=f"10.7.0.{uuid4().int % 250}")
        except (SignInRefusedError, WaitError) as refusal:
            outcomes.append(type(refusal))

    threads = [threading.Thread(target=attempt) for _ in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count(SignInRefusedError) == 5
    assert outcomes.count(WaitError) == 25


def test_successes_do_not_count_against_an_office_behind_one_address(door: Door) -> None:
    door.opened("zhang")
    for _ in range(30):
        door.sign_in("zhang")


def test_a_token_is_good_for_its_scope_and_time_and_until_it_is_revoked(door: Door) -> None:
    asked = NewAccount(REGION, "treasury", "国库系统", AccountKind.PROGRAM)
    opened = open_account(door.log, door.desk, asked, now=door.now, meta=META)
    assert opened.temporary_password is None
    scope = frozenset({Action.RECORD_PAYMENT})
    issue = Issue(opened.account_id, "日终导入", door.now + timedelta(days=30), scope)
    token_id, key = door.desk.tokens.issue(issue, now=door.now)
    person = who_by_token(door.log, door.desk, key, door.now)
    assert person is not None
    assert person.actor.scope == scope
    (listed,) = door.desk.tokens.of_account(opened.account_id)
    assert listed.last_used_at == door.now
    assert listed.allows(Action.RECORD_PAYMENT)
    assert not listed.allows(Action.READ_TARGET)
    late = door.now + timedelta(days=30)
    assert who_by_token(door.log, door.desk, key, late) is None
    assert not door.desk.tokens.revoke(token_id, uuid4(), now=door.now)
    assert door.desk.tokens.revoke(token_id, opened.account_id, now=door.now)
    assert who_by_token(door.log, door.desk, key, door.now) is None


@pytest.mark.parametrize("days", [0, -1, 367])
def test_a_token_without_a_sensible_end_is_refused(door: Door, days: int) -> None:
    asked = Issue(uuid4(), "x", door.now + timedelta(days=days))
    with pytest.raises(TokenTooLongError):
        door.desk.tokens.issue(asked, now=door.now)


def test_a_login_is_opened_once(door: Door) -> None:
    door.opened("zhang")
    with pytest.raises(AccountExistsError, match="zhang"):
        door.opened("ＺＨＡＮＧ")


def test_who_stands_in_has_the_rights_while_it_lasts_and_does_not_lend_them_on(door: Door) -> None:
    absent, stand_in, third = (door.opened(login) for login in ("head", "deputy", "third"))
    give_right(door.log, absent, NewGrant(Role.HEAD, UNIT, DAY), reason="任命", meta=META)
    asked = Delegation(absent, stand_in, DAY, date(2025, 7, 5), "出差")
    delegate(door.log, asked, meta=META)
    (lent,) = door.known(door.sign_in("deputy")).actor.grants
    assert (lent.role, lent.lent_by, lent.ends_on) == (Role.HEAD, absent, date(2025, 7, 5))
    delegate(door.log, Delegation(stand_in, third, DAY, date(2025, 7, 5), "也出差"), meta=META)
    assert door.known(door.sign_in("third")).actor.grants == ()
    door.now += timedelta(days=6)
    assert door.known(door.sign_in("deputy")).actor.grants == ()
    with pytest.raises(ToOneselfError):
        delegate(door.log, Delegation(absent, absent, DAY, DAY, "出差"), meta=META)


def test_what_is_handed_over_is_the_takers_in_one_act(door: Door) -> None:
    giver, taker = door.opened("old"), door.opened("new")
    for role in (Role.CLERK, Role.HEAD):
        give_right(door.log, giver, NewGrant(role, UNIT, DAY), reason="任命", meta=META)
    old, new = door.sign_in("old"), door.sign_in("new")
    before = door.log.head()
    done = hand_over(door.log, giver, taker, on=DAY, reason="调岗", meta=META)
    assert done.position == door.log.head() == before + 3
    assert {grant.role for grant in done.grants} == {Role.CLERK, Role.HEAD}
    assert door.known(old).actor.grants == ()
    assert {grant.role for grant in door.known(new).actor.grants} == {Role.CLERK, Role.HEAD}


def test_a_handover_that_the_taker_cannot_hold_changes_nothing(door: Door) -> None:
    giver, taker = door.opened("admin2"), door.opened("auditor")
    asked = NewGrant(Role.FINANCE_ADMINISTRATOR, (), DAY)
    give_right(door.log, giver, asked, reason="任命", meta=META)
    give_right(door.log, taker, NewGrant(Role.AUDITOR, (), DAY), reason="任命", meta=META)
    head = door.log.head()
    with pytest.raises(RolesExcludeError):
        hand_over(door.log, giver, taker, on=DAY, reason="调岗", meta=META)
    assert door.log.head() == head


def test_the_first_administrator_comes_by_a_link_for_one_use(door: Door) -> None:
    withdrawn = invite_first_administrator(door.desk, now=door.now)
    key = invite_first_administrator(door.desk, now=door.now)

    def come(key: str, login: str = "admin", password: str = GOOD) -> UUID:
        asked = FirstAdministrator(REGION, login, "管理员甲", password)
        return open_first_administrator(door.log, door.desk, key, asked, now=door.now, meta=META)

    with pytest.raises(InvitationGoneError):
        come(withdrawn)
    with pytest.raises(WeakPasswordError):
        come(key, password="admin")
    with pytest.raises(LoginNotUsableError):
        come(key, login="<b>")
    first = come(key)
    with pytest.raises(InvitationGoneError):
        come(key, login="second")
    admin = door.known(door.sign_in("admin", GOOD))
    (grant,) = admin.actor.grants
    assert admin.account.id == first
    assert grant.role is Role.FINANCE_ADMINISTRATOR
    late = invite_first_administrator(door.desk, now=door.now)
    door.now += LASTS
    assert door.desk.invitations.find(late, now=door.now) is None


def test_every_sign_in_stands_in_the_audit_and_no_password_does(door: Door) -> None:
    door.opened("zhang")
    with pytest.raises(SignInRefusedError):
        door.sign_in("Geheim-Wort1", "Geheim-Wort2")
    door.sign_in("zhang")
    done, refused = door.desk.audit.page(Asked())
    assert (done.actor, done.what, done.outcome) == ("zhang", "sign_in", Outcome.DONE)
    assert (refused.outcome, refused.detail) == (Outcome.REFUSED, "sign_in_refused")
    assert (refused.address, refused.request_id, refused.at) == ("10.0.0.7", "request-1", START)
    assert "heim" not in f"{done}{refused}"
    assert door.desk.audit.page(Asked(actor="zhang", before=done.number)) == []


def test_the_audit_only_grows_and_is_forgotten_by_age_alone(door: Door) -> None:
    door.opened("zhang")
    door.sign_in("zhang")
    for statement in ("UPDATE log.audit SET actor = 'x'", "DELETE FROM log.audit"):
        with (
            psycopg.connect(door.database.web_url) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(statement)
    assert forget_old(door.database.worker_url, START + timedelta(days=189)) == 0
    assert forget_old(door.database.worker_url, START + timedelta(days=191)) == 1
