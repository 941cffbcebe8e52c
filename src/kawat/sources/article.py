"""A page -> a report: the article's text and what the page says about itself."""

from __future__ import annotations

import trafilatura

from kawat.errors import SourceError
from kawat.records import Report
from kawat.sources.item import Page


def article(page: Page) -> Report:
    """The report of a page. Raises SourceError where the page holds no article."""
    text = trafilatura.extract(page.body, fast=True, include_comments=False)
    if not text:
        raise SourceError("no article found in the page")
    return Report(id=page.url or "page", text=text, url=page.url, outlet=page.outlet, title=page.title, published=page.published)
