"""What counts as one token of a text."""

from __future__ import annotations

import re

_HAN = "\u3400-\u9fff\uf900-\ufaff"
# A word, a Han character or a mark: where a form may begin.
TOKEN = re.compile(rf"[^\W_{_HAN}]+|[{_HAN}]|[^\w\s]|_")
