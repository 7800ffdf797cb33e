"""The address is the state: what it says is shown, what it cannot mean is left out."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.address import (
    CLAIMED_VIEW,
    LIGHTS,
    LINE_ORDERS,
    RULES_VIEW,
    SORTS,
    UNCLAIMED,
    Address,
)

TARGET_ID = UUID("166057f6-9178-5d96-8385-c415cfe17e68")

addresses = st.builds(
    Address,
    year=st.none() | st.integers(2000, 2100),
    as_of=st.none() | st.dates(date(2000, 1, 1), date(2100, 12, 31)),
    known_at=st.none() | st.dates(date(2000, 1, 1), date(2100, 12, 31)) | st.integers(0, 10**14),
    unit=st.none() | st.text(min_size=1).filter(lambda t: "\x00" not in t and t.isprintable()),
    light=st.none() | st.sampled_from(LIGHTS),
    sort=st.none() | st.sampled_from(SORTS[1:]),
    rows=st.integers(0, 99),
    view=st.none() | st.sampled_from([CLAIMED_VIEW, RULES_VIEW]),
    order=st.none() | st.sampled_from(LINE_ORDERS),
    month=st.none()
    | st.dates(date(2000, 1, 1), date(2100, 12, 31)).map(lambda day: day.replace(day=1)),
    least=st.none() | st.decimals(0, 10**12, places=2),
    most=st.none() | st.decimals(0, 10**12, places=2),
    words=st.none()
    | st.text(min_size=1, max_size=90).filter(lambda t: t.strip() == t and t.isprintable()),
)


@given(addresses)
def test_a_link_opens_the_same_picture(address: Address) -> None:
    assert Address.read(address.path, address.search) == address


def test_no_state_is_a_short_address() -> None:
    assert Address().href == "/"


@pytest.mark.parametrize(
    "search",
    [
        "?as_of=30.6.2025",
        "?as_of=0002-06-30",
        "?year=twenty",
        "?year=99999999",
        "?known_at=soon",
        "?light=purple",
        "?sort=random",
        "?rows=-1",
        "?year=²⁰²⁵",
        "?view=all",
        "?order=random",
        "?month=2025-13",
        "?month=2025-06-01",
        "?least=-5",
        "?most=1e5",
        "?words=%00",
        "?words=%20",
        None,
    ],
)
def test_what_cannot_be_understood_is_left_out(search: str | None) -> None:
    assert Address.read("/", search) == Address()


def test_known_at_is_a_day_or_a_position() -> None:
    assert Address.read("/", "?known_at=2025-07-05").known_at == date(2025, 7, 5)
    assert Address.read("/", "?known_at=48213").known_at == 48213


def test_a_target_is_found_by_its_path() -> None:
    assert Address.read(f"/targets/{TARGET_ID}", "").target_id == TARGET_ID


@pytest.mark.parametrize("path", ["/", "/targets/", "/targets/123", "/settings"])
def test_other_paths_name_no_target(path: str) -> None:
    assert Address.read(path, "").target_id is None


def test_a_target_remembers_the_list_it_was_opened_from() -> None:
    listed = Address(year=2025, unit="101001", light="red", rows=3)
    assert listed.to_target(TARGET_ID).to_overview() == listed


def test_a_narrowed_list_starts_on_its_first_page() -> None:
    assert Address(rows=3).with_(light="red") == Address(light="red", rows=1)


def test_what_narrows_voucher_lines_is_left_behind_with_their_page() -> None:
    lines = Address(UNCLAIMED, year=2025, view=CLAIMED_VIEW, words="工资", month=date(2025, 6, 1))
    assert lines.to_overview() == Address(year=2025)
    assert lines.to_target(TARGET_ID).search == "?year=2025"
    assert Address(year=2025, light="red").to_unclaimed("101001") == Address(
        UNCLAIMED, year=2025, unit="101001"
    )
