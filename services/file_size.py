"""How large a file may be that people send, whatever door it comes by."""

from __future__ import annotations

MOST_BYTES = 20_000_000
"""Bytes of one file."""

ENVELOPE_BYTES = 100_000
"""What the other fields of its form, and the form itself, may take in a request on top."""
