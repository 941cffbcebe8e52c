"""The family of errors. Finding nothing is an empty result, not an error."""


class KawatError(Exception):
    """Base of all errors that Kawat raises on purpose."""


class SourceError(KawatError):
    """An input could not be read as a report. The message names file and line."""


class PackError(KawatError):
    """A language pack is faulty. The message names file, entry and key."""
