"""The sample year: a fictitious county's 2025, made by a seeded generator (演示数据，虚构)."""
