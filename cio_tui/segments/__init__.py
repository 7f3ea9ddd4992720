"""Segments: conditions over people and what they did, who meets them, why, and when that changes (domain.md 4)."""
