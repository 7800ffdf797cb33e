"""A region's terms on the wire: the domain's own shape, every figure a decimal string."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field, JsonValue, TypeAdapter, ValidationError

from domain.policy_terms import PolicyTerms
from services.api.problems import BadInputError
from services.api.shapes.values import Body, Day, Text, as_json

_TERMS = TypeAdapter(PolicyTerms)

EXAMPLE = {
    "money": {"bands": {"red": "0.60", "yellow": "0.80"}, "first_judged": {"month": 3, "day": 31}}
}


class PolicyShape(Body):
    """Terms from a day on; what is left out has the rules' default (rules, policy)."""

    terms: Annotated[
        dict[str, JsonValue],
        Field(description="预警参数，与读取时的 terms 同形；未给的用缺省值", examples=[EXAMPLE]),
    ]
    in_force_from: Day
    reason: Text

    def to_domain(self) -> PolicyTerms:
        """The domain's terms.

        Raises:
            BadInputError: a part is unknown, not of its kind, or a number that is no string.
        """
        for pointer, problem in _float_places(self.terms, "#/terms"):
            raise BadInputError(problem, pointer=pointer)
        try:
            terms = _TERMS.validate_python(self.terms)
        except ValidationError as problem:
            first = problem.errors()[0]
            place = "/".join(map(str, first["loc"]))
            raise BadInputError("内容不合要求", pointer=f"#/terms/{place}") from problem
        for pointer in _unknown(self.terms, as_json(terms), "#/terms"):
            raise BadInputError("没有这一项，请核对名称", pointer=pointer)
        return terms


def _float_places(given: JsonValue, pointer: str) -> Iterator[tuple[str, str]]:
    if isinstance(given, float):
        yield pointer, '须为十进制数的字符串，如 "0.60"'
    for step, value in _parts(given):
        yield from _float_places(value, f"{pointer}/{step}")


def _unknown(given: JsonValue, known: Any, pointer: str) -> Iterator[str]:  # noqa: ANN401  # JSON
    """Parts that were said and are not among what was understood."""
    for step, value in _parts(given):
        if isinstance(given, Mapping) and step not in known:
            yield f"{pointer}/{step}"
        elif known is not None:
            yield from _unknown(value, known[step], f"{pointer}/{step}")


def _parts(given: JsonValue) -> Iterator[tuple[Any, JsonValue]]:
    if isinstance(given, Mapping):
        yield from given.items()
    elif isinstance(given, Sequence) and not isinstance(given, str):
        yield from enumerate(given)
