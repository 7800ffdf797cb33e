"""Values on the wire: what is taken, what is refused, how it is written."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

import msgspec
import pytest
from pydantic import TypeAdapter, ValidationError

from domain.funds import FundSource
from services.api.clocks import read_known_at
from services.api.pages import Paging, cursor_of, cut
from services.api.problems import BadInputError
from services.api.shapes.values import ByCode, Day, Money, MoneyField, Name, Number, Share

NUMBER: TypeAdapter[Decimal] = TypeAdapter(Number)
SHARE: TypeAdapter[Decimal] = TypeAdapter(Share)
DAY: TypeAdapter[date] = TypeAdapter(Day)
NAME: TypeAdapter[str] = TypeAdapter(Name)
MONEY: TypeAdapter[Money] = TypeAdapter(MoneyField)
SOURCE: TypeAdapter[FundSource] = TypeAdapter(Annotated[FundSource, ByCode()])


@pytest.mark.parametrize("text", ["0", "-12.30", "95.5", "999999999999999999.0000000001"])
def test_a_decimal_is_a_string_and_comes_back_as_it_was(text: str) -> None:
    assert NUMBER.dump_python(NUMBER.validate_python(text)) == text


@pytest.mark.parametrize(
    "given", [1, 1.5, True, None, "1e5", "NaN", "Infinity", "1,000", "", " 1", "１"]
)
def test_what_is_no_plain_decimal_string_is_refused(given: object) -> None:
    with pytest.raises(ValidationError):
        NUMBER.validate_python(given)


def test_a_large_number_is_written_without_an_exponent() -> None:
    assert NUMBER.dump_python(Decimal("1E+7")) == "10000000"


@pytest.mark.parametrize("given", ["-0.01", "1.0001", "12"])
def test_a_share_lies_between_nothing_and_all(given: str) -> None:
    with pytest.raises(ValidationError, match="0与1之间"):
        SHARE.validate_python(given)


def test_money_has_cents_and_a_unit() -> None:
    money = MONEY.validate_python(Decimal(4500000))
    assert money == Money(amount=Decimal("4500000.00"))
    assert MONEY.dump_python(money) == {"amount": "4500000.00", "unit": "CNY"}
    with pytest.raises(ValidationError, match="两位小数"):
        MONEY.validate_python({"amount": "0.001"})
    with pytest.raises(ValidationError):
        MONEY.validate_python({"amount": "1.00", "unit": "USD"})


@pytest.mark.parametrize(
    "given", ["2025-6-30", "20250630", "2025-02-30", 20250630, "2025-06-30T00:00:00"]
)
def test_a_day_is_an_iso_date(given: object) -> None:
    with pytest.raises(ValidationError):
        DAY.validate_python(given)


@pytest.mark.parametrize("given", ["", "   ", "a\x00b", "a\ud800", "x" * 301])
def test_a_name_that_cannot_be_kept_is_refused(given: str) -> None:
    with pytest.raises(ValidationError):
        NAME.validate_python(given)


def test_an_enumeration_goes_by_its_codes() -> None:
    assert SOURCE.validate_python("carry_over") is FundSource.CARRY_OVER
    assert SOURCE.dump_python(FundSource.CARRY_OVER) == "carry_over"
    with pytest.raises(ValidationError, match="current_year、carry_over、other"):
        SOURCE.validate_python("上年结转")
    schema = SOURCE.json_schema(mode="serialization")
    assert schema["enum"] == ["current_year", "carry_over", "other"]
    assert "carry_over：上年结转" in schema["description"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (None, None),
        ("1234", 1234),
        ("2025-07-05", date(2025, 7, 5)),
        ("2025-07-05T12:00:00+08:00", datetime.fromisoformat("2025-07-05T12:00:00+08:00")),
        ("2025-07-05T12:00:00 08:00", datetime.fromisoformat("2025-07-05T12:00:00+08:00")),
        ("2025-07-05T04:00:00Z", datetime.fromisoformat("2025-07-05T12:00:00+08:00")),
    ],
)
def test_known_at_is_a_day_a_time_or_a_position(text: str | None, meant: object) -> None:
    assert read_known_at(text) == meant


@pytest.mark.parametrize("text", ["yesterday", "-1", "2025-13-01", "2025-07-05T12:00:00", ""])
def test_any_other_known_at_is_refused(text: str) -> None:
    with pytest.raises(BadInputError, match="known_at"):
        read_known_at(text)


class Place(msgspec.Struct):
    after: tuple[int, str]


def test_a_cursor_comes_back_as_the_place_it_was() -> None:
    cursor = cursor_of(Place((7, "行1")))
    assert "=" not in cursor
    assert Paging(50, cursor).place(Place) == Place((7, "行1"))
    assert Paging(50, None).place(Place) is None


@pytest.mark.parametrize("cursor", ["x", "行", "e30", "bm90IGpzb24", "%%%"])
def test_a_cursor_of_another_list_is_refused(cursor: str) -> None:
    with pytest.raises(BadInputError, match="cursor"):
        Paging(50, cursor).place(Place)


def test_a_page_knows_whether_more_follows() -> None:
    assert cut([1, 2, 3], 2) == ([1, 2], 2)
    assert cut([1, 2], 2) == ([1, 2], None)
    assert cut([], 2) == ([], None)
