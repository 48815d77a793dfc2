"""zoll: customs for software upgrades."""

__version__ = "0.1.0"
