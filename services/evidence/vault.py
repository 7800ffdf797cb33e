"""Where evidence files lie: a folder, each file encrypted under a key of its own.

A file is named by the SHA-256 of what is stored, so that its name proves it; the key is kept in
the database, never here. Whoever destroys the key makes the file unreadable, in every copy of
the folder there is, and its digest stays true.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.errors import MonitoringError
from services.database.ownership import belongs_to_folder, make_folder

_FORM = b"JXE1"
"""How a file begins: AES-256-GCM, 12 bytes of nonce, then the content with its tag."""
_NONCE = 12
_KEY_BITS = 256


class EvidenceDamagedError(MonitoringError):
    """A stored file is missing, or is not what was stored."""

    code = "evidence_damaged"

    def __init__(self, digest: str) -> None:
        super().__init__(
            f"佐证材料（校验值{digest[:12]}…）的存储文件缺失或已被改动，不能下载。请管理员从备份恢复数据目录。"
        )


@dataclass(frozen=True, slots=True)
class Sealed:
    """A stored file: the digest it is named by, and the key that opens it."""

    digest: str
    key: bytes


class Vault:
    """The folder ``evidence`` of the data folder."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / "evidence"

    @staticmethod
    def digest(data: bytes) -> str:
        """By which a content is known again, in hexadecimal digits."""
        return sha256(data).hexdigest()

    def seal(self, data: bytes) -> Sealed:
        """Store a file under a new key; it is on the disk when this returns."""
        key = AESGCM.generate_key(_KEY_BITS)
        nonce = os.urandom(_NONCE)
        stored = _FORM + nonce + AESGCM(key).encrypt(nonce, data, _FORM)
        digest = sha256(stored).hexdigest()
        self._write(self._place(digest), stored)
        return Sealed(digest, key)

    def unseal(self, sealed: Sealed) -> bytes:
        """The file as it was sent.

        Raises:
            EvidenceDamagedError: it is not there, or not what was stored.
        """
        start = len(_FORM) + _NONCE
        try:
            stored = self._place(sealed.digest).read_bytes()
            if sha256(stored).hexdigest() != sealed.digest:
                raise EvidenceDamagedError(sealed.digest)
            return AESGCM(sealed.key).decrypt(stored[len(_FORM) : start], stored[start:], _FORM)
        except (OSError, InvalidTag, ValueError) as problem:
            raise EvidenceDamagedError(sealed.digest) from problem

    def is_whole(self, digest: str) -> bool:
        """Whether a stored file is there and still what it is named by; no key is needed."""
        try:
            return sha256(self._place(digest).read_bytes()).hexdigest() == digest
        except OSError:
            return False

    def discard(self, digest: str) -> None:
        """Remove a stored file; one that is not there is removed already."""
        self._place(digest).unlink(missing_ok=True)

    def stored(self) -> list[str]:
        """The digests of all files that lie here."""
        return sorted(path.name for path in self._folder.glob("??/*") if not path.suffix)

    def _place(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest

    def _write(self, place: Path, stored: bytes) -> None:
        self._folder.parent.parent.mkdir(parents=True, exist_ok=True)
        for folder in (self._folder.parent, self._folder):
            make_folder(folder, 0o700)
        make_folder(place.parent, 0o700)
        waiting = place.with_suffix(f".{os.getpid()}-{os.urandom(4).hex()}")
        try:
            with waiting.open("xb") as file:
                os.fchmod(file.fileno(), 0o600)
                belongs_to_folder(file.fileno(), place.parent)
                file.write(stored)
                file.flush()
                os.fsync(file.fileno())
            waiting.rename(place)
        finally:
            waiting.unlink(missing_ok=True)
        _settle(place.parent)


def _settle(folder: Path) -> None:
    """Make sure that the name of a new file is on the disk, too."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
