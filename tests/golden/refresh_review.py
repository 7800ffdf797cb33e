"""Write what the review is compared with: the page of its checks.

Run as ``python -m tests.golden.refresh_review``.
"""

from __future__ import annotations

from pathlib import Path

from domain.review.page import page

PAGE = Path(__file__).resolve().parents[2] / "domain" / "review" / "catalogue.md"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
