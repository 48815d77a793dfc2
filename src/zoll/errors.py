"""The exceptions.

ZollError             the caller can act: one line that says what and what to do; doors catch it, exit 2
├── BadInput          a source that is not there, not readable or not understood
├── CannotFetch       a package URL that the user's index or archive did not give
└── BadSetting        a setting, rule or data file that makes no sense
CannotRead            raised by openers and parsers on hostile or broken bytes; the pipeline turns it into a Gap
"""


class ZollError(Exception):
    """Something the caller can mend; its text says what and what to do."""


class BadInput(ZollError):
    """A source that is not there, not readable or not understood."""


class CannotFetch(ZollError):
    """A package URL that the user's own index or archive did not give."""


class BadSetting(ZollError):
    """A setting, rule or data file that makes no sense."""


class CannotRead(Exception):
    """Bytes that could not be opened or parsed; `reason` is a gap's reason.

    Reasons: encrypted, truncated, malformed, depth, parts, bytes, ratio, time, unsupported, missing.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail
