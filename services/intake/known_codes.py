"""Codes that a spreadsheet took the leading zeros from, restored from those on record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from services.intake.cells import CellError, DamagedNumberError, code_of
from services.intake.headings import Heading
from services.intake.readers.grid import UnreadableFileError
from services.intake.tables.table import Value

_SHOWN = 5
_EXACT_DIGITS = 15
_HARDLY_CHANCE = 6
"""Zeros where any digit could stand: by chance once in a million columns."""

DAMAGED = (
    "“{}”列被存成了科学计数法或过长的数字（{}），后几位已丢失，不能导入。"
    "请重新导出，并在用Excel打开前把该列设为文本，或直接导入系统导出的原文件。"
)

ROUNDED = (
    "“{}”列的长编码第15位以后都是0（如{}），可能曾被Excel存成数字而丢失了后几位。"
    "请与系统中的编码核对；不符时请重新导出，并在用Excel打开前把该列设为文本。"
)


@dataclass(frozen=True, slots=True)
class KnownCodes:
    """Codes on record, each by what is left of it without its leading zeros."""

    all: frozenset[str] = frozenset()
    by_rest: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, codes: Iterable[str]) -> KnownCodes:
        """Sort the codes of a region."""
        known = frozenset(codes)
        by_rest: dict[str, list[str]] = defaultdict(list)
        for code in sorted(known):
            if code.startswith("0") and (rest := code.lstrip("0")):
                by_rest[rest].append(code)
        return cls(known, dict(by_rest))

    def restored(self, code: str) -> str:
        """The code on record that a printed one was before it lost its zeros, else itself.

        Raises:
            CellError: it may have been more than one.
        """
        if code in self.all or not code.isdigit() or code.startswith("0"):
            return code
        found = self.by_rest.get(code, [])
        if len(found) > 1:
            raise CellError(
                f"“{code}”少了开头的0，可能是{'或'.join(found)}。请把该列设为文本后按原编码填写。"
            )
        return found[0] if found else code


class CodeReader:
    """Reads the cells of a column of codes, and remembers which it restored.

    One damaged cell tells that the whole column is: its codes were turned into numbers.
    """

    def __init__(self, heading: Heading, wanted: str, known: KnownCodes | None = None) -> None:
        self._heading = heading.named(wanted)
        self._known = known or KnownCodes()
        self._restored: dict[str, str] = {}
        self._rounded: set[str] | None = set()

    def __call__(self, value: Value) -> str | None:
        """The code of a cell, with its leading zeros.

        Raises:
            CellError: it is none, or may have been more than one.
            UnreadableFileError: the column's numbers have lost their digits.
        """
        try:
            code = code_of(value)
        except DamagedNumberError as problem:
            raise UnreadableFileError(DAMAGED.format(self._heading, problem)) from None
        if code is None:
            return None
        if len(code) > _EXACT_DIGITS and code.isdecimal():
            self._hear_long(code)
        restored = self._known.restored(code)
        if restored != code:
            self._restored[code] = restored
        return restored

    def _hear_long(self, code: str) -> None:
        if code[_EXACT_DIGITS:].strip("0"):
            self._rounded = None
        elif self._rounded is not None:
            self._rounded.add(code)

    def notes(self) -> list[str]:
        """Say what was restored, and what looks as if it cannot be; asked behind the last row."""
        return [*self._restored_said(), *self._rounded_said()]

    def _rounded_said(self) -> Iterator[str]:
        """That all long numbers end in zeros behind the digit to which a workbook is exact."""
        rounded = self._rounded or set()
        if sum(len(code) - _EXACT_DIGITS for code in rounded) >= _HARDLY_CHANCE:
            yield ROUNDED.format(self._heading, min(rounded))

    def _restored_said(self) -> list[str]:
        if not self._restored:
            return []
        several = [f"{given}→{read}" for given, read in sorted(self._restored.items())]
        said = "、".join(several[:_SHOWN]) + ("等" if len(several) > _SHOWN else "")
        return [f"“{self._heading}”少了开头的0，已按名单还原{len(several)}个编码：{said}。"]
