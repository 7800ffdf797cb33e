"""Goldens of the declaration files: prose over 40 characters as length and digest.

Run as a program it writes the goldens anew; whoever does reads them beside the files.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from services.intake.forms.reading import read_file

LONGEST = 40
GOLDENS = {
    "000_e1b7c9f5eafb4d0b.txt": Path(__file__).with_name("form_jinzhai.json"),
    "002_f91f16dfa84a17fe.txt": Path(__file__).with_name("form_huailai.json"),
    "003_d97ae4ac91c252f1.txt": Path(__file__).with_name("form_hengyang.json"),
    "004_779fbb76cc83e166.txt": Path(__file__).with_name("form_pingluo.json"),
}
"""Each declaration file with its golden."""


def masked(value: object) -> object:
    """Replace long texts by length and sha256, all else stays readable."""
    if isinstance(value, dict):
        return {key: masked(part) for key, part in value.items()}
    if isinstance(value, list):
        return [masked(part) for part in value]
    if isinstance(value, str) and len(value) > LONGEST:
        return {"length": len(value), "sha256": hashlib.sha256(value.encode()).hexdigest()}
    return value


def reading_of(seeds: Path, seed: str) -> object:
    """Read a declaration file as its golden keeps it."""
    return masked(read_file((seeds / seed).read_bytes(), seed).to_json())


def refresh(seeds: Path) -> None:
    """Write every golden as the files are read now."""
    for seed, golden in GOLDENS.items():
        text = json.dumps(reading_of(seeds, seed), ensure_ascii=False, indent=1)
        golden.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    refresh(Path(__file__).resolve().parents[3] / "shared" / "seeds")
