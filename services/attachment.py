"""How a file that is handed out is named to a browser (RFC 6266)."""

from __future__ import annotations

from urllib.parse import quote


def attachment(name: str, plain: str = "") -> dict[str, str]:
    """The headers of a file that is kept, never shown; ``plain`` for who reads only ASCII."""
    fallback = f"filename={plain}; " if plain else ""
    return {
        "Content-Disposition": f"attachment; {fallback}filename*=UTF-8''{quote(name, safe='')}",
        "Cache-Control": "no-store",
    }
