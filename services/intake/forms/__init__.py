"""Grids to declarations: label driven, with the vocabulary as data."""
