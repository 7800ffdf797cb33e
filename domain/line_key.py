"""By what a line of a voucher is known again in the next file (rules §1).

By the export's own line number; else by project or document number, fund nature, economic
class, payee and sign, and its ordinal among lines alike. Lines alike are counted by date and
amount, so that an export sorted otherwise names them the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b
from itertools import zip_longest

from domain.payment import PaymentLine

_MARKED = "※"
"""Before what stands in place of an account; no account has it."""

_APART = "|"
"""Stands in every derived key and in no line number."""


def numbered(printed: str) -> str:
    """The key of a line that the export numbers itself: ``007`` and ``7`` are one."""
    number = printed.strip().replace(_APART, "/")
    return number.lstrip("0") or "0" if number.isdigit() else number


def is_derived(line_key: str) -> bool:
    """Whether a key was derived, and is not the export's own number."""
    return _APART in line_key


def payee_mark(account: str | None) -> str:
    """Tell payees of one voucher apart without keeping who they are: 24 bits of a digest.

    An account that was put away as ``marked_payee`` already has the mark of the account itself.
    """
    if not account:
        return ""
    if is_marked_payee(account):
        return account.removeprefix(_MARKED)
    return blake2b(account.encode(), digest_size=3).hexdigest()


def marked_payee(account: str | None) -> str:
    """What may be kept in place of an account that only tells lines apart."""
    return f"{_MARKED}{payee_mark(account)}"


def is_marked_payee(text: str | None) -> bool:
    """Whether a text stands in place of an account."""
    return bool(text and text.startswith(_MARKED))


def keyed(
    lines: Sequence[PaymentLine], payees: Sequence[str | None] = ()
) -> tuple[PaymentLine, ...]:
    """Give a key to those lines of one voucher that came with a blank one.

    ``payees``: the account each line was paid to, where it is known; lines keep no account of
    a person, so that it is handed in beside them.
    """
    if len(lines) == 1 and lines[0].line_key:
        return (lines[0],)
    stems = [
        "" if line.line_key else _stem(line, payee)
        for line, payee in zip_longest(lines, payees[: len(lines)])
    ]
    if len(lines) == 1:
        return (replace(lines[0], line_key=f"{stems[0]}1"),)
    in_order = sorted(range(len(lines)), key=lambda i: (lines[i].paid_on, lines[i].amount))
    seen: Counter[str] = Counter()
    keys = [line.line_key for line in lines]
    for index in in_order:
        if not keys[index]:
            seen[stems[index]] += 1
            keys[index] = f"{stems[index]}{seen[stems[index]]}"
    return tuple(
        line if line.line_key else replace(line, line_key=key)
        for line, key in zip(lines, keys, strict=True)
    )


def _stem(line: PaymentLine, payee: str | None) -> str:
    project = line.project_code or line.document_no or ""
    mark = payee_mark(payee or line.payee_account)
    sign = "-" if line.amount < 0 else "+"
    parts = (project, line.fund_nature or "", line.economic_class or "", mark, sign)
    return _APART.join(parts)


def still_missing(
    known: Mapping[str, PaymentLine],
    given: Iterable[PaymentLine],
    fresh: Collection[PaymentLine],
) -> tuple[PaymentLine, ...]:
    """Leave out of the fresh lines those that are on record under another key.

    An export with one column more or less (line number, project code) derives other keys from
    the same lines. A fresh line is on record when a known one that this file does not name
    says the same fact, contradicts it in nothing, and not both carry the export's own number.
    """
    named = {line.line_key for line in given}
    unnamed = [line for key, line in known.items() if key not in named]
    missing = []
    for line in fresh:
        twin = next((other for other in unnamed if _same_line(line, other)), None)
        if twin is None:
            missing.append(line)
        else:
            unnamed.remove(twin)
    return tuple(missing)


def _same_line(one: PaymentLine, other: PaymentLine) -> bool:
    if not (is_derived(one.line_key) or is_derived(other.line_key)):
        return False
    return one.same_fact(other) and all(
        mine is None or theirs is None or mine == theirs
        for mine, theirs in (
            (one.project_code, other.project_code),
            (one.document_no, other.document_no),
            (one.fund_nature, other.fund_nature),
            (one.economic_class, other.economic_class),
        )
    )


def distinct(
    lines: Iterable[PaymentLine],
) -> tuple[tuple[PaymentLine, ...], list[PaymentLine], list[tuple[PaymentLine, PaymentLine]]]:
    """Sort the lines one file has for a voucher: first of each key, repeated, contradicting.

    A contradiction is (first, later): the first stays, as if the later had come in a file of
    its own (rules §2).
    """
    first: dict[str, PaymentLine] = {}
    repeated: list[PaymentLine] = []
    contradicting: list[tuple[PaymentLine, PaymentLine]] = []
    for line in lines:
        known = first.setdefault(line.line_key, line)
        if known is line:
            continue
        if known.same_fact(line):
            repeated.append(line)
        else:
            contradicting.append((known, line))
    return tuple(first.values()), repeated, contradicting
