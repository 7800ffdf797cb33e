"""Files in: declaration forms, payments and achievements, read and compared."""
