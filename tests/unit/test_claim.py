"""Parts of a line: to the cent, of its own sign, and what a correction leaves of them."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.claim import (
    Basis,
    Share,
    SplitDoesNotAddUpError,
    UnsoundPartError,
    require_parts,
    still_fits,
    total_of,
)

ONE, OTHER = UUID(int=1), UUID(int=2)


def parts(*amounts: str) -> tuple[Share, ...]:
    return tuple(Share(ONE, Decimal(amount)) for amount in amounts)


@pytest.mark.parametrize(
    ("amounts", "line"),
    [
        (("100",), "100"),
        (("0",), "0"),
        (("60.01", "39.99"), "100.00"),
        (("-60", "-40"), "-100"),
        (("0.01", "0.01", "0.01"), "0.03"),
    ],
)
def test_parts_of_the_lines_sign_that_add_up_make_it_up(
    amounts: tuple[str, ...], line: str
) -> None:
    require_parts(parts(*amounts), Decimal(line))


@pytest.mark.parametrize(
    ("amounts", "line", "total"),
    [(("60", "39.99"), "100", "99.99"), (("100",), "-100", "100"), ((), "0", "0"), ((), "5", "0")],
)
def test_parts_that_do_not_add_up_are_refused(
    amounts: tuple[str, ...], line: str, total: str
) -> None:
    with pytest.raises(SplitDoesNotAddUpError, match="请核对各部分金额") as refused:
        require_parts(parts(*amounts), Decimal(line))
    assert (refused.value.amount, refused.value.given) == (Decimal(line), Decimal(total))


@pytest.mark.parametrize(
    ("amounts", "line", "problem"),
    [
        (("150", "-50"), "100", "正负须与该行相同"),
        (("100", "0"), "100", "不能为零"),
        (("0", "0"), "0", "不能为零"),
        (("33.333", "66.667"), "100", "最多两位小数"),
    ],
)
def test_a_part_that_cannot_be_one_is_refused_even_where_the_sum_is_right(
    amounts: tuple[str, ...], line: str, problem: str
) -> None:
    with pytest.raises(UnsoundPartError, match=problem):
        require_parts(parts(*amounts), Decimal(line))


def test_a_part_is_of_a_target_or_unclaimed_and_not_both() -> None:
    require_parts((Share(ONE, Decimal(6)), Share(None, Decimal(4), unclaimed=True)), Decimal(10))
    both = Share(ONE, Decimal(10), unclaimed=True)
    with pytest.raises(UnsoundPartError, match="不能既归项目又未认领") as refused:
        require_parts((both,), Decimal(10))
    assert refused.value.share == both


def test_a_whole_line_follows_its_correction_and_a_split_one_only_where_it_still_adds_up() -> None:
    assert still_fits(parts("100"), Decimal(90))
    assert still_fits(parts("60", "40"), Decimal(100))
    assert not still_fits(parts("60", "40"), Decimal(90))


@given(st.lists(st.decimals("0.01", "99999.99", places=2), min_size=1, max_size=8), st.booleans())
def test_whatever_cents_a_line_is_cut_into_they_make_it_up(
    amounts: list[Decimal], reversal: bool
) -> None:
    sign = -1 if reversal else 1
    shares = tuple(Share(OTHER, sign * amount) for amount in amounts)
    line = sign * sum(amounts, Decimal(0))
    require_parts(shares, line)
    assert still_fits(shares, line)
    assert total_of(shares) == line
    with pytest.raises(SplitDoesNotAddUpError):
        require_parts(shares, line + sign * Decimal("0.01"))


def test_the_words_for_by_what_a_line_was_found_are_never_renamed() -> None:
    words = "project_code former_code document_no mapping rule hand reopened"
    assert list(Basis) == words.split()
