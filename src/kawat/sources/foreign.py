"""Files that hold no reports as they are: told by how they begin, and what to do with them."""

from __future__ import annotations

import os

from kawat.sources.packed import OTHERS

DATABASE = b"SQLite format 3\0"
_LOGS = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")  # how the -wal beside a database begins
_BESIDE = ("-wal", "-shm", "-journal")
_TAR = slice(257, 262)  # where a tar archive says so
_ZIP_NAME = slice(30, 120)  # the name of the first file in a zip, and how an uncompressed one begins
_OFFICE = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"word/", b"xl/", b"mimetypeapplication/vnd.oasis.")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def foreign(first: bytes) -> str | None:
    """What content is that begins so, and what to do, as a message; None for what may hold reports."""
    if first.startswith((DATABASE, *_LOGS)):
        return "is a database (SQLite), not a report; what a store holds is shown by kawat events and kawat search"
    if first.startswith(b"%PDF-"):
        return "is PDF: make text of it first, e.g. pdftotext FILE.pdf"
    if first.startswith(b"{\\rtf"):
        return "is RTF: save it as text first"
    if first.startswith(_OLD_OFFICE) or (first.startswith(b"PK\x03\x04") and first[_ZIP_NAME].startswith(_OFFICE)):
        return "is a document of an office program (docx, xlsx, odt or the like): save it as text, HTML or CSV first"
    other = next((name for magic, name in OTHERS.items() if first.startswith(magic)), None)
    if other or first[_TAR] == b"ustar":
        return f"is a {other or 'tar'} archive: unpack it first, and name the folder"
    return None


def of_database(path: str) -> bool:
    """Whether a file is a database, or what SQLite keeps beside one. False for what cannot be opened: who reads it tells that."""
    base = next((path.removesuffix(end) for end in _BESIDE if path.endswith(end)), path)
    if not os.path.isfile(base):  # a pipe would keep us waiting
        return False
    try:
        with open(base, "rb", buffering=0) as file:
            return file.read(len(DATABASE)) == DATABASE
    except (OSError, ValueError):
        return False
