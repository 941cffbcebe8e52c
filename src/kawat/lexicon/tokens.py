"""What counts as one token of a text."""

from __future__ import annotations

import re

_HAN = "\u3400-\u9fff\uf900-\ufaff"
# A word, a number ("73,5", "12.000"), a Han character or a mark: where a form may begin.
TOKEN = re.compile(rf"\d+(?:[.,]\d+)+(?![^\W_{_HAN}])|[^\W_{_HAN}]+|[{_HAN}]|[^\w\s]|_")
