"""Compiled packs in a cache by content, written whole or not at all."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar, overload

import msgspec

from kawat.errors import PackError

T = TypeVar("T")


class Rows(Sequence[T]):
    """A table of the cache whose rows are decoded when they are first asked for: a report needs few of them."""

    def __init__(self, raw: list[bytes], kind: type[T]) -> None:
        self._raw = raw
        self._decode: Callable[[bytes], T] = msgspec.msgpack.Decoder(kind).decode
        self._rows: list[T | None] = [None] * len(raw)

    def __len__(self) -> int:
        return len(self._raw)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> list[T]: ...
    def __getitem__(self, index: int | slice) -> T | list[T]:
        if isinstance(index, slice):
            return [self[k] for k in range(*index.indices(len(self)))]
        row = self._rows[index]
        if row is None:
            row = self._rows[index] = self._decode(self._raw[index])
        return row


def raw_rows(rows: Iterable[Any]) -> list[bytes]:
    """Rows as `Rows` takes them."""
    return [msgspec.msgpack.encode(r) for r in rows]


def digest(files: Iterable[Path]) -> str:
    """Hash of pack files and of the code that compiles them: 12 hex digits. Raises PackError where a file is missing."""
    total = hashlib.sha256()
    for path in [*files, *sorted(Path(__file__).parent.glob("*.py"))]:
        try:
            total.update(path.read_bytes())
        except OSError as e:
            raise PackError(f"packs/{path.parent.name}/{path.name}: cannot be read: {e.strerror}") from e
    return total.hexdigest()[:12]


def cached(name: str, version: str, kind: type[T], make: Callable[[], T]) -> T:
    """What the cache holds under `name` and `version`; else what `make` gives, put there for the next time.

    A cache that cannot be read or written costs time, nothing else.
    """
    from platformdirs import user_cache_dir

    path = Path(os.environ.get("KAWAT_CACHE") or user_cache_dir("kawat")) / f"{name}-{version}.msgpack"
    try:
        return msgspec.msgpack.decode(path.read_bytes(), type=kind)
    except (OSError, msgspec.DecodeError):
        made = make()
        _write(path, name, made)
        return made


def _write(path: Path, name: str, data: Any) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for old in path.parent.glob(f"{name}-*.msgpack"):
            old.unlink(missing_ok=True)
        part = path.with_suffix(f".{os.getpid()}")
        part.write_bytes(msgspec.msgpack.encode(data))
        part.replace(path)
    except OSError:
        return
