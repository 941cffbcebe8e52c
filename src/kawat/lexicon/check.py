"""What can be wrong with a pack beyond its shape: doubles, clashes, and examples that do not match."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kawat import packs
from kawat.errors import PackError
from kawat.lexicon.files import decode_file, own_rows, shared_forms, sources
from kawat.lexicon.raw import Raw
from kawat.lexicon.schema import LANGUAGE_FILES, OPTIONAL_FILES, Cue, OfficesFile, Trigger
from kawat.lexicon.world import WORLD_FILES
from kawat.lexicon.world_check import Message, check_world
from kawat.records import Report, When

_DAY = When(start="2024-11-13", end="2024-11-13", precision="day", basis="stated")


def check_packs(languages: tuple[str, ...]) -> Iterator[Message]:
    """All faults of the world pack and of `languages` (default: every pack), each with file, entry and key."""
    wanted = [lang for lang in languages or packs.languages() if lang != "world"]
    folders = [("world", WORLD_FILES), *((lang, LANGUAGE_FILES) for lang in wanted)]
    broken = False
    for folder, kinds in folders:
        files: dict[str, Any] = {}
        for name, kind in kinds.items():
            try:
                files[name] = decode_file(packs.ROOT / folder / f"{name}.toml", kind)
            except PackError as e:
                broken = True
                yield Message(str(e), True)
        yield from _unknown_files(folder, kinds)
        yield from _doubles(folder, files)
        if folder == "world":
            yield from check_world(files, _offices())
        elif not broken:
            yield from _shared(folder, files)
            yield from _examples(folder, files)
        yield Message(f"packs/{folder}: " + ", ".join(f"{n} {k}" for k, n in _sizes(files)), False)


def _unknown_files(folder: str, kinds: dict[str, type[Raw]]) -> Iterator[Message]:
    for path in sorted(Path(packs.ROOT / folder).glob("*.toml")):
        if path.stem not in kinds and (folder == "world" or path.stem not in OPTIONAL_FILES):
            yield Message(f"packs/{folder}/{path.name}: no such pack file; known are {', '.join(kinds)}", True)


def _rows(files: dict[str, Any]) -> Iterator[tuple[str, str, list[Any]]]:
    for name, file in files.items():
        for table in file.__struct_fields__:
            rows = getattr(file, table)
            if isinstance(rows, list) and rows and isinstance(rows[0], Raw):
                yield name, table, rows


def _sizes(files: dict[str, Any]) -> list[tuple[str, int]]:
    return [(table, len(rows)) for _, table, rows in _rows(files)]


def _doubles(folder: str, files: dict[str, Any]) -> Iterator[Message]:
    for name, table, rows in _rows(files):
        if table not in ("furniture", "folding", "inflection", "clitic", "organisation", "relation", "relative"):
            keys = Counter(_key(r) for r in rows)
            for key, n in keys.items():
                if n > 1:
                    yield Message(f"packs/{folder}/{name}.toml: {table} {key!r}: stands {n} times", True)
        for k, row in enumerate(rows, 1):
            yield from _words(f"packs/{folder}/{name}.toml: {table} {k} ({_key(row)})", row)


def _key(row: Any) -> str:
    ident = getattr(row, "id", None) or getattr(row, "lemma", None) or getattr(row, "name", None) or str(getattr(row, "names", ""))
    return f"{ident} {getattr(row, 'type', '')} {','.join(getattr(row, 'needs', []))}".strip()


def _shared(language: str, files: dict[str, Any]) -> Iterator[Message]:
    """Forms that an inherited entry has too: which of the two is read would be chance."""
    path = packs.ROOT / language
    if len(sources(path / "pack.toml")) > 1:
        for name, rows in (("cues", files["cues"].cue), ("triggers", files["triggers"].trigger)):
            for form, own, other in shared_forms(path / f"{name}.toml", name.removesuffix("s"), rows):
                yield Message(f"packs/{language}/{name}.toml: {own}: forms: {form!r} stands in the inherited entry {other!r} too", True)


def _words(where: str, row: Any) -> Iterator[Message]:
    for field in row.__struct_fields__:
        value = getattr(row, field)
        if isinstance(value, list) and value and all(isinstance(x, str) for x in value):
            for word, n in Counter(value).items():
                if n > 1:
                    yield Message(f"{where}: {field}: {word!r} stands twice", True)
                if word != word.strip():
                    yield Message(f"{where}: {field}: {word!r} has white space at its end", True)


def _offices() -> frozenset[str]:
    """The office ids of all languages whose office file can be read."""
    found: set[str] = set()
    for language in packs.languages():
        with contextlib.suppress(PackError):
            found |= {o.id for o in decode_file(packs.ROOT / language / "offices.toml", OfficesFile).office}
    return frozenset(found)


def _examples(language: str, files: dict[str, Any]) -> Iterator[Message]:
    """Every `yes` must make a record by its own entry, no `no` may. Inherited entries are checked where they stand."""
    for name, rows in (("cues", files["cues"].cue), ("triggers", files["triggers"].trigger)):
        misses = 0
        rows = own_rows(packs.ROOT / language / f"{name}.toml", name.removesuffix("s"), rows)
        for row in rows:
            for message in _entry_examples(language, name, row):
                misses += 1
                yield message
        total = sum(len(r.yes) + len(r.no) for r in rows)
        yield Message(f"packs/{language}/{name}.toml: {total - misses} of {total} examples read as they should", False)


def _entry_examples(language: str, name: str, row: Cue | Trigger) -> Iterator[Message]:
    rule = f"{language}/{name}:{row.lemma}"
    for sentence, wanted in [*((s, True) for s in row.yes), *((s, False) for s in row.no)]:
        if _fires(language, name, rule, sentence) != wanted:
            must = "must make" if wanted else "must not make"
            yield Message(f"packs/{language}/{name}.toml: {row.lemma}: {must} a record: {sentence}", True)
        elif not wanted and not _holds(language, rule, sentence):
            yield Message(f"packs/{language}/{name}.toml: {row.lemma}: holds no form of this entry, so it cannot fail: {sentence}", True)


def _holds(language: str, rule: str, sentence: str) -> bool:
    """A counterexample tests an entry only where one of its forms stands in it."""
    from kawat.lexicon.match import scan

    pack = packs.load(language)
    return any(e.rule == rule for hits in scan(pack.fold(sentence), pack).values() for h in hits for e in h.entries)


def _fires(language: str, name: str, rule: str, sentence: str) -> bool:
    from kawat.pipeline import read

    reading = read(Report(id="example", text=sentence, language=language, published=_DAY))
    records = reading.statements if name == "cues" else reading.events
    return any(r.rule == rule for r in records)
