"""The TOML files of a pack: read, laid over those of the language that the pack inherits from, and given their shape."""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from kawat.errors import PackError
from kawat.lexicon.raw import Raw

_INHERITS = re.compile(r'^inherits *= *"([^"]+)"', re.M)


def decode_file(path: Path, kind: type[Raw]) -> Any:
    """One pack file, with what it inherits, as its Struct. Raises PackError with file, entry and key."""
    rows = [_toml(p) for p in sources(path)]
    if not rows:
        raise PackError(f"{_name(path)}: file is missing")
    try:
        raw = functools.reduce(overlay, reversed(rows))
    except PackError as e:
        raise PackError(f"{_name(path)}: {e}") from e
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as e:
        raise PackError(f"{_name(path)}: {_place(raw, str(e))}") from e


def sources(path: Path) -> list[Path]:
    """The files that a pack file is made of: its own, where it exists, then those of the languages it inherits from."""
    return [p for folder in _line(path.parent) if (p := folder / path.name).exists()]


def own_rows(path: Path, table: str, rows: list[Any]) -> list[Any]:
    """Those of `rows` that stand in the file itself, not in one that it inherits from, with the examples that it has for them."""
    own = {_key(row): row for row in _written(path, table)}
    out = []
    for r in rows:
        row = msgspec.structs.asdict(r)
        if here := own.get(_key(row)) or own.get(_added_key(row)):
            out.append(msgspec.structs.replace(r, yes=here.get("yes", []), no=here.get("no", [])))
    return out


def shared_forms(path: Path, table: str, rows: list[Any]) -> Iterator[tuple[str, str, str]]:
    """Forms that an entry of the file itself and another of `rows`, an inherited one, both have where no needs part them.

    Each with the two entries' lemmas.
    """
    own = _written(path, table)
    mine = {(row["lemma"], row.get("type", "")) for row in own}
    inherited: dict[tuple[str, str], str] = {}
    for row in map(msgspec.structs.asdict, rows):
        if (row["lemma"], row.get("type", "")) not in mine and not row.get("needs"):
            inherited |= {(form, _class(row)): row["lemma"] for form in (row["lemma"], *row["forms"])}
    whole = {(r.lemma, getattr(r, "type", "")): msgspec.structs.asdict(r) for r in rows}
    for row in own:
        full = whole[row["lemma"], row.get("type", "")]
        for form in () if full.get("needs") else (*(() if row.get("adds") else (row["lemma"],)), *row.get("forms", ())):
            if other := inherited.get((form, _class(full))):
                yield form, row["lemma"], other


def _class(row: dict[str, Any]) -> str:
    return str(row.get("kind") or row.get("pos"))


def _written(path: Path, table: str) -> list[dict[str, Any]]:
    return _toml(path).get(table, []) if path.exists() else []


def overlay(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """`above` laid over `below`.

    Rows of the same key replace, or where they say `adds = true` are laid over the row that they replace; other rows and words are
    added; words, rows and keys of tables that stand under `without` are taken out. Raises PackError where there is nothing to add to
    or to take out.
    """
    out = dict(below)
    for key, names in above.get("without", {}).items():
        out[key] = _left(key, out.get(key, []), names)
    for key, value in above.items():
        old = out.get(key)
        if key == "without":
            continue
        if isinstance(value, dict) and isinstance(old, dict):
            out[key] = overlay(old, value)
        elif isinstance(value, list) and isinstance(old, list):
            rest = list(old)
            mine = [_added(row, rest) for row in value]
            known = {_key(row) for row in mine}
            out[key] = [*mine, *(row for row in rest if _key(row) not in known)]
        else:
            out[key] = value
    return out


def _left(key: str, old: Any, names: list[str]) -> Any:
    """A list or table without the words, rows (by `id` or `lemma`) or keys in `names`."""
    for name in names:
        if name not in (old if isinstance(old, dict) else [_name_of(row) for row in old]):
            raise PackError(f"without: {key}: {name!r} is not inherited")
    if isinstance(old, dict):
        return {k: v for k, v in old.items() if k not in names}
    return [row for row in old if _name_of(row) not in names]


def _added(row: Any, rest: list[Any]) -> Any:
    """A row that `adds` to one of `rest`, laid over that one, which leaves `rest`; any other row as it is."""
    if not isinstance(row, dict) or not row.get("adds"):
        return row
    at = next((k for k, r in enumerate(rest) if _added_key(r) == _key(row)), None)
    if at is None:
        raise PackError(f"{_name_of(row)}: there is no entry below that it could add to")
    return overlay(rest.pop(at), {k: v for k, v in row.items() if k != "adds"})


def _line(folder: Path) -> Iterator[Path]:
    """The folder of a pack and those of its ancestors."""
    yield folder
    head = folder / "pack.toml"
    found = _INHERITS.search(head.read_text("utf-8")) if head.exists() else None  # not parsed: this runs at every start
    parent = found[1] if found else ""
    if parent == folder.name or (parent and not (folder.parent / parent / "pack.toml").exists()):
        raise PackError(f"{_name(head)}: pack: inherits: there is no other pack {parent!r}")
    if parent:
        yield from _line(folder.parent / parent)


def _key(row: Any) -> str:
    """What two rows have in common that mean the same entry; a row without a name of its own is compared whole.

    The needs of an entry are part of it: two of one name stand apart by them. A row that `adds` means the entry whatever it needs.
    """
    if not isinstance(row, dict):
        return str(row)
    return _added_key(row) if row.get("adds") else f"{_name_of(row)} {row.get('type', '')} {' '.join(row.get('needs', ()))}"


def _added_key(row: Any) -> str:
    return f"+{_name_of(row)} {row.get('type', '')}" if isinstance(row, dict) else str(row)


def _name_of(row: Any) -> str:
    return str((isinstance(row, dict) and (row.get("id") or row.get("lemma"))) or row)


def _toml(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text("utf-8")
        raw = tomllib.loads(text)
    except OSError as e:
        raise PackError(f"{_name(path)}: cannot be read: {e.strerror}") from e
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as e:
        raise PackError(f"{_name(path)}: {e}") from e
    if unicodedata.normalize("NFC", text) != text:
        raise PackError(f"{_name(path)}: not in Unicode form NFC; normalise the file")
    return raw


def _name(path: Path) -> str:
    return f"packs/{path.parent.name}/{path.name}"


def _place(raw: dict[str, Any], message: str) -> str:
    """msgspec's `$.cue[13].order` as `cue 14 (lemma)`, with the rest of its message."""
    found = re.search(r"`\$\.(\w+)\[(\d+)\](.*?)`", message)
    if not found:
        return message
    table, index, key = found[1], int(found[2]), found[3].lstrip(".")
    row = raw[table][index]
    label = next((row[k] for k in ("id", "lemma", "name") if k in row), "") if isinstance(row, dict) else ""
    return f"{table} {index + 1} ({label}): {key or 'entry'}: {message.split(' - ')[0]}"
