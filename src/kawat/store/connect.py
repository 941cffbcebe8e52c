"""Opening a store's file: its form, its version, and what SQLite's errors mean for people."""

from __future__ import annotations

import contextlib
import re
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from kawat.errors import StoreError

APPLICATION = 0x4B415754  # "KAWT", SQLite's application_id
FOLDER = Path(__file__).parent
_PAUSE = 0.05  # seconds between two tries
_PATIENCE = 60.0  # seconds to wait for another writer
_NUMBER = re.compile(r"(\d{4})_\w+\.sql")


def migrations(folder: Path = FOLDER / "migrations") -> dict[int, str]:
    """The SQL that leads to each version of the schema: version -> script. Version 1 is schema.sql, 2 and on are migrations/NNNN_*.sql."""
    found = {1: (FOLDER / "schema.sql").read_text("utf-8")}
    for path in sorted(folder.glob("*.sql")) if folder.is_dir() else ():
        number = _NUMBER.fullmatch(path.name)
        if number:
            found[int(number[1])] = path.read_text("utf-8")
    return found


def write_to(path: Path, steps: dict[int, str] | None = None) -> sqlite3.Connection:
    """A connection that may write. The file is made if it is not there, and brought to the newest version if it is older. Raises
    StoreError."""
    steps = steps or migrations()
    with told(path):
        if not path.parent.is_dir():
            raise StoreError(f"{path}: the folder {path.parent} is not there")
        db = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None, cached_statements=256)
        try:
            _check(db, path, max(steps))
            _migrate(db, steps)
            _with_log(db)
            db.execute("PRAGMA synchronous = NORMAL")
            db.execute("PRAGMA wal_autocheckpoint = 16000")  # pages, 64 MB; a report touches many of those of the last
            db.execute("PRAGMA cache_size = -65536")
            db.execute("PRAGMA temp_store = MEMORY")
        except BaseException:
            db.close()
            raise
    return db


def _with_log(db: sqlite3.Connection) -> None:
    """WAL. SQLite does not wait by itself where another process is about the same."""
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as e:
            if not e.sqlite_errorname.startswith("SQLITE_BUSY") or time.monotonic() > end:
                raise
            time.sleep(_PAUSE)


def read_from(path: Path, shared: bool = False) -> sqlite3.Connection:
    """A connection that only reads, while another process may write. `shared`: several threads use it, in turn. Raises StoreError."""
    if not path.is_file():
        raise StoreError(f"{path}: no such store; kawat add makes one")
    with told(path):
        db = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=_PATIENCE, isolation_level=None, check_same_thread=not shared
        )
        try:
            db.execute("SELECT count(*) FROM sqlite_schema")
        except sqlite3.OperationalError as e:  # on a medium that cannot be written there is no place for the index of the log
            db.close()
            if not e.sqlite_errorname.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY")) or _unfinished(path):
                raise
            db = sqlite3.connect(f"{path.resolve().as_uri()}?immutable=1", uri=True, isolation_level=None, check_same_thread=not shared)
        newest = max(migrations())
        version = _check(db, path, newest)
        if version < newest:
            db.close()
            raise StoreError(
                f"{path}: a store of version {version or 'none'}; open it once for writing (kawat add) to bring it to version {newest}"
            )
        db.execute("PRAGMA cache_size = -65536")
    return db


def _unfinished(path: Path) -> bool:
    """Whether a log beside the file holds what is not in it yet."""
    log = path.with_name(f"{path.name}-wal")
    return log.is_file() and log.stat().st_size > 0


def _check(db: sqlite3.Connection, path: Path, newest: int) -> int:
    """The version of a store, 0 where the file is empty. Raises StoreError where it is none or newer than this Kawat."""
    db.execute("BEGIN")  # another process may be making it: all three of one moment
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    application = db.execute("PRAGMA application_id").fetchone()[0]
    filled = db.execute("SELECT 1 FROM sqlite_schema").fetchone()
    db.execute("COMMIT")
    if application != APPLICATION and (application or filled):
        raise StoreError(f"{path}: an SQLite file, but no store of Kawat: name another file")
    if version > newest:
        raise StoreError(f"{path}: a store of version {version}, this Kawat knows {newest}: install a newer Kawat; nothing was changed")
    return version


def _migrate(db: sqlite3.Connection, steps: dict[int, str]) -> None:
    """Each step is one transaction, and another process may be about the same."""
    for number in sorted(steps):
        if db.execute("PRAGMA user_version").fetchone()[0] >= number:
            continue
        with transaction(db):
            if db.execute("PRAGMA user_version").fetchone()[0] < number:
                for statement in _statements(steps[number]):
                    db.execute(statement)
                db.execute(f"PRAGMA application_id = {APPLICATION}")
                db.execute(f"PRAGMA user_version = {number}")


@contextlib.contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All that is written in the block, or nothing."""
    try:
        db.execute("BEGIN IMMEDIATE")
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:  # a full disk ends it by itself
            db.execute("ROLLBACK")
        raise


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """SQLite's errors as StoreErrors that say what to do."""
    try:
        yield
    except sqlite3.DatabaseError as e:
        raise StoreError(f"{path}: {_meaning(e)}") from e


def _meaning(error: sqlite3.DatabaseError) -> str:
    text = str(error)
    name = getattr(error, "sqlite_errorname", "")
    for code, meaning in _MEANINGS.items():
        if name.startswith(code):
            return meaning
    return text


_MEANINGS = {
    "SQLITE_FULL": "the disk is full: what was added before stands; make room and start again",
    "SQLITE_IOERR": "cannot be written (is the disk full?): what was added before stands; start again when it can",
    "SQLITE_READONLY": "cannot be written: the file or its folder is read-only",
    "SQLITE_CANTOPEN": "cannot be opened: is the folder there, and may it be written?",
    "SQLITE_BUSY": "another process has kept it locked for a minute: start again when that is done",
    "SQLITE_NOTADB": "no store of Kawat: name another file",
    "SQLITE_CORRUPT": "damaged: keep a copy of it, then save what can be saved with `sqlite3 STORE .recover`",
}
