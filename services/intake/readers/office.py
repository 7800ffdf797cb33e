"""What only an office program reads (.doc, .wps, .rtf, .odt, .xlsb): through LibreOffice.

The program is started for one file, with a profile of its own that dies with it: without
macros, without what a document links to elsewhere.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from services.intake.readers.grid import Grid, UnreadableFileError
from services.intake.readers.word import read_word
from services.intake.readers.workbook import read_open_workbook

SECONDS = 60
_PROGRAMS = ("soffice", "libreoffice")
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
</item>
</oor:items>
"""


def read_through_office(data: bytes, name: str) -> Grid:
    """Read a file by letting LibreOffice save it in the format of today.

    Raises:
        UnreadableFileError: no LibreOffice here, or it cannot open the file either.
    """
    sheet = data.startswith(b"PK") and b"xl/workbook.bin" in data
    target = "xlsx" if sheet else "docx"
    converted = convert(data, target)
    return read_open_workbook(converted, name) if sheet else read_word(converted, name)


def convert(data: bytes, target: str) -> bytes:
    """Save a file as .docx or .xlsx.

    Raises:
        UnreadableFileError: no LibreOffice here, or it cannot open the file, or not in time.
    """
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise UnreadableFileError(
            "旧格式文件（.doc、.wps、.rtf、.odt、.xlsb）要装有LibreOffice的服务器才能读取。"
            f"请用Word、Excel或WPS打开，另存为.{target}后重试。"
        )
    with tempfile.TemporaryDirectory(prefix="office-") as folder:
        _run(program, Path(folder), data, target)
        result = Path(folder, "out", f"in.{target}")
        if not result.exists():
            raise UnreadableFileError(
                f"LibreOffice打不开这个文件，可能已损坏或有密码。请另存为.{target}（不设密码）后重试。"
            )
        return result.read_bytes()


def _run(program: str, folder: Path, data: bytes, target: str) -> None:
    source = folder / "in"
    source.write_bytes(data)
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    command += ["--nolockcheck", "--nodefault", "--nofirststartwizard", "--convert-to", target]
    command += ["--outdir", str(folder / "out"), str(source)]
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "TMPDIR": str(folder)}
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    ) as process:
        try:
            process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            raise UnreadableFileError(
                f"LibreOffice在{SECONDS}秒内没有读完这个文件。请另存为.{target}后重试。"
            ) from None
        finally:
            # The program starts others; all of them are in its session.
            _end(process.pid)


def _end(session: int) -> None:
    try:
        os.killpg(session, signal.SIGKILL)
    except ProcessLookupError:
        return
