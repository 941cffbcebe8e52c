"""An item as a report."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from kawat.errors import SourceError
from kawat.records import Report
from kawat.sources.item import Found, Item, Page
from kawat.sources.open import open_all
from kawat.sources.options import Options
from kawat.sources.text import stem
from kawat.sources.urls import plain_url

_PLAIN = Options()


class Reports:
    """Reports of files, folders, URLs and standard input (-). Iterating gives one at a time; what cannot be read comes out as a
    SourceError. A store takes them with all that their sources know of them."""

    def __init__(self, *names: str, options: Options = _PLAIN, form: str | None = None) -> None:
        self._names, self._options, self._form = names, options, form

    def found(self) -> Iterator[Found]:
        """What the sources yield, pages still as they came."""
        return open_all(self._names, self._options, self._form)

    def __iter__(self) -> Iterator[Report | SourceError]:
        for found in self.found():
            if isinstance(found, Item):
                yield report_of(found)
            elif isinstance(found, SourceError):
                yield found


reports = Reports


def key_of(item: Item, report: Report) -> str | None:
    """What stays the same when the report's text changes: the URL that its page names, else what the source said; None where only the
    text itself is left."""
    if isinstance(item.content, Page) and report.url:
        return plain_url(report.url)
    return item.key


def report_of(item: Item) -> Report | SourceError:
    """The report of an item; a page is turned into one here. A page that holds no article comes out as a SourceError."""
    if isinstance(item.content, Report):
        return item.content
    from kawat.sources.article import article

    try:
        report = _language_checked(article(item.content))
        return report if item.content.id or report.url else msgspec.structs.replace(report, id=stem(item.place))
    except SourceError as e:
        return SourceError(e.reason, item.place)


def _language_checked(report: Report) -> Report:
    """A page's word for its language counts as long as its text does not plainly belie it."""
    from kawat import packs
    from kawat.documents import language  # a later stage: only here is there both a page's word and its text

    found = language.belied(report.text, report.language, packs.languages(), packs.kin) if report.language else None
    return msgspec.structs.replace(report, language=found) if found else report
