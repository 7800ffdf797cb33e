"""Goldens of the declaration files: prose over 40 characters as length and digest.

Run as a program it writes the golden of the Huailai form anew.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from services.intake.forms.reading import read_file

LONGEST = 40
GOLDEN = Path(__file__).with_name("form_huailai.json")
SEED = "002_f91f16dfa84a17fe.txt"


def masked(value: object) -> object:
    """Replace long texts by length and sha256, all else stays readable."""
    if isinstance(value, dict):
        return {key: masked(part) for key, part in value.items()}
    if isinstance(value, list):
        return [masked(part) for part in value]
    if isinstance(value, str) and len(value) > LONGEST:
        return {"length": len(value), "sha256": hashlib.sha256(value.encode()).hexdigest()}
    return value


def reading_of(seeds: Path) -> object:
    """Read the Huailai form as the golden keeps it."""
    return masked(read_file((seeds / SEED).read_bytes(), SEED).to_json())


if __name__ == "__main__":
    seeds = Path(__file__).resolve().parents[3] / "shared" / "seeds"
    text = json.dumps(reading_of(seeds), ensure_ascii=False, indent=1)
    GOLDEN.write_text(text + "\n", "utf-8")
