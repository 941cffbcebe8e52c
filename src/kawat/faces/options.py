"""What several commands let a user set, and what it is as values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click


class Form(click.ParamType):  # type: ignore[type-arg,unused-ignore]
    """The name of a source; the list of them is looked up when it is needed."""

    name = "form"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from kawat.sources.registry import BY_NAME

        if value not in BY_NAME:
            self.fail(f"{value!r} is none of {', '.join(BY_NAME)}", param, ctx)
        return value


def _fields(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """`KEY=NAME` -> our key -> the input's name for it."""
    if not values:
        return {}
    from kawat.sources.rows import KEYS

    fields: dict[str, str] = {}
    for pair in (p for value in values for p in value.split(",")):
        key, sign, name = (part.strip() for part in pair.partition("="))
        if not sign or not name:
            raise click.BadParameter(f"{pair!r} is not of the shape KEY=NAME, e.g. text=body,published=date")
        if key not in KEYS:
            raise click.BadParameter(f"{key!r} is no key of a report; there are {', '.join(KEYS)}")
        if fields.setdefault(key, name) != name:
            raise click.BadParameter(f"{key!r} is given twice")
    return fields


def input_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--from` and `--map`, as `source` and `fields`."""
    command = click.option(
        "--map", "fields", multiple=True, callback=_fields, metavar="KEY=NAME",
        help="What the input calls a key, e.g. text=body,published=date; dots reach into nested objects.",
    )(command)  # fmt: skip
    return click.option(
        "--from", "source", type=Form(), metavar="FORM", help="text, jsonl, csv, parquet, html, warc …; else told from name and content."
    )(command)


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
