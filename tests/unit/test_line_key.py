"""A line is known again in the next file (rules §1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from domain.line_key import (
    distinct,
    is_derived,
    is_marked_payee,
    keyed,
    marked_payee,
    numbered,
    payee_mark,
    still_missing,
)
from domain.payment import PaymentLine

DAY = date(2025, 3, 1)


def line(amount: str = "100", *, key: str = "", **said: str) -> PaymentLine:
    return PaymentLine(key, Decimal(amount), DAY, **said)  # type: ignore[arg-type]


def keys(*lines: PaymentLine, payees: tuple[str | None, ...] = ()) -> list[str]:
    return [keyed_line.line_key for keyed_line in keyed(lines, payees)]


def test_the_exports_own_number_is_the_key() -> None:
    assert keys(line(key="3"), line(key="4")) == ["3", "4"]
    assert [numbered(printed) for printed in ("007", " 7 ", "000", "A|1")] == ["7", "7", "0", "A/1"]


def test_a_line_without_a_number_is_named_by_what_distinguishes_it() -> None:
    (alone,) = keys(line(project_code="X1", fund_nature="一般公共预算", economic_class="50299"))
    assert alone == "X1|一般公共预算|50299||+1"
    assert is_derived(alone)
    assert not is_derived("3")


def test_the_document_stands_in_for_a_missing_project_code() -> None:
    assert keys(line(document_no="财预1号")) == ["财预1号||||+1"]


def test_lines_alike_are_counted_and_a_reversal_is_not_alike() -> None:
    assert keys(line("100"), line("100"), line("-100")) == ["||||+1", "||||+2", "||||-1"]


def test_only_lines_without_a_number_are_counted() -> None:
    assert keys(line(key="9"), line("100")) == ["9", "||||+1"]


def test_what_stands_in_place_of_an_account_gives_the_key_of_the_account() -> None:
    account = "6222021234567890"
    marked = marked_payee(account)
    assert is_marked_payee(marked)
    assert not any(map(is_marked_payee, (account, "", None)))
    assert account not in marked
    assert marked_payee(marked) == marked
    assert keys(line(), payees=(marked,)) == keys(line(), payees=(account,))


def test_payees_tell_lines_apart_and_are_not_in_the_key() -> None:
    one, other = keys(line(), line(), payees=("6222021234567890", None))
    assert one == f"|||{payee_mark('6222021234567890')}|+1"
    assert "6222" not in one
    assert other == "||||+1"


LINES = st.builds(
    line,
    st.sampled_from(["1", "2", "-1", "3.50"]),
    project_code=st.sampled_from(["X1", "X2"]),
    fund_nature=st.sampled_from(["一般", "基金"]),
)


@given(st.lists(LINES, max_size=8), st.randoms())
def test_the_order_of_rows_never_changes_what_a_voucher_says(
    lines: list[PaymentLine], order: Random
) -> None:
    shuffled = order.sample(lines, len(lines))
    assert sorted(keyed(lines), key=repr) == sorted(keyed(shuffled), key=repr)
    assert len({one.line_key for one in keyed(lines)}) == len(lines)


@given(st.lists(LINES, min_size=1, max_size=8))
def test_a_voucher_exported_with_or_without_line_numbers_is_the_same(
    lines: list[PaymentLine],
) -> None:
    derived = keyed(lines)
    own = tuple(replace(one, line_key=str(n)) for n, one in enumerate(lines, start=1))
    for known, given_ in ((derived, own), (own, derived)):
        on_record = {one.line_key: one for one in known}
        assert still_missing(on_record, given_, given_) == ()


def test_a_project_code_filled_in_later_makes_no_new_line() -> None:
    (known,), (given_,) = keyed([line()]), keyed([line(project_code="X1")])
    assert still_missing({known.line_key: known}, [given_], [given_]) == ()


def test_lines_of_two_projects_are_two_lines() -> None:
    (known,), (given_,) = keyed([line(project_code="X1")]), keyed([line(project_code="X2")])
    assert still_missing({known.line_key: known}, [given_], [given_]) == (given_,)


def test_two_numbers_of_one_export_are_two_lines_however_alike() -> None:
    known, given_ = line(key="1"), line(key="2")
    assert still_missing({"1": known}, [given_], [given_]) == (given_,)


def test_one_known_line_stands_for_one_line_only() -> None:
    known = line(key="1")
    given_ = keyed([line(), line()])
    assert still_missing({"1": known}, given_, given_) == (given_[1],)


def test_a_file_that_says_a_line_twice_says_it_once() -> None:
    first, again, other = line(key="1"), line(key="1"), line("7", key="1")
    assert distinct([first, again, other]) == ((first,), [again], [(first, other)])
