"""Bytes to text: decoded right, or refused with the line; never mojibake (faults D2)."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace

from services.intake.readers.grid import UnreadableFileError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffd\ufffe\uffff]")
_LONGEST_CHARACTER = 4


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with the encoding it had.

    ``cut`` says that its last character is incomplete, ``unsure`` that the encoding fits the
    bytes but hardly gives Chinese.
    """

    text: str
    encoding: str
    cut: bool = False
    unsure: bool = False


def decode(data: bytes) -> Decoded:
    """Decode by BOM, then strict UTF-8, UTF-16 by its NUL bytes, GB18030; else refuse.

    Raises:
        UnreadableFileError: no encoding fits; the message names the line where UTF-8 broke off.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data[len(bom) :], encoding)
    if b"\x00" in data and not _has_stray_nulls(data):
        return _strict(data, _utf16_order(data))
    if _begins_as_utf8(data):
        return _strict(data, "utf-8")
    decoded = _strict(data, "gb18030")
    return replace(decoded, unsure=not _is_everyday(decoded.text))


def _is_everyday(text: str) -> bool:
    """Whether nearly all characters are among the 7,000 of everyday Chinese.

    GB18030 fits almost any bytes; those of another encoding come out as rare characters.
    """
    ascii_ = len(text.encode("ascii", "ignore"))
    everyday = (len(text.encode("gb2312", "ignore")) - ascii_) / 2  # two bytes a character
    return everyday >= 0.9 * (len(text) - ascii_)


def _has_stray_nulls(data: bytes) -> bool:
    """Whether a text in UTF-8 has a few NUL bytes in it, as of a damaged export."""
    if data.count(0) * 100 > len(data):
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _utf16_order(data: bytes) -> str:
    """Guess the byte order by where the NUL bytes of tabs, digits and newlines stand."""
    return "utf-16-le" if data[1::2].count(0) >= data[::2].count(0) else "utf-16-be"


def _begins_as_utf8(data: bytes) -> bool:
    """Say whether UTF-8 holds to the end, or long enough that it cannot be chance."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        sound = data[: error.start].decode("utf-8")
        beyond_ascii = sum(1 for character in sound if character > "\x7f")
        return beyond_ascii >= 10 or error.start > len(data) - _LONGEST_CHARACTER
    return True


def _strict(data: bytes, encoding: str) -> Decoded:
    try:
        decoded = Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        if error.start < len(data) - _LONGEST_CHARACTER:
            raise _broken_at(data, error, encoding) from None
        decoded = Decoded(data[: error.start].decode(encoding), encoding, cut=True)
    if len(_CONTROLS.findall(decoded.text)) * 100 > max(len(decoded.text), 100):
        raise UnreadableFileError(
            "文件不是可识别的文本（含大量控制字符）。请另存为UTF-8文本后重试。"
        )
    return decoded


def _broken_at(data: bytes, error: UnicodeDecodeError, encoding: str) -> UnreadableFileError:
    line = data[: error.start].decode(encoding, "replace").count("\n") + 1
    return UnreadableFileError(
        f"第{line}行有无法识别的字符（按{encoding.upper()}解码）。请另存为UTF-8文本后重试。"
    )
