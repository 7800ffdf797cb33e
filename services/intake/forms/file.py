"""Files to declarations as the service reads them: in a child process, within limits."""

from __future__ import annotations

from pathlib import Path

from services.intake.forms.declaration import FileReading
from services.intake.forms.reading import read_file, refused
from services.intake.readers.grid import UnreadableFileError
from services.intake.sandbox.client import in_child


def read_form_file(source: Path | bytes, name: str | None = None) -> FileReading:
    """Read a file as ``read_file`` does, but where it can do no harm.

    What is wrong with it, or ends its reader, is told in ``errors`` and findings, never raised.
    ``name`` is shown, and helps with text; by default the path as given.
    """
    shown = name or (str(source) if isinstance(source, Path) else "")
    try:
        data = source.read_bytes() if isinstance(source, Path) else source
        return in_child(read_file, data, shown)
    except OSError:
        return refused(shown, "file.not_found", "文件不存在或打不开。")
    except UnreadableFileError as error:
        return refused(shown, error.code, str(error))
