"""The family of errors. Finding nothing is an empty result, not an error."""


class KawatError(Exception):
    """Base of all errors that Kawat raises on purpose."""


class SourceError(KawatError):
    """An input could not be read as a report. `place` names it (file and line, or URL), `reason` says what is wrong."""

    def __init__(self, reason: str, place: str = "") -> None:
        super().__init__(reason, place)
        self.reason = reason
        self.place = place

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}" if self.place else self.reason


class PackError(KawatError):
    """A language pack is faulty. The message names file, entry and key."""


class StoreError(KawatError):
    """A store cannot be opened, read or written. The message names the file and says what to do."""


class MissingPartError(KawatError):
    """A library that Kawat uses for this is not installed. The message names the extra to install."""
