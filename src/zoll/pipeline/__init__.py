"""The only room that knows the order of the rooms."""

from zoll.pipeline.inspection import inspect, seldom_collected
from zoll.pipeline.settings import Progress, Settings, Silence

__all__ = ["Progress", "Settings", "Silence", "inspect", "seldom_collected"]
