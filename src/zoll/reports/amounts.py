"""Amounts in words: sizes, counts, shares, bits and expectations."""


def size(octets: int) -> str:
    """Return a size in the unit that people would say.

    >>> size(0), size(1536), size(65_200_000)
    ('0 B', '1.5 kB', '65.2 MB')
    """
    if octets < 1000:
        return f"{octets} B"
    amount, unit = octets / 1000, "kB"
    for larger in ("MB", "GB", "TB"):
        if amount < 999.5:  # what would round to 1000 belongs to the next unit
            break
        amount, unit = amount / 1000, larger
    return f"{amount:.1f} {unit}" if amount < 99.95 else f"{amount:.0f} {unit}"


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun.

    >>> count(1, "finding"), count(2310, "line")
    ('1 finding', '2,310 lines')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def share(part: int, whole: int) -> str:
    """Return a share in percent that never rounds something to nothing, nor nearly all to all.

    >>> share(1, 3), share(1, 10**6), share(999_999, 10**6), share(0, 0)
    ('33 %', '<0.1 %', '>99.9 %', '0 %')
    """
    percent = 100 * part / whole if whole else 0.0
    if 0 < percent < 0.1:
        return "<0.1 %"
    if 99.9 < percent < 100:
        return ">99.9 %"
    return f"{percent:.0f} %" if percent in (0, 100) or 10 <= percent <= 99 else f"{percent:.1f} %"


def expectation(expected: float) -> str:
    """Return in words how many changes this strong a clean upgrade of the same size and kind would show."""
    if expected < 0.001:
        return "a clean upgrade of this kind and size shows fewer than 0.001 changes this strong"
    noun = "change" if f"{expected:.2g}" == "1" else "changes"
    return f"a clean upgrade of this kind and size shows {_number(expected)} {noun} this strong"


def _number(amount: float) -> str:
    return f"{amount:,.0f}" if amount >= 9.5 else f"{float(f'{amount:.2g}'):g}"
