"""What ``jixiao score`` is asked: a JSON document to a request, each fault named by its field.

The contract is architecture §8. Amounts and weights are decimal strings (numbers are taken
too, exactly as printed) or null; a blank string is null.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from domain.errors import MonitoringError
from domain.scoring.profile import PROFILES, Group, Profile

_DECIMAL = re.compile(r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.[0-9]{1,8})?")
_GROUPS = {
    "cost": Group.COST,
    "outputs": Group.OUTPUTS,
    "outcomes": Group.OUTCOMES,
    "satisfaction": Group.SATISFACTION,
}
_PROFILE_FILE = '{"execution": "10", "cost": "20", "outputs": "40", …}'


class BadScoreRequestError(MonitoringError):
    """A document does not say what is to be scored; ``field`` names the place."""

    code = "bad_score_request"

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}：{problem}")
        self.field = field


@dataclass(frozen=True, slots=True)
class IndicatorRequest:
    """One row as printed; texts are None where the document has null or blank."""

    indicator_class: str | None
    indicator_category: str | None
    name: str
    target: str | None
    actual: str | None
    weight: Decimal | None
    mark: Decimal | None


@dataclass(frozen=True, slots=True)
class ScoreRequest:
    """What is to be scored; ``profile`` None: by the form's own first level."""

    profile: Profile | None
    budget: Decimal | None
    executed: Decimal | None
    execution_weight: Decimal | None
    indicators: tuple[IndicatorRequest, ...]


def read_request(path: Path) -> ScoreRequest:
    """Read a file.

    Raises:
        BadScoreRequestError: the file, or a field of it, cannot be understood.
    """
    return parse_request(_document(path, "FILE"), path.parent)


def parse_request(document: object, folder: Path) -> ScoreRequest:
    """Check a document field by field; a profile's file is looked for in ``folder`` too."""
    fields = _object(document, "FILE")
    rows = fields.get("indicators")
    if not isinstance(rows, list) or not rows:
        raise BadScoreRequestError("indicators", "应为至少一行指标的列表")
    return ScoreRequest(
        _profile(_text(fields, "profile"), folder),
        _decimal(fields, "budget"),
        _decimal(fields, "executed"),
        _points(fields, "execution_weight"),
        tuple(_indicator(row, f"indicators[{index}]") for index, row in enumerate(rows)),
    )


def _indicator(row: object, at: str) -> IndicatorRequest:
    fields = _object(row, at)
    name = _text(fields, "name", at)
    if name is None:
        raise BadScoreRequestError(f"{at}.name", "缺指标名称")
    return IndicatorRequest(
        _text(fields, "indicator_class", at),
        _text(fields, "indicator_category", at),
        name,
        _text(fields, "target", at),
        _text(fields, "actual", at),
        _points(fields, "weight", at),
        _decimal(fields, "mark", at),
    )


def _document(path: Path, field: str) -> object:
    try:
        return json.loads(path.read_text("utf-8-sig"), parse_float=Decimal, parse_int=Decimal)
    except OSError as problem:
        raise BadScoreRequestError(field, f"文件{path}打不开（{problem.strerror}）") from None
    except (ValueError, RecursionError) as problem:
        raise BadScoreRequestError(field, f"文件{path}不是JSON（{problem}）") from None


def _object(value: object, at: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise BadScoreRequestError(at, "应为一个对象")
    return value


def _text(fields: Mapping[str, object], name: str, at: str = "") -> str | None:
    value = fields.get(name)
    if value is None:
        return None
    if isinstance(value, Decimal):
        value = f"{value:f}"
    if not isinstance(value, str):
        raise BadScoreRequestError(_path(at, name), "应为文字或null")
    return value.strip() or None


def _decimal(fields: Mapping[str, object], name: str, at: str = "") -> Decimal | None:
    text = _text(fields, name, at)
    if text is None:
        return None
    folded = unicodedata.normalize("NFKC", text)
    if not _DECIMAL.fullmatch(folded):
        raise BadScoreRequestError(_path(at, name), f"“{text}”不是数字")
    return Decimal(folded.replace(",", ""))


def _points(fields: Mapping[str, object], name: str, at: str = "") -> Decimal | None:
    points = _decimal(fields, name, at)
    if points is not None and not 0 <= points <= 100:
        raise BadScoreRequestError(_path(at, name), f"分值{points}应在0—100之间")
    return points


def _path(at: str, name: str) -> str:
    return f"{at}.{name}" if at else name


def _profile(name: str | None, folder: Path) -> Profile | None:
    """Find a profile by name, else in a file."""
    if name is None or name in PROFILES:
        return PROFILES[name] if name else None
    path = next((p for p in (Path(name), folder / name) if p.is_file()), None)
    if path is None:
        known = "、".join(PROFILES)
        raise BadScoreRequestError("profile", f"没有“{name}”；可用{known}，或一个JSON文件")
    return _profile_in(path)


def _profile_in(path: Path) -> Profile:
    fields = _object(_document(path, "profile"), "profile")
    unknown = [field for field in fields if field not in {"execution", *_GROUPS}]
    if unknown:
        raise BadScoreRequestError(f"profile.{unknown[0]}", f"没有此项；例：{_PROFILE_FILE}")
    execution = _points(fields, "execution", "profile") or Decimal(0)
    weights = {group: _points(fields, key, "profile") for key, group in _GROUPS.items()}
    groups = {group: weight for group, weight in weights.items() if weight}
    total = execution + sum(groups.values())
    if total != 100:
        raise BadScoreRequestError("profile", f"各项合计{total}分，应为100分")
    return Profile(path.stem, execution, MappingProxyType(groups))
