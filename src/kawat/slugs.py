"""Names as ids."""

from __future__ import annotations

import re
import unicodedata

_CYRILLIC = dict(zip("абвгдеёзийклмнопрстуфыэі", "abvgdeeziyklmnoprstufyei", strict=True)) | {
    "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ю": "yu", "я": "ya",
    "ї": "yi", "є": "ye", "ґ": "g",
}  # fmt: skip
_LATIN = str.maketrans(
    _CYRILLIC
    | {k.upper(): v for k, v in _CYRILLIC.items()}
    | {"đ": "d", "Đ": "D", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ı": "i", "ß": "ss"}
)


def slug(name: str) -> str:
    """Lower-case ASCII letters and digits joined by hyphens; a name all in another script keeps its letters."""
    plain = unicodedata.normalize("NFKD", name.translate(_LATIN)).encode("ascii", "ignore").decode().lower()
    found = re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")
    return found or re.sub(r"\W+", "-", name.lower()).strip("-")
