"""Scoring a self-evaluation (绩效自评, rules §8): weights, rows, execution, total and rating."""
