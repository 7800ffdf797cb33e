"""Ids derived from business keys, once and for ever (rules §1)."""

from __future__ import annotations

import re
import unicodedata
from uuid import NAMESPACE_URL, UUID, uuid5

_BRACKETS = str.maketrans("【〔［〖「{", "[[[[[[") | str.maketrans("】〕］〗」}", "]]]]]]")
_LEADING_CODE = re.compile(r"^\[[0-9a-z]+\]")


def folded(text: str) -> str:
    """Fold a printed text to compare it: NFKC, no white space, one kind of bracket, no case."""
    one_form = unicodedata.normalize("NFKC", text).translate(_BRACKETS).casefold()
    return re.sub(r"\s+", "", one_form)


def normalised_name(name: str) -> str:
    """Fold a printed name to its key: as any text, and without a leading bracketed code.

    Golden-tested and never changed: ids derive from it.
    """
    return _LEADING_CODE.sub("", folded(name))


def derived_id(kind: str, *parts: object) -> UUID:
    """Derive the id of a thing from its business key."""
    return uuid5(NAMESPACE_URL, "/".join(["jixiao:", kind, *map(str, parts)]))


def target_id(region: str, year: int, project_code: str | None, unit: str, name: str) -> UUID:
    """Id of a target: by project code, else by implementing unit and normalised name."""
    if project_code:
        return derived_id("target", region, year, "code", project_code)
    return derived_id("target", region, year, "name", normalised_name(unit), normalised_name(name))


def voucher_id(region: str, year: int, kind: str, voucher_no: str) -> UUID:
    """Id of a payment: region, budget year, kind of voucher and its number."""
    return derived_id("payment", region, year, kind, voucher_no)


def indicator_id(target: UUID, key: tuple[str, str, str], ordinal: int) -> UUID:
    """Id of an indicator: target, class, category, normalised name and ordinal among equals."""
    indicator_class, category, name = key
    return derived_id(
        "indicator",
        target,
        normalised_name(indicator_class),
        normalised_name(category),
        normalised_name(name),
        ordinal,
    )
