"""Load, check and compile language packs; keep the compiled form in a cache by content."""

from __future__ import annotations

import contextlib
import functools
import gc
import hashlib
import os
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from platformdirs import user_cache_dir

from kawat.errors import PackError
from kawat.lexicon import compile as compiling
from kawat.lexicon.compile import PackData, compile_pack
from kawat.lexicon.match import kinds_of
from kawat.lexicon.schema import LANGUAGE_FILES, Raw
from kawat.lexicon.world import WORLD_FILES

ROOT = Path(__file__).parent / "packs"


class Pack:
    """A compiled pack ready for use: tables of `PackData` plus the automaton and quick look-ups."""

    def __init__(self, data: PackData) -> None:
        from ahocorasick_rs import AhoCorasick

        self.data = data
        self.language = data.language
        self.version = data.version
        self.patterns = data.patterns
        self.entries = data.entries
        self.plain: dict[int, frozenset[str] | None] = {}  # patterns met so far: kinds of those that any case fits, else None
        self.automaton = AhoCorasick(data.patterns, store_patterns=False)
        self.spaced = data.head.pack.script not in {"han"}
        self.state = {s.id: s for s in data.states}
        self.scores = {t.name: t for t in data.plover.type}
        self.forms = dict(zip(self.patterns, self.entries, strict=True))
        self.counts = frozenset([*data.glue.plural_markers, *data.glue.indefinite, *data.times.numbers])
        self.office = {o.id: o for o in data.offices.office}
        self.body = {b.id: b for b in data.bodies}
        self.ordinary = frozenset(o.id for o in data.offices.office if o.ordinary)
        self.heads = frozenset(data.institutions.heads)
        self.unions = frozenset(s.id for s in data.states if s.actor)
        self.world_office = {o.id: o for o in data.world_offices}
        self.verb_shape = re.compile(data.head.shapes.verb) if data.head.shapes.verb else None
        self.verbs = frozenset(data.head.shapes.verbs)
        self.not_verbs = frozenset(data.head.shapes.not_verbs)
        self.outlet_by_domain = {d: o for o in data.outlets for d in o.domains}

    def plain_kinds(self, index: int) -> frozenset[str] | None:
        """The kinds of a pattern's entries, where all of them fit in any case; None where case decides."""
        row = self.entries[index]
        kinds = kinds_of(row) if all(not e.case for e in row) else None
        self.plain[index] = kinds
        return kinds

    def state_name(self, ident: str) -> str:
        """The usual English name of a state, or its id where it has none."""
        row = self.state.get(ident)
        return row.name if row else ident

    def score(self, type_: str, mode: str) -> float:
        """PLOVER's conflict-cooperation score of an event type and mode, -10 to +10."""
        row = self.scores.get(type_)  # type: ignore[call-overload]
        return row.scores.get(mode, row.score) if row else 0.0


def languages() -> list[str]:
    """Languages that have a pack, sorted."""
    return sorted(p.name for p in ROOT.iterdir() if p.is_dir() and p.name != "world" and (p / "pack.toml").exists())


@functools.cache
def load(language: str) -> Pack:
    """The pack of `language`. Raises PackError where there is none or it is faulty."""
    if language not in languages():
        raise PackError(f"no pack for language {language!r}; there are: {', '.join(languages())}")
    files = _files(language)
    version = _digest(files)
    cached = _cache_path(language, version)
    with no_collection():
        return Pack(_from_cache(cached) or _compiled(language, version, cached))


def _compiled(language: str, version: str, cached: Path) -> PackData:
    data = compile_pack(language, version, _decode(language, LANGUAGE_FILES), _decode("world", WORLD_FILES))
    _to_cache(cached, data)
    return data


@contextlib.contextmanager
def no_collection() -> Iterator[None]:
    """No garbage collection meanwhile: for loading a pack, whose objects all stay, and for one report, whose objects are soon gone."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _files(language: str) -> list[Path]:
    own = [ROOT / language / f"{name}.toml" for name in LANGUAGE_FILES]
    world = [ROOT / "world" / f"{name}.toml" for name in WORLD_FILES]
    return own + world


def _digest(files: list[Path]) -> str:
    """Hash of pack files and of the code that compiles them: 12 hex digits."""
    code = Path(compiling.__file__).parent
    total = hashlib.sha256()
    for path in [*files, *sorted(code.glob("*.py"))]:
        if not path.exists():
            raise PackError(f"{_name(path)}: file is missing")
        total.update(path.read_bytes())
    return total.hexdigest()[:12]


def _name(path: Path) -> str:
    return f"packs/{path.parent.name}/{path.name}"


def _cache_path(language: str, version: str) -> Path:
    return Path(os.environ.get("KAWAT_CACHE") or user_cache_dir("kawat")) / f"{language}-{version}.msgpack"


def _from_cache(path: Path) -> PackData | None:
    try:
        return msgspec.msgpack.decode(path.read_bytes(), type=PackData)
    except (OSError, msgspec.DecodeError):
        return None


def _to_cache(path: Path, data: PackData) -> None:
    """Write the cache whole or not at all; a cache that cannot be written costs time, nothing else."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for old in path.parent.glob(f"{data.language}-*.msgpack"):
            old.unlink(missing_ok=True)
        part = path.with_suffix(f".{os.getpid()}")
        part.write_bytes(msgspec.msgpack.encode(data))
        part.replace(path)
    except OSError:
        return


def _decode(folder: str, kinds: dict[str, type[Raw]]) -> dict[str, Any]:
    return {name: decode_file(ROOT / folder / f"{name}.toml", kind) for name, kind in kinds.items()}


def decode_file(path: Path, kind: type[Raw]) -> Any:
    """One pack file as its Struct. Raises PackError with file, entry and key."""
    try:
        text = path.read_text("utf-8")
        raw = tomllib.loads(text)
    except OSError as e:
        raise PackError(f"{_name(path)}: cannot be read: {e.strerror}") from e
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as e:
        raise PackError(f"{_name(path)}: {e}") from e
    if unicodedata.normalize("NFC", text) != text:
        raise PackError(f"{_name(path)}: not in Unicode form NFC; normalise the file")
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as e:
        raise PackError(f"{_name(path)}: {_place(raw, str(e))}") from e


def _place(raw: dict[str, Any], message: str) -> str:
    """msgspec's `$.cue[13].order` as `cue 14 (lemma)`, with the rest of its message."""
    found = re.search(r"`\$\.(\w+)\[(\d+)\](.*?)`", message)
    if not found:
        return message
    table, index, key = found[1], int(found[2]), found[3].lstrip(".")
    row = raw[table][index]
    label = next((row[k] for k in ("id", "lemma", "name") if k in row), "") if isinstance(row, dict) else ""
    return f"{table} {index + 1} ({label}): {key or 'entry'}: {message.split(' - ')[0]}"
