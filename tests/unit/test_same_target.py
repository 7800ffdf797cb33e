"""A value of a file sets the same target as the record's, or another one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.indicator import Comparator
from domain.same_target import sets_the_same
from domain.target_value import read_value

KNOWN = read_value("≥10万人次")


@pytest.mark.parametrize("printed", ["≥10万人次", " ≥ 10 万人次", "≥１０万人次", "10万人次", "10"])
def test_what_a_file_leaves_out_contradicts_nothing(printed: str) -> None:
    assert sets_the_same(read_value(printed), KNOWN)


@pytest.mark.parametrize("printed", ["≤10万人次", "≥11万人次", "≥10%", "待定", ""])
def test_another_sign_number_or_unit_is_another_target(printed: str) -> None:
    assert not sets_the_same(read_value(printed), KNOWN)


def test_a_sign_in_a_column_of_its_own_counts_as_one_in_the_text() -> None:
    bare = read_value("10", unit="万人次")
    assert sets_the_same(replace(bare, comparator=Comparator.AT_LEAST), KNOWN)
    assert not sets_the_same(replace(bare, comparator=Comparator.AT_MOST), KNOWN)
    assert not sets_the_same(
        replace(bare, comparator=Comparator.AT_MOST), replace(bare, comparator=Comparator.AT_LEAST)
    )


def test_the_same_text_is_the_same_target_where_a_person_settled_its_sign() -> None:
    settled = replace(KNOWN, comparator=Comparator.AT_MOST)
    assert sets_the_same(read_value(KNOWN.text), settled)


def test_words_are_compared_whatever_their_width_brackets_and_case() -> None:
    assert sets_the_same(read_value("优良（A级）"), read_value("优良(a级)"))
    assert not sets_the_same(read_value("优良"), read_value("合格"))
