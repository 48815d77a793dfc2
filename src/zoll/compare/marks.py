"""What a comparison says of a fact besides its value, as traits."""

from collections.abc import Mapping

MOST = 80


def marks(traits: Mapping[str, str], most: int = MOST) -> tuple[str, ...]:
    r"""Return traits as facts hold them: in order, on one line, at most so long, none that says nothing.

    >>> marks({"op": "==", "about": "", "call": "verify(a,\n  b)"})
    ('call:verify(a, b)', 'op:==')
    """
    return tuple(sorted(f"{name}:{' '.join(text.split())[:most]}" for name, text in traits.items() if text))
