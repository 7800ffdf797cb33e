"""The text of a Word paragraph as it is printed: without what was deleted or is hidden."""

from __future__ import annotations

from collections.abc import Iterator

from services.intake.readers.markup import Element, attribute, children, flagged, local

_WRAPPERS = frozenset(
    {
        "AlternateContent",
        "Choice",
        "bdo",
        "customXml",
        "dir",
        "fldSimple",
        "hyperlink",
        "ins",
        "moveTo",
        "oMath",
        "oMathPara",
        "ruby",
        "rubyBase",
        "sdt",
        "sdtContent",
        "smartTag",
    }
)
"""What stands around text without changing it; of two alternatives the first is printed."""

_GONE = frozenset({"del", "delText", "instrText", "moveFrom", "rPr", "pPr", "rt", "sdtPr"})
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_SYMBOLS = {
    ("Wingdings", 0x6C): "●",
    ("Wingdings", 0x6E): "■",
    ("Wingdings", 0x6F): "□",
    ("Wingdings", 0x71): "□",
    ("Wingdings", 0x72): "□",
    ("Wingdings", 0xA8): "□",
    ("Wingdings", 0xFB): "✗",
    ("Wingdings", 0xFC): "√",
    ("Wingdings", 0xFD): "☒",
    ("Wingdings", 0xFE): "☑",
    ("Wingdings 2", 0x50): "√",
    ("Wingdings 2", 0x51): "☒",
    ("Wingdings 2", 0x52): "☑",
    ("Wingdings 2", 0x53): "☒",
    ("Wingdings 2", 0xA3): "□",
    ("Symbol", 0xA3): "≤",
    ("Symbol", 0xB3): "≥",
    ("Symbol", 0xB4): "×",
    ("Symbol", 0xB1): "±",
    ("Symbol", 0xB0): "°",
}
"""Signs that forms take from a symbol font: boxes to tick, and comparators."""


def text_of(paragraph: Element) -> str:
    """The text of a paragraph, with line feeds and tabs where it breaks."""
    return "".join(_pieces(paragraph))


def boxes_in(paragraph: Element) -> Iterator[Element]:
    """The text boxes anchored in a paragraph, each once though stored for two editions."""
    for box in paragraph.iter("{*}txbxContent"):
        around = [local(parent) for parent in box.iterancestors()]
        if "Fallback" not in around[: around.index("p")]:
            yield box


def _pieces(element: Element) -> Iterator[str]:
    for child in element:
        name = local(child)
        if name == "r":
            yield from _run(child)
        elif name in _WRAPPERS:
            yield from _pieces(child)
        elif name not in _GONE:
            # What is left is mathematics: fractions, roots, and text in them.
            yield from (piece.text or "" for piece in child.iter("{*}t") if _is_math(piece))


def _is_math(element: Element) -> bool:
    return "/math" in str(element.tag)


def _run(run: Element) -> Iterator[str]:
    properties = run.find("{*}rPr")
    if properties is not None and flagged(properties.find("{*}vanish")):
        return
    for child in run:
        name = local(child)
        if name == "t":
            yield child.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name == "sym":
            yield _symbol(child)
        elif name == "ruby":
            yield from (text for base in children(child, "rubyBase") for text in _pieces(base))


def _symbol(element: Element) -> str:
    code = attribute(element, "char") or ""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    # Symbol fonts keep their signs in the private area from F000 on.
    at = number - 0xF000 if 0xF000 <= number <= 0xF0FF else number
    found = _SYMBOLS.get((attribute(element, "font") or "", at))
    private = 0xE000 <= number <= 0xF8FF or not 0x20 <= number <= 0x10FFFF
    return found or ("" if private else chr(number))
