"""Damaged files give readings and findings, never a traceback."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from services.intake.forms.declaration import FileReading
from services.intake.forms.reading import read_file
from services.intake.forms.to_target import IncompleteDeclarationError, to_domain
from tests.form_listing import FAMILIES

DATA = (Path(__file__).parents[1] / "data" / "hebei_form.txt").read_bytes()
LINES = DATA.decode().split("\n")
FORMS = sorted(FAMILIES.glob("*.txt"))
DAMAGES: list[Callable[[str], list[str]]] = [
    lambda _: [],
    lambda line: [line, line],
    lambda line: ["\t".join(line.split("\t")[::-1])],
    lambda line: [f"\t{line}"],
    lambda line: [line.lstrip("\t")],
    lambda line: [line.replace("\t", " ")],
    lambda line: [line[: len(line) // 2]],
    lambda line: [line[: len(line) // 2], line[len(line) // 2 :]],
]


def must_hold(reading: FileReading) -> None:
    """Every reading answers the contract, gives a reason when empty, and declares or refuses."""
    answer = reading.to_json()
    assert set(answer) == {"file", "department_goals", "declarations", "errors"}
    assert reading.declarations or reading.department_goals or reading.errors
    for declared in reading.declarations:
        with suppress(IncompleteDeclarationError):
            to_domain(declared, region="130999000")


@settings(deadline=None, max_examples=60)
@given(st.integers(0, len(DATA)))
def test_a_file_cut_anywhere_is_read_as_far_as_it_goes(length: int) -> None:
    must_hold(read_file(DATA[:length], "form.txt"))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, len(DATA) - 1), st.integers(0, 255)), max_size=5))
def test_flipped_bytes_never_raise(flips: list[tuple[int, int]]) -> None:
    data = bytearray(DATA)
    for place, byte in flips:
        data[place] = byte
    must_hold(read_file(bytes(data), "form.txt"))


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_moved_doubled_and_dropped_lines_never_raise_and_nothing_is_invented(
    data: st.DataObject,
) -> None:
    lines = list(LINES)
    for _ in range(data.draw(st.integers(1, 12))):
        place = data.draw(st.integers(0, len(lines) - 1))
        line = lines.pop(place)
        copies = data.draw(st.integers(0, 2))
        target = data.draw(st.integers(0, len(lines)))
        lines[target:target] = [line] * copies
    reading = read_file("\n".join(lines).encode(), "form.txt")
    must_hold(reading)
    # A line's text stands without the bookmark that word processors leave before it.
    printed = {line.strip().split("]")[-1] for line in lines} | {line.strip() for line in lines}
    for declared in reading.declarations:
        rows = declared.indicators
        texts = [declared.project_code, declared.purpose, *(row.value_text for row in rows)]
        parts = {part for text in texts if text for part in text.split("\n")} - printed
        if any(f.rule == "form.indicators_parted" for f in declared.findings):
            parts = {part for part in parts if not any(part in line for line in lines)}
        assert parts == set()


@settings(deadline=None, max_examples=120)
@given(st.data())
def test_damaged_layouts_of_every_family_never_raise(data: st.DataObject) -> None:
    lines = data.draw(st.sampled_from(FORMS)).read_text("utf-8").split("\n")
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(lines) - 1))
        lines[place : place + 1] = data.draw(st.sampled_from(DAMAGES))(lines[place])
        lines = lines or [""]
    must_hold(read_file("\n".join(lines).encode(), "form.txt"))


@settings(deadline=None, max_examples=40)
@given(st.permutations(LINES[20:140]), st.booleans())
def test_shuffled_files_never_raise(lines: list[str], tabs: bool) -> None:
    joined = ("\t" if tabs else "\n").join(lines)
    must_hold(read_file(joined.encode(), "form.txt"))


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_at_all_are_answered(data: bytes) -> None:
    must_hold(read_file(data, "x"))
