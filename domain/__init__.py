"""Decisions: pure, without a clock and without I/O."""
