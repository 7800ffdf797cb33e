"""What policy chooses about passwords; words only, so that reading a setting costs nothing."""

from __future__ import annotations

from enum import StrEnum


class Scheme(StrEnum):
    """How new passwords are kept."""

    ARGON2ID = "argon2id"
    SM3 = "sm3"


class PasswordRules(StrEnum):
    """What a new password must be."""

    CLASSIFIED = "classified"
    """等级保护: at least 8 signs of three kinds, changed every 90 days, none of the last five."""
    ASVS = "asvs"
    """OWASP ASVS 5.0 level 2: at least 12 signs, none of the 3,000 commonest, no forced change."""
