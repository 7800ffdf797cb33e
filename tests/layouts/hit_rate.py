"""How much of the layouts is read right: ``python -m tests.layouts.hit_rate [-v] [NAME…]``.

One line a file: values read to the letter, forms and indicators found (and made up). ``-v`` lists
what differs.
"""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

from services.intake.forms.reading import read_file
from tests.layouts.build import file_name, layouts
from tests.layouts.comparing import Comparison, Count, compare
from tests.layouts.expected import Entry, expected_reading
from tests.layouts.paper import read_paper


def files_of(folder: Path) -> list[Path]:
    """The files a layout comes in."""
    return [folder / file_name(wanted) for wanted in read_paper(folder / "form.grid").formats]


def reading_of(file: Path) -> Entry:
    """The entry that ``jixiao form read`` answers for a file."""
    answered = read_file(file.read_bytes(), file.name).to_json()
    entry: Entry = json.loads(json.dumps(answered))
    return entry


def judged(file: Path) -> Comparison:
    """A file's reading beside what its layout expects."""
    return compare(expected_reading(file.parent), reading_of(file))


def forgiving(file: Path) -> Comparison:
    """The same, where a reader that breaks has read nothing; it says how it broke."""
    try:
        return judged(file)
    except Exception:  # noqa: BLE001  # whatever breaks in a reader is one more miss
        print(traceback.format_exc(limit=-1), file=sys.stderr)  # noqa: T201  # a program speaks
        return compare(expected_reading(file.parent), {})


def report(folders: list[Path], *, verbose: bool) -> Iterator[str]:
    """The lines to print."""
    whole = Comparison()
    for folder in folders:
        for file in files_of(folder):
            comparison = forgiving(file)
            whole.add(comparison)
            yield told(f"{folder.name}/{file.name}", comparison)
            if verbose:
                yield from (f"    {fault}" for fault in comparison.faults())
    yield told("all", whole)


def told(name: str, comparison: Comparison) -> str:
    """One line of the report."""
    share = comparison.hits / len(comparison.leaves) if comparison.leaves else 0
    return (
        f"{name:<48} {share:7.1%} of {len(comparison.leaves):>5} values"
        f"  forms {counted(comparison.projects)}  indicators {counted(comparison.indicators)}"
    )


def counted(count: Count) -> str:
    """Found of expected, and how many there are too many."""
    more = f" (+{count.invented})" if count.invented else ""
    return f"{count.found}/{count.expected}{more}"


if __name__ == "__main__":
    wanted = [name for name in sys.argv[1:] if not name.startswith("-")]
    chosen = [folder for folder in layouts() if not wanted or folder.name in wanted]
    for line in report(chosen, verbose="-v" in sys.argv):
        print(line)  # noqa: T201  # a program speaks
