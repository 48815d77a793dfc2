"""Measure things."""
