"""Hundreds of pages need few links."""

from __future__ import annotations

import pytest

from dashboard.address import Address
from dashboard.components.pager import page_numbers, pager


@pytest.mark.parametrize(
    ("page", "pages", "shown"),
    [
        (1, 1, [1]),
        (1, 4, [1, 2, 3, 4]),
        (1, 5, [1, 2, 3, None, 5]),
        (1, 3, [1, 2, 3]),
        (1, 400, [1, 2, 3, None, 400]),
        (4, 400, [1, 2, 3, 4, 5, 6, None, 400]),
        (200, 400, [1, None, 198, 199, 200, 201, 202, None, 400]),
        (400, 400, [1, None, 398, 399, 400]),
    ],
)
def test_the_first_the_last_and_those_near_are_linked(
    page: int, pages: int, shown: list[int | None]
) -> None:
    assert list(page_numbers(page, pages)) == shown


def test_one_page_has_no_pager_and_the_ends_lead_one_way() -> None:
    assert pager(Address(), 1, 1) is None
    first, last = pager(Address(), 1, 9), pager(Address(), 9, 9)
    assert "下一页" in str(first)
    assert "上一页" not in str(first)
    assert "上一页" in str(last)
    assert "下一页" not in str(last)
