"""What a password must be: the classified-protection rules, or ASVS; they contradict each other.

GB/T 22239-2019 (身份鉴别) wants composition and periodic change; OWASP ASVS 5.0 §6.2 forbids
both and wants length and a list of known passwords. Policy chooses; the default is the former.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache

from zxcvbn.frequency_lists import FREQUENCY_LISTS

from domain.errors import MonitoringError
from services.access.choices import PasswordRules
from services.access.samples import SAMPLE_PASSWORD

LONGEST = 128
_KINDS = 3
_COMMON = 3_000
_WALKS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "01234567890", "abcdefghijklmnopqrstuvwxyz")


WORDS_OF_HERE = frozenset({"jixiao", "yusuan", "caizheng", "zhibiao", "guanli", "mima"})
"""What somebody would try at this service first (ASVS 5.0 §6.1.2)."""

SHORTEST = {PasswordRules.CLASSIFIED: 8, PasswordRules.ASVS: 12}
FIRST_LASTS = timedelta(days=7)
"""So long a password that the desk gave out can be used, until its owner chooses one."""

CHANGED_AFTER = {PasswordRules.CLASSIFIED: timedelta(days=90), PasswordRules.ASVS: None}
REMEMBERED = {PasswordRules.CLASSIFIED: 5, PasswordRules.ASVS: 0}


class WeakPasswordError(MonitoringError):
    """A new password does not follow the rules; the sentence names each one it breaks."""

    code = "weak_password"

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__(f"新密码不符合要求：{'；'.join(faults)}。请另设一个。")
        self.faults = tuple(faults)


def require_sound(password: str, rules: PasswordRules, *, login: str, name: str) -> None:
    """Check a new password; that it is none of the last ones is asked where they are kept.

    Raises:
        WeakPasswordError: it breaks a rule.
    """
    folded = unicodedata.normalize("NFKC", password)
    if found := [*_faults(folded, rules), *_personal(folded, login, name)]:
        raise WeakPasswordError(found)


def is_due(changed_at: datetime, rules: PasswordRules, now: datetime) -> bool:
    """Whether a password has to be changed for its age."""
    age = CHANGED_AFTER[rules]
    return age is not None and now - changed_at >= age


def is_common(password: str) -> bool:
    """Whether it is among those that are tried first, or the one that the sample year tells."""
    said = password.casefold()
    return said in _common() or said == SAMPLE_PASSWORD.casefold()


def is_walk(password: str) -> bool:
    """Whether it is all one sign, or a walk along the keyboard or the alphabet, either way."""
    said = password.casefold()
    if len(set(said)) <= 2:
        return True
    return any(said in walk or said in walk[::-1] for walk in _WALKS)


def _faults(password: str, rules: PasswordRules) -> list[str]:
    found = []
    if len(password) < SHORTEST[rules]:
        found.append(f"不足{SHORTEST[rules]}位")
    if len(password) > LONGEST:
        found.append(f"超过{LONGEST}位")
    if rules is PasswordRules.CLASSIFIED and _kinds(password) < _KINDS:
        found.append("须含大写字母、小写字母、数字、其他符号中的至少三类")
    if is_common(password):
        found.append("是常见密码，极易被猜中")
    if any(word in password.casefold() for word in WORDS_OF_HERE):
        found.append("含有本系统的常用词")
    if is_walk(password):
        found.append("是连续或重复的字符")
    return found


def _personal(password: str, login: str, name: str) -> list[str]:
    """Whether it holds the login name or the person's."""
    said = password.casefold()
    own = [word for word in (login.casefold(), name.casefold()) if len(word) >= 2]
    return ["含有登录名或姓名"] if any(word in said for word in own) else []


def _kinds(password: str) -> int:
    tests = (str.isupper, str.islower, str.isdigit, lambda sign: not sign.isalnum())
    return sum(any(map(test, password)) for test in tests)


@cache
def _common() -> frozenset[str]:
    return frozenset(FREQUENCY_LISTS["passwords"][:_COMMON])
