"""A choice printed as boxes, one of them ticked: 新增项目□ 延续项目☑."""

from __future__ import annotations

import re

_OPEN = "□☐○◯〇"
_TICKED = "√☑✓✔■●☒⊙◉"
_PART = re.compile(rf"[(（\[]\s*([{_TICKED}]?)\s*[)）\]]|([{_OPEN}{_TICKED}])(?:\s*([{_TICKED}]))?")
_LETTER = re.compile(r"(?<=[\u4e00-\u9fff])R(?![A-Za-z])|(?<![A-Za-z])R(?=[\u4e00-\u9fff])")
"""A ticked box of a font that the file does not bring: it comes as the letter in its place."""
_EDGE = " \t\u3000\n:：;；,，、/"


def is_choice(printed: str) -> bool:
    """Say whether a text is boxes of which one is ticked."""
    return chosen(printed) != printed


def chosen(printed: str) -> str:
    """Take what is ticked; a text without boxes, or with none or several ticked, stays as it is."""
    boxes = any(box in printed for box in _OPEN)
    text = _LETTER.sub("☑", printed) if boxes else printed
    marks = list(_PART.finditer(text))
    if not marks:
        return printed
    before = not text[: marks[0].start()].strip(_EDGE)
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    starts = [0, *(mark.end() for mark in marks[:-1])]
    ticked = [
        text[mark.end() : end] if before else text[start : mark.start()]
        for mark, end, start in zip(marks, ends, starts, strict=True)
        if any(part and part in _TICKED for part in mark.groups())
    ]
    options = [_option(said.strip(_EDGE), first=before) for said in ticked]
    return options[0] if len(options) == 1 and options[0] else printed


def _option(said: str, *, first: bool) -> str:
    """Of several words beside one mark, the one next to it: the others have no box of theirs."""
    words = said.split()
    return (words[0] if first else words[-1]) if words else ""
