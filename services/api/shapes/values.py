"""Values on the wire: decimals are strings, days are ISO, codes are stable and English."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

import msgspec
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, core_schema

from domain.money import yuan

TOO_MUCH = Decimal(10) ** 15
"""Yuan; no county has as much, and the read tables hold ten times that."""

_PLAIN_NUMBER = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,10})?")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Body(BaseModel):
    """What a request says; an unknown part of it is refused, never passed over."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Reply(BaseModel):
    """What is answered; read from our own frozen rows."""

    model_config = ConfigDict(from_attributes=True, frozen=True)


def _decimal_text(value: object) -> object:
    if isinstance(value, Decimal):
        return value
    if isinstance(value, str) and _PLAIN_NUMBER.fullmatch(value):
        return value
    raise ValueError('须为十进制数的字符串，如 "12.30"')


def _share_within(value: Decimal) -> Decimal:
    if not 0 <= value <= 1:
        raise ValueError("须在0与1之间")
    return value


def _iso_day(value: object) -> object:
    if isinstance(value, date) or (isinstance(value, str) and _ISO_DAY.fullmatch(value)):
        return value
    raise ValueError("须为日期，如 2025-06-30")


def _printable(value: str) -> str:
    if any((ord(c) < 0x20 and c not in "\n\r\t") or 0xD800 <= ord(c) < 0xE000 for c in value):
        raise ValueError("含有不能保存的控制字符")
    return value


def _cents(value: Decimal) -> Decimal:
    if abs(value) >= TOO_MUCH:
        raise ValueError("金额过大，请核对单位")
    if value != yuan(value):
        raise ValueError("金额最多两位小数")
    return value


def _plain(value: Decimal) -> str:
    return f"{value:f}"


def _json_string(pattern: str, example: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": pattern, "examples": [example]})


Number = Annotated[
    Decimal,
    BeforeValidator(_decimal_text),
    PlainSerializer(_plain, return_type=str),
    _json_string(r"^-?\d{1,18}(\.\d{1,10})?$", "95.5"),
]
"""A decimal, as a string."""

Share = Annotated[Number, AfterValidator(_share_within)]
"""A share from 0 to 1, as a decimal string."""

Amount = Annotated[
    Decimal,
    BeforeValidator(_decimal_text),
    AfterValidator(_cents),
    PlainSerializer(lambda value: f"{value:.2f}", return_type=str),
    _json_string(r"^-?\d{1,15}(\.\d{1,2})?$", "4500000.00"),
]

Day = Annotated[date, BeforeValidator(_iso_day)]
"""A calendar day in Asia/Shanghai."""

Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=300),
    AfterValidator(_printable),
]
Text = Annotated[str, StringConstraints(max_length=4000), AfterValidator(_printable)]
Code = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=100),
    AfterValidator(_printable),
]
Year = Annotated[int, Field(ge=2000, le=2100)]


class Money(BaseModel):
    """An amount with its unit, always yuan."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    amount: Amount
    unit: Literal["CNY"] = "CNY"


def _as_money(value: object) -> object:
    return Money(amount=yuan(value)) if isinstance(value, Decimal) else value


MoneyField = Annotated[Money, BeforeValidator(_as_money)]
"""Money on the wire; reads the domain's decimals."""


class ByCode:
    """An enumeration with Chinese values goes over the wire by its names, in small letters."""

    def __get_pydantic_core_schema__(
        self, source: type[StrEnum], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Take a member or its code, write the code."""
        members = {member.name.lower(): member for member in source}

        def read(value: object) -> StrEnum:
            if isinstance(value, source):
                return value
            if isinstance(value, str) and value in members:
                return members[value]
            raise ValueError(f"须为其中之一：{'、'.join(members)}")

        codes = core_schema.literal_schema(list(members))
        words = "；".join(f"{code}：{member.value}" for code, member in members.items())
        return core_schema.no_info_plain_validator_function(
            read,
            serialization=core_schema.plain_serializer_function_ser_schema(
                code_of, return_schema=codes
            ),
            json_schema_input_schema=codes,
            metadata={"pydantic_js_updates": {"description": words}},
        )


def as_json(value: object) -> Any:  # noqa: ANN401  # JSON is whatever it is
    """A value of the domain as JSON-able data, lists for tuples."""
    return msgspec.json.decode(msgspec.json.encode(value))


def code_of(member: StrEnum) -> str:
    """The stable English code of a member whose value is Chinese."""
    return member.name.lower()
