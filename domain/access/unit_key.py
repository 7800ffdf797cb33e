"""How a unit is named on what belongs to it: by its code, else by its name.

Rows are shown or hidden by this key, so a code and a name never meet by chance.
"""

from __future__ import annotations

from domain.identity import normalised_name


def unit_key(code: str | None, name: str | None) -> str:
    """The key of a unit as printed; ``"?"`` where neither is."""
    if code:
        return f"c:{code}"
    return f"n:{normalised_name(name)}" if name else "?"
