"""Writes the page of headings anew: ``python -m tests.golden.refresh_headings``."""

from __future__ import annotations

from pathlib import Path

from services.intake import vocabulary
from services.intake.vocabulary.listing import listing

PAGE = Path(vocabulary.__file__).with_name("headings.md")


def main() -> None:
    """Write it."""
    PAGE.write_text(listing(), encoding="utf-8")


if __name__ == "__main__":
    main()
