"""The TOML files of a pack: read, laid over those of the language that the pack inherits from, and given their shape."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from kawat.errors import PackError
from kawat.lexicon.schema import Raw

_INHERITS = re.compile(r'^inherits *= *"([^"]+)"', re.M)


def decode_file(path: Path, kind: type[Raw]) -> Any:
    """One pack file, with what it inherits, as its Struct. Raises PackError with file, entry and key."""
    rows = [_toml(p) for p in sources(path)]
    if not rows:
        raise PackError(f"{_name(path)}: file is missing")
    raw = rows[-1]
    for own in reversed(rows[:-1]):
        raw = overlay(raw, own)
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as e:
        raise PackError(f"{_name(path)}: {_place(raw, str(e))}") from e


def sources(path: Path) -> list[Path]:
    """The files that a pack file is made of: its own, where it exists, then those of the languages it inherits from."""
    return [p for folder in _line(path.parent) if (p := folder / path.name).exists()]


def own_rows(path: Path, table: str, rows: list[Any]) -> list[Any]:
    """Those of `rows` that stand in the file itself, not in one that it inherits from."""
    own = {_key(row) for row in _toml(path).get(table, [])} if path.exists() else set()
    return [r for r in rows if _key(msgspec.structs.asdict(r)) in own]


def overlay(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """`above` laid over `below`: rows of the same key replace, other rows and words are added, words under `without` are taken out."""
    out = dict(below)
    for key, words in above.get("without", {}).items():
        out[key] = [w for w in out.get(key, []) if w not in words]
    for key, value in above.items():
        old = out.get(key)
        if key == "without":
            continue
        if isinstance(value, dict) and isinstance(old, dict):
            out[key] = overlay(old, value)
        elif isinstance(value, list) and isinstance(old, list):
            known = {_key(row) for row in value}
            out[key] = [*value, *(row for row in old if _key(row) not in known)]
        else:
            out[key] = value
    return out


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
    """What two rows have in common that mean the same entry; a row without a name of its own is compared whole."""
    if not isinstance(row, dict):
        return str(row)
    name = row.get("id") or row.get("lemma") or str(row)
    return f"{name} {row.get('type', '')} {' '.join(row.get('needs', ()))}"


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
