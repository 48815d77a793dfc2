"""Signals, bits, rank."""
