"""JSON objects as reports, as JSON Lines and JSON files hold them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from kawat.errors import SourceError
from kawat.sources.item import Item
from kawat.sources.rows import Row, item_of, mapped, reached, shown
from kawat.sources.text import CONVERT

_BAD = (msgspec.DecodeError, RecursionError)  # a ValidationError is a DecodeError


class Objects:
    """The objects of one input. `fields`: our key -> the input's name for it; which of these names no object has is told at the end, for
    one that some have not is a key like any other."""

    def __init__(self, place: str, fields: Mapping[str, str], unit: str) -> None:
        self._place, self._fields, self._unit = place, fields, unit
        self._plain, self._loose = msgspec.json.Decoder(Row), msgspec.json.Decoder(dict[str, Any])
        self._unmet = dict(fields)
        self._keys: tuple[str, ...] = ()  # of the first object

    def item(self, raw: bytes | msgspec.Raw, number: int) -> Item | SourceError:
        """One object, encoded, as an item; what is none comes out as a SourceError. `number` is its place, counted from 1."""
        try:
            row = self._mapped(raw) if self._fields else self._plain.decode(raw)
            if row.text is None and row.html is None:
                raise SourceError(self._without_text(raw))
        except SourceError as e:
            return SourceError(e.reason, f"{self._place}, {self._unit} {number}")
        except UnicodeDecodeError:
            return SourceError(f"is not UTF-8; {CONVERT}", f"{self._place}, {self._unit} {number}")
        except _BAD as e:
            return SourceError(f"not a report: {e}", f"{self._place}, {self._unit} {number}")
        return item_of(row, self._place, number, self._unit)

    def unmet(self) -> Iterator[SourceError]:
        """The names of `fields` that no object had, if there were objects; a text without which there is no report was told with each."""
        for key, name in self._unmet.items():
            if self._keys and key not in ("text", "html"):
                yield SourceError(
                    f"nothing stands under {name!r} anywhere, which --map names for {key}; the first keys are {shown(self._keys)}",
                    self._place,
                )

    def _mapped(self, raw: bytes | msgspec.Raw) -> Row:
        given = self._loose.decode(raw)
        self._keys = self._keys or tuple(given)
        self._unmet = {k: n for k, n in self._unmet.items() if reached(given, n) is None}
        return msgspec.convert(mapped(given, self._fields), Row)

    def _without_text(self, raw: bytes | msgspec.Raw) -> str:
        given = self._loose.decode(raw)
        there = f"its keys are {shown(given)}"
        if name := self._fields.get("text") or self._fields.get("html"):
            return f"no text: nothing stands under {name!r}, which --map names; {there}"
        if self._unit == "line" and any(isinstance(v, list) and v and isinstance(v[0], dict) for v in given.values()):
            return f"no text: has neither `text` nor `html`; {there}: if one of them holds a list of reports, say --from json"
        return f"no text: has neither `text` nor `html`; {there}: say which one holds the text, as --map text=NAME"
