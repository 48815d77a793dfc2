"""lief without its words on the terminal, and with one kind of error."""

import warnings
from collections.abc import Callable
from typing import TypeVar

import lief

from zoll.parse.machine.image import BadExecutable

Answer = TypeVar("Answer")


def told(ask: Callable[[], Answer]) -> Answer:
    """Return what lief answers; raise BadExecutable where it stumbles over the bytes, as over names in no alphabet."""
    lief.logging.disable()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ask()
    except BadExecutable:
        raise
    except (ValueError, TypeError, RuntimeError, OverflowError, IndexError, AttributeError, KeyError) as error:
        raise BadExecutable(f"a head that cannot be read ({type(error).__name__})") from error


def text(name: str | bytes) -> str:
    """Return a name as text; lief hands over bytes where they are none."""
    return name if isinstance(name, str) else name.decode("utf-8", "backslashreplace")
