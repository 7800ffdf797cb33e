"""A table of indicators without headings: what its first row looks like says the columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from services.intake.forms import shapes
from services.intake.forms.columns import LEVEL_FIELDS, UNKNOWN, Column, group_columns
from services.intake.forms.headings import Heading, fitted
from services.intake.forms.labels import Level, Vocabulary
from services.intake.readers.grid import Cell, Row

_FIRST = (*LEVEL_FIELDS, "name")


def implied_heading(rows: Sequence[Row], index: int, words: Vocabulary) -> Heading | None:
    """Make the headings of a table whose first row prints a class, a category and a name."""
    cells = rows[index].filled
    levels = [words.level(cell.text) for cell in cells]
    if len(cells) < len(_FIRST) or levels[0] is not Level.CLASS:
        return None
    if levels[1] in {None, Level.CLASS} or levels[2] is not None:
        return None
    fields = [*_FIRST, *_fields(cells[len(_FIRST) :])]
    columns = fitted(
        [Column(of, c.column, c.column, c) for of, c in zip(fields, cells, strict=True)]
    )
    return Heading(index, index, columns, tuple(group_columns(columns)))


def _fields(cells: Iterable[Cell]) -> Iterator[str]:
    """Name the columns behind the name, each field once.

    A text before the first cell that looks like a target describes the indicator; where none
    looks like one, the first is the value all the same: a target may be any word.
    """
    free = ["comparator", "value", "unit", "weight", "scoring_standard"]
    behind = list(cells)
    looks = any(_looks_like_a_target(cell.text) for cell in behind)
    for cell in behind:
        if looks and "value" in free and _describes(cell.text):
            yield "description" if cell is behind[0] else UNKNOWN
            continue
        found = next((of for of in free if _SHAPES[of](cell.text)), UNKNOWN)
        if found != UNKNOWN:
            free.remove(found)
        yield found


def _looks_like_a_target(text: str) -> bool:
    return shapes.is_value(text) or shapes.is_plain_number(text)


def _describes(text: str) -> bool:
    return not (_looks_like_a_target(text) or shapes.is_sign_word(text))


_SHAPES: Mapping[str, Callable[[str], bool]] = {
    "comparator": shapes.is_sign_word,
    "value": lambda text: not shapes.is_unit_word(text),
    "unit": shapes.is_unit_word,
    "weight": shapes.is_points,
    "scoring_standard": lambda text: "分" in text,
}
