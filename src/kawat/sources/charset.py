"""Bytes of a page -> text: by byte order mark, by what server and page say, by the bytes themselves.

What is declared is held against the bytes, for servers and templates are often wrong. Text that is valid UTF-8 is UTF-8; of the
others the declared encoding stands, unless another candidate reads clearly better (`oddness`).
"""

from __future__ import annotations

import codecs
import re

from kawat.errors import SourceError

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META = re.compile(rb"""<(?:meta\b|\?xml\b)[^>]{0,500}?(?:charset|encoding)\s*=\s*["']?\s*([\w:.-]+)""", re.IGNORECASE)
_TWO_BYTES = re.compile(rb"<\0[!A-Za-z]\0|\0<\0[!A-Za-z]")
_HEAD = 8192  # bytes in which a page names its encoding
_SAMPLE = 200_000  # bytes by which candidates are compared
_BROKEN = 0.02  # of the characters beyond ASCII: so many may be damaged
_BETTER = 0.1  # by so much less odd must be what nobody declared
_ODDEST = 0.3  # what is odder is read in no encoding
# Python's names where a label of the web means a wider encoding (WHATWG).
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "iso8859-1": "cp1252", "ascii": "cp1252", "big5": "big5hkscs", "shift_jis": "cp932",
          "euc_kr": "cp949", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874"}  # fmt: skip

# Encodings of Python that no page is in: punycode takes time with the square of the size, idna raises.
_NEVER = ("punycode", "idna", "unicode_escape", "unicode-escape", "raw_unicode_escape", "raw-unicode-escape", "utf-7")


def decode_page(raw: bytes, charset: str | None = None) -> str:
    """The text of a page; `charset` is what the server says. Raises SourceError where no encoding makes sense of the bytes."""
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(name, "replace")
    said = [c for c in (_codec(charset), *(_codec(m.decode("ascii")) for m in _META.findall(raw[:_HEAD]))) if c]
    if any(c.startswith("iso2022") for c in said) or _TWO_BYTES.search(raw[:_HEAD]):
        return _wide(raw, said)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(raw, said)


def _codec(label: str | None) -> str | None:
    """Python's name of an encoding in which the web writes."""
    try:
        name = codecs.lookup(label.strip("\"' ")).name if label else ""
        b"ab".decode(name or "utf-8", "replace")  # "hex" and the like are no encodings of text
    except (LookupError, ValueError):
        return None
    return None if name in _NEVER else _WIDER.get(name, name) or None


def _wide(raw: bytes, said: list[str]) -> str:
    """UTF-16 without a mark, and escape encodings: those that are valid UTF-8 byte by byte."""
    zeros = [raw[i:_SAMPLE:2].count(0) for i in (0, 1)]
    for name in [c for c in said if c.startswith(("iso2022", "utf-16"))] or ["utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"]:
        text = raw.decode(name, "replace")
        if text.count("\ufffd") <= _BROKEN * len(text):
            return text
    raise SourceError("looks like binary data, not a page")


def _legacy(raw: bytes, said: list[str]) -> str:
    from resiliparse.parse.encoding import detect_encoding

    candidates = list(dict.fromkeys([*said, _codec(detect_encoding(raw)) or "utf-8", "utf-8"]))
    sample = raw[:_SAMPLE]
    read = [(oddness(sample.decode(name, "replace")) - (_BETTER if name in said else 0), i, name) for i, name in enumerate(candidates)]
    odd, _, name = min(read)
    if odd > _ODDEST:
        raise SourceError(f"its bytes make no sense in any encoding that it may be in ({', '.join(candidates)})")
    return raw.decode(name, "replace")


_WORD = re.compile(r"[^\W\d_]+|[\ufffd\x80-\x9f\ue000-\uf8ff]")
_SYMBOL = re.compile("(?<=[^\\W\\d_])[\xa1-\xaa\xac-\xb4\xb6-\xba\xbc-\xbf](?=[^\\W\\d_])")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_CAPITAL = re.compile("[\u0400-\u042f]")
_FEW = 40  # letters: fewer may all be capitals
_FOREIGN = re.compile(r"[^\x00-\x7f]")


def oddness(text: str) -> float:
    """How much of the words beyond ASCII looks misread, 0 to 1: damaged and private characters; capitals behind small letters; words of
    nothing but accented letters; scripts mixed in a word; Han characters that nobody uses (outside the common rows of GB 2312 and Big5)."""
    all_of_it = wrong = len(_SYMBOL.findall(text))
    for word in _WORD.findall(text):
        beyond = len(_FOREIGN.findall(word))
        all_of_it += beyond
        if beyond:
            wrong += beyond if _odd_word(word) else sum(map(_rare_han, word))
    cyrillic, capitals = len(_CYRILLIC.findall(text)), len(_CAPITAL.findall(text))
    if 2 * capitals > cyrillic > _FEW:  # KOI8 and windows-1251 have each other's capitals
        wrong += capitals
    return min(1.0, wrong / all_of_it) if all_of_it else 0.0


_TURNED = re.compile("[а-яё][А-ЯЁ]")
_ACCENTED = re.compile("[\u00aa-\u024f]{4,}")
_SCRIPTS = (
    "[A-Za-z\u00aa-\u024f\u1e00-\u1eff]",
    "[\u0370-\u03ff]",
    "[\u0400-\u052f]",
    "[\u3040-\u30ff]",
    "[\u3400-\u9fff]",
    "[\uff66-\uff9f]",
)
_MIXED = tuple(re.compile(f"{a}.*{b}|{b}.*{a}") for i, a in enumerate(_SCRIPTS[:3]) for b in _SCRIPTS[i + 1 :])


def _odd_word(word: str) -> bool:
    if word in "\ufffd" or "\x80" <= word[0] <= "\x9f" or "\ue000" <= word[0] <= "\uf8ff":
        return True
    return bool(
        _TURNED.search(word) or _ACCENTED.fullmatch(word) or any(m.search(word) for m in _MIXED[:2]) or "\uff66" <= word[0] <= "\uff9f"
    )


def _rare_han(char: str) -> bool:
    if not "\u3400" <= char <= "\u9fff":
        return False
    simple, full = char.encode("gb2312", "ignore"), char.encode("big5", "ignore")
    return not (simple and simple[0] < 0xD8) and not (full and full[0] < 0xC7)
