"""Specimens of the review: for every check what it finds, what it passes, and its fix."""
