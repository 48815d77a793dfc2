"""What parsers of containers raise."""


class Broken(ValueError):
    """Bytes that do not follow their format. `reason`: truncated, malformed, encrypted, unsupported."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail
