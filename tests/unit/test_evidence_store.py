"""Evidence files lie encrypted, named by what is stored; what a file is, its bytes say."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evidence.media import TYPES, label_of, media_type_of, name_contradicts
from services.evidence.vault import EvidenceDamagedError, Sealed, Vault

CANARY = "王某 130730199001011234".encode()


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path)


def place(folder: Path, sealed: Sealed) -> Path:
    return folder / "evidence" / sealed.digest[:2] / sealed.digest


def test_a_file_comes_out_as_it_went_in_and_lies_unreadable(vault: Vault, tmp_path: Path) -> None:
    sealed = vault.seal(CANARY)
    assert vault.unseal(sealed) == CANARY
    assert vault.is_whole(sealed.digest)
    lying = [path for path in (tmp_path / "evidence").rglob("*") if path.is_file()]
    assert lying == [place(tmp_path, sealed)]
    assert CANARY not in lying[0].read_bytes()
    assert stat.S_IMODE(lying[0].stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "evidence").stat().st_mode) == 0o700


def test_the_same_file_twice_has_two_keys(vault: Vault) -> None:
    one, two = vault.seal(CANARY), vault.seal(CANARY)
    assert one.key != two.key
    assert one.digest != two.digest
    vault.discard(one.digest)
    vault.discard(one.digest)
    assert vault.unseal(two) == CANARY
    assert vault.stored() == [two.digest]


@pytest.mark.parametrize("at", [0, 4, 20, -1])
def test_a_changed_file_is_not_handed_out(vault: Vault, tmp_path: Path, at: int) -> None:
    sealed = vault.seal(CANARY)
    stored = bytearray(place(tmp_path, sealed).read_bytes())
    stored[at] ^= 1
    place(tmp_path, sealed).write_bytes(stored)
    assert not vault.is_whole(sealed.digest)
    with pytest.raises(EvidenceDamagedError, match="从备份恢复"):
        vault.unseal(sealed)


def test_a_lost_or_cut_file_and_a_wrong_key_are_said(vault: Vault, tmp_path: Path) -> None:
    sealed = vault.seal(CANARY)
    with pytest.raises(EvidenceDamagedError):
        vault.unseal(Sealed(sealed.digest, bytes(32)))
    place(tmp_path, sealed).write_bytes(b"JXE1")
    with pytest.raises(EvidenceDamagedError):
        vault.unseal(sealed)
    vault.discard(sealed.digest)
    assert not vault.is_whole(sealed.digest)
    with pytest.raises(EvidenceDamagedError):
        vault.unseal(sealed)


def a_workbook() -> bytes:
    held = io.BytesIO()
    openpyxl.Workbook().save(held)
    return held.getvalue()


def a_document() -> bytes:
    held = io.BytesIO()
    docx.Document().save(held)
    return held.getvalue()


def a_zip(name: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        packed.writestr(name, "x")
    return held.getvalue()


SAMPLES = [
    (b"%PDF-1.7\n%x", "application/pdf"),
    (a_workbook(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (a_document(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (a_zip("OFD.xml"), "application/ofd"),
    (a_zip("何某.jpg"), "application/zip"),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n\x00\x00", "image/png"),
    (b"GIF89a\x01\x00", "image/gif"),
    (b"II*\x00\x08\x00", "image/tiff"),
    (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
    (b"\x00\x00\x00\x18ftypheic\x00", "image/heic"),
    (b"\x00\x00\x00\x18ftypmp42\x00", "video/mp4"),
    (b"Rar!\x1a\x07\x01\x00", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c\x00", "application/x-7z-compressed"),
    (b"MZ\x90\x00\x03\x00", "application/x-dosexec"),
    (b"\x7fELF\x02\x01\x01\x00", "application/x-executable"),
    (b"<!doctype html><script>1</script>", "text/html"),
    ("MZ是首字母，BM也是".encode(), "text/plain"),
    ("会议纪要".encode("gb18030"), "text/plain"),
    (b"\x00\x01\x02\x03 nothing known", "application/octet-stream"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 torn", "application/octet-stream"),
]


@pytest.mark.parametrize(("data", "media"), SAMPLES)
def test_a_file_is_what_its_bytes_say(data: bytes, media: str) -> None:
    assert media_type_of(data) == media
    assert label_of(media) == TYPES[media].label


@given(st.binary(max_size=600))
def test_whatever_is_sent_has_a_type(data: bytes) -> None:
    assert media_type_of(data) in TYPES


@pytest.mark.parametrize(
    ("name", "media", "told"),
    [
        ("会议纪要.pdf", "application/pdf", None),
        ("会议纪要.PDF", "application/pdf", None),
        ("没有后缀", "image/png", None),
        ("怪.abc", "image/png", None),
        ("资料.pdf", "application/octet-stream", None),
        ("照片.pdf", "image/jpeg", "文件名以“.pdf”结尾，内容却是图片。"),
        ("说明.docx", "application/x-dosexec", "内容却是程序"),
    ],
)
def test_a_wrong_ending_is_told(name: str, media: str, told: str | None) -> None:
    remark = name_contradicts(name, media)
    assert remark is None if told is None else told in (remark or "")
