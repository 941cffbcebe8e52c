"""Options that several commands have, as values."""

from __future__ import annotations

from typing import Any

import click


def given_of(published: str | None, outlet: str | None, url: str | None, language: str | None) -> dict[str, Any]:
    """What the user says of the input, as fields of a Report. Raises click.BadParameter for what is no date."""
    from kawat.sources.days import published_on

    given: dict[str, Any] = {k: v for k, v in (("outlet", outlet), ("url", url), ("language", language)) if v}
    if published:
        try:
            given["published"] = published_on(published)
        except ValueError as e:
            raise click.BadParameter(f"{published!r} is not a date such as 2024-11-13", param_hint="--published") from e
    return given
