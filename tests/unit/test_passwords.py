"""Passwords: what they must be, how they are kept, how often they may be tried."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from services.access import hashing
from services.access.accounts import temporary_password
from services.access.choices import PasswordRules, Scheme
from services.access.hashing import TooManySignInsError, hash_password, is_outdated, verify
from services.access.limits import FREE, LOCK, LOCKED_AT, Failures, WaitError
from services.access.password_rules import WeakPasswordError, is_due, require_sound

NOW = datetime(2025, 6, 30, 8, tzinfo=UTC)
CLASSIFIED, ASVS = PasswordRules.CLASSIFIED, PasswordRules.ASVS


@pytest.mark.parametrize("scheme", Scheme)
def test_a_kept_password_is_known_again_and_no_other_is(scheme: Scheme) -> None:
    kept = hash_password("Xiang-mu2025", scheme)
    assert "Xiang" not in kept
    assert verify("Xiang-mu2025", kept)
    assert verify("Ｘiang-mu2025", kept), "the same signs from a full-width keyboard"
    assert not verify("xiang-mu2025", kept)
    assert not verify("Xiang-mu2025", None)
    assert not is_outdated(kept, scheme)


def test_a_hash_of_the_other_scheme_is_made_anew() -> None:
    argon, sm3 = (hash_password("Xiang-mu2025", scheme) for scheme in Scheme)
    assert is_outdated(argon, Scheme.SM3)
    assert is_outdated(sm3, Scheme.ARGON2ID)


def test_a_kept_text_that_is_no_hash_fits_nothing() -> None:
    assert not verify("Xiang-mu2025", "Xiang-mu2025")


def test_no_more_than_two_are_hashed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashing, "PATIENCE_S", 0.01)
    turns = [hashing._turns.acquire(blocking=False) for _ in range(hashing.AT_ONCE)]  # noqa: SLF001
    try:
        assert all(turns)
        with pytest.raises(TooManySignInsError):
            verify("Xiang-mu2025", None)
    finally:
        for _ in turns:
            hashing._turns.release()  # noqa: SLF001


@pytest.mark.parametrize(
    ("password", "rules", "fault"),
    [
        ("Ab1!xyz", CLASSIFIED, "不足8位"),
        ("abcdefgh1", CLASSIFIED, "至少三类"),
        ("Zhang#2025x", CLASSIFIED, "登录名或姓名"),
        ("张三Ab#2025x", CLASSIFIED, "登录名或姓名"),
        ("Password1", CLASSIFIED, "常见密码"),
        ("Jixiao#2025", CLASSIFIED, "本系统的常用词"),
        ("1Yusuan@xian", CLASSIFIED, "本系统的常用词"),
        ("caizhengju-shushu", ASVS, "本系统的常用词"),
        ("Yanshi-2025", CLASSIFIED, "常见密码"),  # the sample year's, told to everybody
        ("A1!" * 50, CLASSIFIED, "超过128位"),
        ("aaaaaaaaaaaa", ASVS, "连续或重复"),
        ("abcdefghijklm", ASVS, "连续或重复"),
        ("mlkjihgfedcba", ASVS, "连续或重复"),
        ("shortish", ASVS, "不足12位"),
    ],
)
def test_a_weak_password_is_refused_with_every_rule_it_breaks(
    password: str, rules: PasswordRules, fault: str
) -> None:
    with pytest.raises(WeakPasswordError, match=fault):
        require_sound(password, rules, login="zhang", name="张三")


@pytest.mark.parametrize(
    ("password", "rules"),
    [
        ("Xiang-mu2025", CLASSIFIED),
        ("预算Ab#执行率九成", CLASSIFIED),
        ("correct horse battery", ASVS),
        ("Ein-langer-Satz-9-" * 7, CLASSIFIED),
        ("no kinds of signs are asked of a long one", ASVS),
    ],
)
def test_a_sound_password_is_taken(password: str, rules: PasswordRules) -> None:
    require_sound(password, rules, login="zhang", name="张三")


def test_a_temporary_password_is_long_of_all_kinds_and_never_the_same() -> None:
    made = {temporary_password() for _ in range(50)}
    assert len(made) == 50
    for password in made:
        assert len(password) == 14
        assert not set(password) & set("IlO0o1"), "nobody takes one sign for another"
        for is_of_kind in (str.isupper, str.islower, str.isdigit, lambda sign: not sign.isalnum()):
            assert any(map(is_of_kind, password)), password


def test_a_temporary_password_is_made_anew_until_it_is_sound() -> None:
    asked: list[str] = []

    def is_third(password: str) -> bool:
        asked.append(password)
        return len(asked) == 3

    assert temporary_password(is_third) == asked[2]
    assert len(set(asked)) == 3


def test_age_makes_a_password_due_by_the_classified_rules_alone() -> None:
    changed = NOW - timedelta(days=90)
    assert is_due(changed, CLASSIFIED, NOW)
    assert not is_due(changed + timedelta(seconds=1), CLASSIFIED, NOW)
    assert not is_due(changed, ASVS, NOW)


def wait(count: int, after: timedelta = timedelta(), factor: int = 1) -> int:
    try:
        Failures(count, NOW).require_open(NOW + after, factor)
    except WaitError as refusal:
        return refusal.seconds
    return 0


def test_the_wait_grows_from_the_fifth_failure_and_locks_at_twenty_for_a_quarter_hour() -> None:
    assert [wait(count) for count in (0, 4)] == [0, 0]
    waits = [wait(count) for count in range(FREE + 1, LOCKED_AT)]
    assert waits[0] == 2
    assert waits == sorted(waits)
    assert waits[-1] == 61
    assert wait(LOCKED_AT) == 901
    assert wait(LOCKED_AT, LOCK) == 0, "no lock is for ever"


def test_an_address_may_fail_five_times_as_often_as_a_name() -> None:
    assert wait(24, factor=5) == 0
    assert wait(25, factor=5) > 0
    assert wait(100, factor=5) == 901


def test_a_wait_is_said_in_words() -> None:
    with pytest.raises(WaitError, match="15分钟后再试") as refused:
        Failures(LOCKED_AT, NOW).require_open(NOW + timedelta(seconds=2))
    assert refused.value.seconds > 120
    with pytest.raises(WaitError, match="2秒后再试"):
        Failures(FREE + 1, NOW).require_open(NOW)
