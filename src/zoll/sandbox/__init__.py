"""Runs a parser on hostile bytes, in a child process with limits."""

from zoll.sandbox.limits import Failure, Limits
from zoll.sandbox.pool import Pool

__all__ = ["Failure", "Limits", "Pool"]
