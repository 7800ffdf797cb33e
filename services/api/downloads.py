"""Files handed out: to be kept, never to be run or shown by the browser itself."""

from __future__ import annotations

from fastapi import Response

from services.attachment import attachment


def download(content: bytes, name: str, media_type: str = "application/octet-stream") -> Response:
    """Answer with a file under its name."""
    return Response(
        content,
        media_type=media_type,
        headers={
            **attachment(name),
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )
