"""Counted upgrades: from inspected cases, clean and hostile, to the bits that `judge.counts` adds."""
