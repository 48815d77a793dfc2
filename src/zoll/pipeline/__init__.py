"""The only room that knows the order of the rooms."""

from zoll.pipeline.inspection import inspect
from zoll.pipeline.settings import Progress, Settings, Silence

__all__ = ["Progress", "Settings", "Silence", "inspect"]
