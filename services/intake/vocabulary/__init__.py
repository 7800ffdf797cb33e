"""The words that tables are printed with, by kind of table: data in ``.toml`` files."""

from services.intake.vocabulary.words import (
    Vocabulary,
    is_personal,
    personal_words,
    vocabulary_of,
)

__all__ = ["Vocabulary", "is_personal", "personal_words", "vocabulary_of"]
