"""Rows are shown by the unit's code, else by its name; the two never meet."""

from __future__ import annotations

from domain.access.unit_key import unit_key


def test_a_code_goes_before_a_name_and_a_name_is_folded() -> None:
    assert unit_key("450001", "医保局") == "c:450001"
    assert unit_key(None, "医保（中心）") == unit_key("", "医保 (中心)") == "n:医保(中心)"
    assert unit_key("n", None) != unit_key(None, "n")
    assert unit_key(None, None) == unit_key("", "") == "?"
